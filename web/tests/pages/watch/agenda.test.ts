import { expect, test } from 'vitest'
import type { FloorView, MeetingView } from '../../../src/live/types'
import { agendaOf } from '../../../src/pages/watch/agenda'

const session = (id: string) => ({ id, title: {}, starts: 0, minutes: 1 })
const MEETING = { sessions: ['one', 'two', 'three', 'four'].map(session) } as unknown as MeetingView
const states = (floor: FloorView | null) => agendaOf(MEETING, floor).map((item) => item.state)

test('before the meeting the first session is next', () => {
  expect(states(null)).toEqual(['next', 'coming', 'coming', 'coming'])
})

test('what runs, what is over and what comes next', () => {
  const spans = { one: { opened: 1, closed: 2 }, two: { opened: 2, closed: 0 } }
  expect(states({ session: 'two', spans })).toEqual(['over', 'running', 'next', 'coming'])
})

test('a session that was passed over is not next once a later one has run', () => {
  expect(states({ session: '', spans: { three: { opened: 1, closed: 2 } } })).toEqual([
    'coming',
    'coming',
    'over',
    'next',
  ])
})
