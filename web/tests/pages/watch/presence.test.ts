import { expect, test } from 'vitest'
import type { MeetingView } from '../../../src/live/types'
import { gathering } from '../../../src/pages/watch/presence'

const MEETING = {
  nodes: [
    { id: 'hub', city: 'Kisumu', country: 'KE', time_zone: 'Africa/Nairobi' },
    { id: 'apia', city: 'Apia', country: 'WS', time_zone: 'Pacific/Apia' },
  ],
} as unknown as MeetingView

test('people online and in rooms are added up, by country too', () => {
  const nodes = { reports: { hub: { people: 60, state: 'ready', at: 1 } } }
  const presence = { people: 5, countries: { KE: 1, UY: 2 } }
  expect(gathering(MEETING, nodes, presence)).toEqual({
    people: 65,
    countries: [
      ['KE', 61],
      ['UY', 2],
    ],
    nodes: 1,
  })
})

test('a room that is away does not count', () => {
  const nodes = { reports: { apia: { people: 9, state: 'away', at: 1 } } }
  expect(gathering(MEETING, nodes, null)).toEqual({ people: 0, countries: [], nodes: 0 })
})
