/** What a typed line is before it is sent: a remark or speech, a new turn or the same; knows no page. */
import type { LineView, MeetingView, Speaker } from '../../live/types'

/** A line that stands wholly in brackets says what is heard, not what is said: "(applause)". */
export const isRemark = (text: string): boolean => /^\s*(\([^()]*\)|\[[^[\]]*\])\s*$/u.test(text)

/** Whether a line by `speaker` begins a new turn after the last one of the track. */
export function beginsTurn(speaker: string, lines: readonly LineView[]): boolean {
  const last = lines.findLast((line) => !line.remark)
  return last === undefined || (last.speaker ?? '') !== speaker
}

/** From how many characters on something pasted is sent as lines of its own instead of going into the field. */
export const LONG_PASTE = 240

export const isLongPaste = (text: string): boolean => text.length > LONG_PASTE || /\S\s*\n\s*\S/u.test(text)

/** Everybody who may speak: those of the open session first, then the others of the meeting. */
export function speakersInOrder(meeting: MeetingView | null, session: string): Speaker[] {
  const all = meeting?.speakers ?? []
  const first = meeting?.sessions.find((each) => each.id === session)?.speakers ?? []
  const named = first.map((id) => all.find((each) => each.id === id)).filter((each) => each !== undefined)
  return [...named, ...all.filter((each) => !first.includes(each.id))]
}

/** The number of the speaker's key that was pressed, from 0; -1: none. F1 to F9, or Alt with a digit. */
export function speakerKey(
  event: Pick<KeyboardEvent, 'key' | 'code' | 'altKey' | 'ctrlKey' | 'metaKey'>,
): number {
  if (event.ctrlKey || event.metaKey) return -1
  const pressed = event.altKey ? /^Digit([1-9])$/.exec(event.code) : /^F([1-9])$/.exec(event.key)
  return pressed ? Number(pressed[1]) - 1 : -1
}
