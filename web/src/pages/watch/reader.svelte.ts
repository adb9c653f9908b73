/** Where somebody is in a track: at live or further back, which lines stand in the page; knows no scrolling. */

import { compareLines, EMPTY, lineAt, placeOf, type Track } from '../../live/lines'
import type { Live } from '../../live/live'
import type { LineView } from '../../live/types'
import { earlierSpan, laterSpan, type Span, spanAround, spanAtLive, spanFrom } from './window'

/** The lines that stand in the page, and whether there are others on either side. */
export interface Shown {
  language: string
  lines: readonly LineView[]
  earlier: boolean
  later: boolean
}

/** A line by its id, or the last that was said by a moment (ms UTC). */
export type Target = { line: string } | { moment: number }

const A_PAGE = 500

export class Reader {
  shown = $state.raw<Shown>({ language: '', lines: [], earlier: false, later: false })
  following = $state(true)
  /** Until when words are shown (ms UTC of their beginning): as they are heard, where a webcast plays here. */
  until = $state(Infinity)
  /** How many lines came since live was left. */
  fresh = $state(0)
  /** The line being read, which stays in its place whatever happens around it. */
  place: LineView | null = null
  /** How far below the window's top it stands, in pixels. */
  placeTop = 0

  readonly #live: Live
  #language = ''
  #first: LineView | null = null
  #leftAt: LineView | null = null
  #fetching = false

  constructor(live: Live) {
    this.#live = live
  }

  /**
   * Takes over what is known of a track. A track that has not come yet, or does not reach back to where somebody
   * reads, waits: what stood there before is still shown.
   */
  take(language: string, track: Track): void {
    this.#language = language
    if (track === EMPTY) return
    if (!this.following && this.place && !reaches(track, this.place)) void this.#reachBack(this.place)
    else this.#show(this.#track, this.#spanOf(this.#track))
  }

  /** What of a track may be shown by now. */
  heard(track: Track): Track {
    return { lines: track.lines.slice(0, lineAt(track.lines, this.until) + 1), earlier: track.earlier }
  }

  leaveLive(): void {
    if (!this.following) return
    this.following = false
    this.#leftAt = this.#track.lines.at(-1) ?? null
  }

  backToLive(): void {
    this.following = true
    const { length } = this.#track.lines
    this.#show(this.#track, spanAtLive(length, length + 1))
  }

  /** Shows lines before those that are shown; fetches them where they are not here. */
  async showEarlier(): Promise<void> {
    const { lines } = this.#track
    const span = this.#spanOf(this.#track)
    if (span.from > 0) this.#show(this.#track, earlierSpan(span, lines.length))
    else if (this.#track.earlier && !this.#fetching) {
      this.#fetching = true
      const found = await this.#live.fetchEarlier(this.#language)
      this.#fetching = false
      if (found) this.#show(this.#track, earlierSpan(this.#spanOf(this.#track), this.#track.lines.length))
    }
  }

  showLater(): void {
    const track = this.#track
    this.#show(track, laterSpan(this.#spanOf(track), track.lines.length))
  }

  /** Goes to a line however far back it is; the line, or null where there is none such. */
  async goTo(target: Target): Promise<LineView | null> {
    this.leaveLive()
    while (indexOf(this.#track, target) < 0 && (await this.#live.fetchEarlier(this.#language, A_PAGE)));
    const track = this.#track
    const index = Math.max(indexOf(track, target), 'moment' in target && track.lines.length ? 0 : -1)
    const line = track.lines[index] ?? null
    if (line) {
      this.place = line
      this.#show(track, spanAround(index, track.lines.length))
    }
    return line
  }

  get #track(): Track {
    return this.heard(this.#live.state.track(this.#language))
  }

  async #reachBack(place: LineView): Promise<void> {
    if (this.#fetching) return
    this.#fetching = true
    while (!reaches(this.#track, place) && (await this.#live.fetchEarlier(this.#language, A_PAGE)));
    this.#fetching = false
    const track = this.#track
    this.#show(track, spanAround(placeOf(track.lines, place), track.lines.length))
  }

  #spanOf({ lines }: Track): Span {
    const from = this.#first ? placeOf(lines, this.#first) : 0
    return this.following ? spanAtLive(from, lines.length) : spanFrom(from, lines.length)
  }

  #show(track: Track, { from, to }: Span): void {
    this.#first = track.lines[from] ?? null
    this.shown = {
      language: this.#language,
      lines: track.lines.slice(from, to),
      earlier: from > 0 || track.earlier,
      later: to < track.lines.length,
    }
    const left = this.#leftAt
    this.fresh =
      this.following || !left ? 0 : track.lines.filter((line) => compareLines(line, left) > 0).length
  }
}

/** Whether a track holds all that was said since a line. */
function reaches(track: Track, place: LineView): boolean {
  const first = track.lines[0]
  return !track.earlier || (first !== undefined && compareLines(first, place) <= 0)
}

function indexOf({ lines }: Track, target: Target): number {
  if ('moment' in target) return lineAt(lines, target.moment)
  return lines.findIndex((line) => line.id === target.line)
}
