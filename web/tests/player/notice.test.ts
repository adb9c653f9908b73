/** Why something is not as it should be. */
import { describe, expect, it } from 'vitest'
import { Calm, type Facts, noticeOf } from '../../src/player/notice'

const WELL: Facts = {
  mode: 'picture',
  lowered: false,
  refused: false,
  lost: false,
  waiting: false,
  smaller: false,
  over: false,
  latest: { run: 'a' },
  heard: { run: 'a' },
  sound: 'es',
  spoken: 'en',
}
const said = (facts: Partial<Facts>) => noticeOf({ ...WELL, ...facts })

describe('a notice', () => {
  it('is not there when all is well', () => {
    expect(said({})).toBe('')
    expect(said({ mode: 'text' })).toBe('')
  })

  it('says what keeps the most away', () => {
    const all = { lost: true, waiting: true, lowered: true, latest: { fault: 'disk_full' } }
    expect(said(all)).toBe('lost')
    expect(said({ ...all, lost: false })).toBe('disk_full')
    expect(said({ ...all, lost: false, latest: null })).toBe('waiting')
    expect(said({ lowered: true })).toBe('no_picture')
    expect(said({ lowered: true, mode: 'text' })).toBe('no_sound')
  })

  it('tells a full disk from other faults', () => {
    expect(said({ latest: { fault: 'disk_failed' } })).toBe('fault')
  })

  it('says that the floor is heard where an interpreter was wanted', () => {
    expect(said({ heard: { floor: ['es'] } })).toBe('floor')
    expect(said({ heard: { floor: ['fr'] } })).toBe('')
    expect(said({ heard: { floor: ['es'] }, spoken: 'es' })).toBe('')
  })

  it('says that a slate stands only to who sees it', () => {
    expect(said({ heard: { slate: true } })).toBe('slate')
    expect(said({ heard: { slate: true }, mode: 'sound' })).toBe('')
  })
})

describe('a smaller picture', () => {
  it('is said after what is so on stage, and not where there is no picture', () => {
    expect(said({ smaller: true })).toBe('smaller')
    expect(said({ smaller: true, heard: { floor: ['es'] } })).toBe('floor')
    expect(said({ smaller: true, lowered: true, mode: 'sound' })).toBe('no_picture')
  })

  it('is said for a while and does not stand over the picture for hours', () => {
    const calm = new Calm()
    const at = (times: number[]) => times.map((now) => calm.at(now, 'smaller'))
    expect(at([0, 2_000, 3_500, 9_000])).toEqual(['', '', 'smaller', 'smaller'])
    expect(at([11_000, 3_600_000])).toEqual(['', ''])
    expect([calm.at(3_601_000, 'waiting'), calm.at(3_603_000, 'waiting')]).toEqual(['', 'waiting'])
  })
})

describe('what is said', () => {
  it('is not said of each breath that an interpreter takes', () => {
    const calm = new Calm()
    expect([0, 1_000].map((now) => calm.at(now, 'floor'))).toEqual(['', ''])
    expect(calm.at(1_200, '')).toBe('')
    expect([2_000, 3_600].map((now) => calm.at(now, 'floor'))).toEqual(['', 'floor'])
  })

  it('stays until it can have been read', () => {
    const calm = new Calm()
    calm.at(0, 'slate')
    expect([100, 1_000, 2_600].map((now) => calm.at(now, ''))).toEqual(['slate', 'slate', ''])
  })

  it('gives way at once to what is new', () => {
    const calm = new Calm()
    calm.at(0, 'slate')
    expect(calm.at(100, 'no_picture')).toBe('no_picture')
  })
})
