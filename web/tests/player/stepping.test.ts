/** Down where the line is too bad, and up again. */
import { describe, expect, it } from 'vitest'
import {
  type Going,
  type Line,
  type Mode,
  OPENING_MS,
  PATIENCE_MS,
  Stepping,
} from '../../src/player/stepping'

const UNKNOWN: Line = { carries: 0, needs: 700_000 }
const BEAT_MS = 100

/** Goes on in steps for so long; where it is then. */
function during(ms: number, stepping: Stepping, from: number, going: Going, line = UNKNOWN): Mode {
  let mode = stepping.mode
  for (let at = from; at <= from + ms; at += BEAT_MS) mode = stepping.at(at, going, line)
  return mode
}

function lowered(): Stepping {
  const stepping = new Stepping('picture')
  during(1_000, stepping, 0, 'playing')
  during(PATIENCE_MS.picture + 2 * BEAT_MS, stepping, 1_000, 'waiting')
  expect([stepping.mode, stepping.lowered]).toEqual(['sound', true])
  return stepping
}

describe('down', () => {
  it('goes where it stands still for too long', () => {
    const stepping = new Stepping('picture')
    during(1_000, stepping, 0, 'playing')
    expect(during(PATIENCE_MS.picture - BEAT_MS, stepping, 1_000, 'waiting')).toBe('picture')
    expect(during(3 * BEAT_MS, stepping, 6_000, 'waiting')).toBe('sound')
  })

  it('goes where many short waits within a minute are too much together', () => {
    const stepping = new Stepping('picture')
    during(1_000, stepping, 0, 'playing')
    let mode: Mode = 'picture'
    for (let at = 1_000; mode === 'picture' && at < 60_000; at += 5_000) {
      during(1_000, stepping, at, 'waiting')
      mode = during(3_900, stepping, at + 1_000, 'playing')
    }
    expect(mode).toBe('sound')
  })

  it('does not go for waits that lie long apart', () => {
    const stepping = new Stepping('picture')
    for (let at = 0; at < 600_000; at += 70_000) {
      during(66_000, stepping, at, 'playing')
      expect(during(3_500, stepping, at + 66_100, 'waiting')).toBe('picture')
    }
  })

  it('is more patient with what is only being opened', () => {
    const stepping = new Stepping('picture')
    expect(during(OPENING_MS.picture - BEAT_MS, stepping, 0, 'opening')).toBe('picture')
    expect(during(3 * BEAT_MS, stepping, OPENING_MS.picture, 'opening')).toBe('sound')
  })

  it('does not go for a pause, nor for a server that is away', () => {
    const stepping = new Stepping('picture')
    during(1_000, stepping, 0, 'playing')
    expect(during(120_000, stepping, 1_000, 'resting')).toBe('picture')
  })

  it('gives a server that is back the time to catch up, as if it were being opened', () => {
    const stepping = new Stepping('picture')
    during(5_000, stepping, 0, 'playing')
    during(1_000, stepping, 5_000, 'waiting')
    during(7_000, stepping, 6_000, 'away')
    expect(during(OPENING_MS.picture - BEAT_MS, stepping, 13_100, 'waiting')).toBe('picture')
    expect(during(PATIENCE_MS.picture, stepping, 30_000, 'playing')).toBe('picture')
  })

  it('goes on to text, and no further', () => {
    const stepping = lowered()
    expect(during(OPENING_MS.sound + 2 * BEAT_MS, stepping, 10_000, 'opening')).toBe('text')
    expect(during(15_000, stepping, 40_000, 'playing')).toBe('text')
  })
})

describe('up', () => {
  const GOOD: Line = { carries: 2_000_000, needs: 700_000 }
  const HOPELESS: Line = { carries: 60_000, needs: 700_000 }

  it('goes soon where the line is measured to be good enough', () => {
    expect(during(12_000, lowered(), 6_300, 'playing', GOOD)).toBe('picture')
  })

  it('waits where nothing was measured, and is tried then', () => {
    expect(during(19_000, lowered(), 6_300, 'playing')).toBe('sound')
    expect(during(21_000, lowered(), 6_300, 'playing')).toBe('picture')
  })

  it('is hardly ever tried where it would be hopeless', () => {
    expect(during(100_000, lowered(), 6_300, 'playing', HOPELESS)).toBe('sound')
    expect(during(130_000, lowered(), 6_300, 'playing', HOPELESS)).toBe('picture')
  })

  it('takes longer with each time that it was of no use', () => {
    const stepping = lowered()
    expect(during(21_000, stepping, 6_300, 'playing')).toBe('picture')
    expect(during(OPENING_MS.picture + 200, stepping, 28_000, 'opening')).toBe('sound')
    expect(during(30_000, stepping, 38_000, 'playing')).toBe('sound')
    expect(during(12_000, stepping, 68_000, 'playing')).toBe('picture')
  })

  it('is tried at once when the device has another network', () => {
    const stepping = lowered()
    during(5_000, stepping, 6_300, 'playing')
    stepping.hurry(12_000)
    expect(during(3_000, stepping, 12_000, 'playing')).toBe('picture')
  })

  it('never goes above what was chosen', () => {
    const stepping = new Stepping('sound')
    expect(during(300_000, stepping, 0, 'playing', GOOD)).toBe('sound')
    stepping.choose('text', 300_100)
    expect(during(300_000, stepping, 300_100, 'playing', GOOD)).toBe('text')
    expect(stepping.lowered).toBe(false)
  })
})
