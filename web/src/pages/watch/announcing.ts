/** What a screen reader is given to say, and when: whole lines, no faster than it can speak. Knows no page. */
import type { LineView } from '../../live/types'

/** Room between two announcements, for whatever else there is to be heard. */
const PAUSE_MS = 3_000
const MS_A_WORD = 300
/** More than this would be heard when it is long past: then the newest lines are said and the rest left out. */
const MOST_WORDS = 60

export interface Announcement {
  lines: string[]
  /** How many lines were left out before them. */
  left: number
}

export class Announcer {
  #waiting: LineView[] = []
  #freeAt = 0

  add(lines: readonly LineView[]): void {
    this.#waiting.push(...lines)
  }

  /** What to say now (ms), if anything; the time it takes to say is kept free. */
  next(now: number): Announcement | null {
    if (now < this.#freeAt || this.#waiting.length === 0) return null
    const said = newest(this.#waiting)
    const announcement = {
      lines: said.map((line) => line.text ?? ''),
      left: this.#waiting.length - said.length,
    }
    this.#waiting = []
    this.#freeAt = now + PAUSE_MS + MS_A_WORD * said.reduce((sum, line) => sum + words(line), 0)
    return announcement
  }

  clear(): void {
    this.#waiting = []
  }
}

/** The last lines that fit; one at least. */
function newest(lines: readonly LineView[]): LineView[] {
  let room = MOST_WORDS
  let from = lines.length
  while (from > 0) {
    room -= words(lines[from - 1])
    if (room < 0 && from < lines.length) break
    from -= 1
  }
  return lines.slice(from)
}

const words = (line: LineView | undefined) => (line?.text ?? '').split(/\s+/).length
