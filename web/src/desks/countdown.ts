/** How a session stands against its time; knows no page and no clock. */
import type { FloorView, MeetingView, Session } from '../live/types'

/** `leftMs` is what is left of the time a session was given, counted from when it really opened; negative: over it. */
export interface Countdown {
  session: Session
  opened: number
  leftMs: number
  over: boolean
}

/** The open session's countdown at a moment (ms UTC); null: no session is open. */
export function countdown(
  meeting: MeetingView | null,
  floor: FloorView | null,
  now: number,
): Countdown | null {
  const session = meeting?.sessions.find((each) => each.id === floor?.session)
  const span = session && floor?.spans?.[session.id]
  if (!session || !span) return null
  // A clock that is a little behind must not show more than there is.
  const leftMs = session.minutes * 60_000 - Math.max(0, now - span.opened)
  return { session, opened: span.opened, leftMs, over: leftMs < 0 }
}

/** Whether a session is to come to its end: the last five minutes, or the last fifth of a short one. */
export function isEnding({ leftMs, session, over }: Countdown): boolean {
  return !over && leftMs < Math.min(5, session.minutes / 5) * 60_000
}

/** The session to open next: the first after the open one, or after the last that ran, that has not run yet. */
export function nextSession(meeting: MeetingView | null, floor: FloorView | null): Session | null {
  const sessions = [...(meeting?.sessions ?? [])].sort((one, other) => one.starts - other.starts)
  const spans = floor?.spans ?? {}
  const latest = sessions.findLastIndex((each) => each.id === floor?.session || spans[each.id] !== undefined)
  return sessions.slice(latest + 1)[0] ?? null
}

/** 4:05, or 1:04:05 from an hour on; the sign is not written. Seconds are cut where time passes, so 0:00 is the end. */
export function clockText(ms: number): string {
  const seconds = ms < 0 ? Math.floor(-ms / 1000) : Math.ceil(ms / 1000)
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  const [hours = 0, minutes = 0, rest = 0] = parts
  const tail = String(rest).padStart(2, '0')
  return hours ? `${hours}:${String(minutes).padStart(2, '0')}:${tail}` : `${minutes}:${tail}`
}
