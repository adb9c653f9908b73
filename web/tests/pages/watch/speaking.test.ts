import { expect, test } from 'vitest'
import { speaking } from '../../../src/pages/watch/speaking'

const FLOOR = { speaker: 'ada', language: 'en', since: 100 }
const track = (...lines: object[]) => ({
  language: 'es',
  lines: lines.map((line, index) => ({ id: `hub-${index}`, ...line })),
})

test('whoever has the floor speaks, however long ago they were named', () => {
  expect(speaking(FLOOR, track({ start: 90, speaker: 'luis' }))).toEqual({ speaker: 'ada', language: 'en' })
  expect(speaking(FLOOR, track({ start: 110, speaker: 'ada', said_in: 'fr' }))).toEqual({
    speaker: 'ada',
    language: 'en',
  })
})

test('whoever has been named since speaks, though nobody gave them the floor', () => {
  const named = { start: 110, speaker: 'luis', said_in: 'fr' }
  expect(speaking(FLOOR, track(named))).toEqual({ speaker: 'luis', language: 'fr' })
  expect(speaking(null, track(named, { start: 120, speaker: 'ada' }))).toEqual({
    speaker: 'ada',
    language: 'es',
  })
})

test('a remark names nobody', () => {
  const remark = { start: 120, speaker: 'luis', remark: true }
  expect(speaking(FLOOR, track({ start: 110, speaker: 'eva' }, remark)).speaker).toBe('eva')
})

test('nobody speaks once the floor was taken back', () => {
  const before = track({ start: 110, speaker: 'luis' })
  expect(speaking({ since: 200 }, before)).toEqual({ speaker: '', language: '' })
  expect(speaking(null, track())).toEqual({ speaker: '', language: '' })
})
