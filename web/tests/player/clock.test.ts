/** Places in the player and moments on stage. */
import { describe, expect, it } from 'vitest'
import { momentAt, placeOf, type Stretch } from '../../src/player/clock'

const BEGAN = 1_700_000_000_000
/** Two seconds each; before the third, the stage was away for ten seconds. */
const STRETCHES: Stretch[] = [
  { start: 0, duration: 2, programDateTime: BEGAN },
  { start: 2, duration: 2, programDateTime: BEGAN + 2_000 },
  { start: 4, duration: 2, programDateTime: BEGAN + 14_000 },
]

describe('the moment at a place', () => {
  it.each([
    [0, 0],
    [1.5, 1_500],
    [2, 2_000],
    [3.999, 3_999],
    [4, 14_000],
    [5, 15_000],
  ])('%f s is %i ms after the beginning', (place, ms) => {
    expect(momentAt(STRETCHES, place)).toBeCloseTo(BEGAN + ms, 3)
  })

  it('counts on before the first and after the last', () => {
    expect(momentAt(STRETCHES, -1)).toBe(BEGAN - 1_000)
    expect(momentAt(STRETCHES, 7)).toBe(BEGAN + 17_000)
  })

  it('is not known where nothing says so', () => {
    expect(momentAt([], 1)).toBeNull()
    expect(momentAt([{ start: 0, duration: 2, programDateTime: null }], 1)).toBeNull()
  })
})

describe('the place of a moment', () => {
  it.each([
    [1_500, 1.5],
    [2_000, 2],
    [15_000, 5],
  ])('%i ms after the beginning is at %f s', (ms, place) => {
    expect(placeOf(STRETCHES, BEGAN + ms)).toBeCloseTo(place, 6)
  })

  it('is that of the next thing said where nothing was on stage', () => {
    expect(placeOf(STRETCHES, BEGAN + 9_000)).toBe(4)
    expect(placeOf(STRETCHES, BEGAN - 5_000)).toBe(0)
    expect(placeOf(STRETCHES, BEGAN + 99_000)).toBe(6)
  })

  it('is not known of nothing', () => {
    expect(placeOf([], BEGAN)).toBeNull()
  })
})
