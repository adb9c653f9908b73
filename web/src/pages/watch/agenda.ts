/** What runs, what is over and what comes next, as the floor says; knows no clock and no page. */
import type { FloorView, MeetingView, Session } from '../../live/types'

export type SessionState = 'running' | 'over' | 'next' | 'coming'

export interface Item {
  session: Session
  state: SessionState
}

/** Every session in the order of the agenda. The next is the first that has not run and comes after what has. */
export function agendaOf(meeting: MeetingView | null, floor: FloorView | null): Item[] {
  const spans = floor?.spans ?? {}
  const sessions = meeting?.sessions ?? []
  const last = sessions.findLastIndex((each) => spans[each.id])
  const next = sessions.findIndex((each, index) => index > last && !spans[each.id])
  return sessions.map((session, index) => {
    if (session.id === floor?.session) return { session, state: 'running' }
    if (spans[session.id]) return { session, state: 'over' }
    return { session, state: index === next ? 'next' : 'coming' }
  })
}
