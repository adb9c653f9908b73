/** The lines of a track in order of speaking; knows no page and no connection. */
import type { LineView } from './types'

/** `earlier`: whether the server has more before the first. */
export interface Track {
  lines: readonly LineView[]
  earlier: boolean
}

export const EMPTY: Track = { lines: [], earlier: false }

/** By when it was said, then by the number in the id, then by the id: as the server orders them. */
export function compareLines(one: LineView, other: LineView): number {
  return (
    (one.start ?? 0) - (other.start ?? 0) ||
    numberIn(one.id) - numberIn(other.id) ||
    (one.id < other.id ? -1 : one.id > other.id ? 1 : 0)
  )
}

/** `hub-17`: the 17th event in the hub's log. */
const numberIn = (id: string) => Number(id.slice(id.lastIndexOf('-') + 1))

/**
 * Puts lines in their places: a new one in order, a known one again where its time has it now, a struck one away.
 * A line from before the first one held is left out while there is more before: it comes with the rest of its time.
 */
export function putLines(track: Track, changed: readonly LineView[]): Track {
  if (changed.length === 0) return track
  const ids = new Set(changed.map((line) => line.id))
  const kept = track.lines.filter((line) => !ids.has(line.id))
  const first = track.lines[0]
  const standing = changed.filter((line) => !line.struck && !(track.earlier && isBefore(line, first)))
  return { lines: mergeLines(kept, standing), earlier: track.earlier }
}

const isBefore = (line: LineView, first: LineView | undefined) =>
  first !== undefined && compareLines(line, first) < 0

/** Two ordered lists as one; `added` is nearly always short and at the end. */
function mergeLines(lines: readonly LineView[], added: readonly LineView[]): LineView[] {
  const merged = [...lines]
  for (const line of [...added].sort(compareLines)) merged.splice(placeOf(merged, line), 0, line)
  return merged
}

/** The index at which a line belongs. */
export function placeOf(lines: readonly LineView[], line: LineView): number {
  let low = 0
  let high = lines.length
  while (low < high) {
    const middle = (low + high) >> 1
    const at = lines[middle]
    if (at && compareLines(at, line) < 0) low = middle + 1
    else high = middle
  }
  return low
}

/** What was fetched on scrolling back, before what is held. */
export function prependLines(track: Track, older: Track): Track {
  const held = new Set(track.lines.map((line) => line.id))
  const added = older.lines.filter((line) => !held.has(line.id))
  return { lines: mergeLines(added, track.lines), earlier: older.earlier }
}

/** The index of the last line said at a moment (ms UTC) or before; -1: none. */
export function lineAt(lines: readonly LineView[], moment: number): number {
  return placeOf(lines, { id: '\u{10FFFF}', start: moment }) - 1
}
