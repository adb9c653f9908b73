/** How fast somebody captions, and how far behind the stage; knows no clock. */

/** A line that was sent: when (ms), and how much it was. */
export interface Sent {
  at: number
  characters: number
  words: number
}

export const WINDOW_MS = 60_000

export function sent(text: string, at: number): Sent {
  const words = text.split(/\s+/u).filter((word) => word !== '').length
  return { at, characters: [...text].length, words }
}

/** What still counts at `now`. */
export const recent = (all: readonly Sent[], now: number): Sent[] =>
  all.filter((each) => each.at > now - WINDOW_MS)

/** Characters and words a minute over the last minute, or over the time since the first line where that is shorter. */
export function pace(
  all: readonly Sent[],
  now: number,
  begun: number,
): { characters: number; words: number } {
  const counted = recent(all, now)
  const minutes = Math.min(WINDOW_MS, Math.max(now - begun, 5_000)) / 60_000
  const sum = (of: (each: Sent) => number) => counted.reduce((total, each) => total + of(each), 0)
  return {
    characters: Math.round(sum((each) => each.characters) / minutes),
    words: Math.round(sum((each) => each.words) / minutes),
  }
}
