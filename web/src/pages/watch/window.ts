/** Which of a track's lines stand in the page: a long meeting has more than a page can bear. Knows no page. */

/** At live, so many are left when they are trimmed; up to `MOST` stand until then. */
export const KEPT = 300
export const MOST = 400
const STEP = 150

/** Indices of the lines of a track: from `from` up to, without, `to`. */
export interface Span {
  from: number
  to: number
}

/** The span at live: it grows at its end and is trimmed at its beginning now and then, not with every line. */
export function spanAtLive(from: number, length: number): Span {
  return { from: length - from > MOST || from > length ? Math.max(0, length - KEPT) : from, to: length }
}

/** The span of somebody who reads back: it stays where it is. */
export function spanFrom(from: number, length: number): Span {
  const start = Math.max(0, Math.min(from, length - 1))
  return { from: start, to: Math.min(length, start + MOST) }
}

export const earlierSpan = (span: Span, length: number): Span => spanFrom(span.from - STEP, length)

export const laterSpan = (span: Span, length: number): Span =>
  spanFrom(Math.min(span.from + STEP, Math.max(0, length - KEPT)), length)

/** The span with a line in its middle. */
export const spanAround = (index: number, length: number): Span => spanFrom(index - STEP, length)
