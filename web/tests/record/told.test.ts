import { expect, test } from 'vitest'
import { momentIn, nameOf, placeIn, placeNamed, type Recorded, whereIs } from '../../src/record/told'

const recorded = (stretches: Recorded['stretches']): Recorded => ({
  folder: '',
  video: '',
  hls: '',
  seconds: 0,
  stretches,
  sounds: [],
})
/** Ten seconds, a pause, five more; and another one much later. */
const first = recorded([
  [100_000, 0, 10],
  [200_000, 10, 5],
])
const both = [first, recorded([[900_000, 0, 60]])]

test('a moment is where it was recorded', () => {
  expect(whereIs(both, 104_500)).toEqual({ number: 0, place: 4.5 })
  expect(whereIs(both, 202_000)).toEqual({ number: 0, place: 12 })
  expect(whereIs(both, 930_000)).toEqual({ number: 1, place: 30 })
})

test('a moment of a pause is where it goes on, and one after all is nowhere', () => {
  expect(whereIs(both, 150_000)).toEqual({ number: 0, place: 10 })
  expect(whereIs(both, 500_000)).toEqual({ number: 1, place: 0 })
  expect(whereIs(both, 960_000)).toBeNull()
})

test('places and moments of a recording say the same', () => {
  for (const place of [0, 3.25, 9.5, 10, 14]) expect(placeIn(first, momentIn(first, place))).toBe(place)
})

test('an address names a place, and nothing else is one', () => {
  expect(placeNamed('#t=61.5')).toEqual({ number: 0, place: 61.5 })
  expect(placeNamed('#r=2&t=3')).toEqual({ number: 1, place: 3 })
  for (const hash of ['', '#hub-17', '#t=', '#t=-1', '#t=x', '#r=0&t=1', '#r=x&t=1'])
    expect(placeNamed(hash)).toBeNull()
  for (const place of [
    { number: 0, place: 0 },
    { number: 2, place: 7.25 },
  ])
    expect(placeNamed(nameOf(place))).toEqual(place)
})
