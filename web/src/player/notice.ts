/** Why something is not as it should be, and which of several reasons is said; knows no sentences and no clock. */
import type { OnAirView } from '../live/wire'
import type { Mode } from './stepping'

export type Notice =
  | ''
  | 'no_sound'
  | 'refused'
  | 'lost'
  | 'disk_full'
  | 'fault'
  | 'waiting'
  | 'no_picture'
  | 'over'
  | 'floor'
  | 'slate'
  | 'smaller'

export interface Facts {
  mode: Mode
  /** Whether the line, and not the person, keeps the picture or the sound away. */
  lowered: boolean
  /** Whether the browser waits for somebody to press play. */
  refused: boolean
  lost: boolean
  waiting: boolean
  /** Whether the picture is a smaller one than there is. */
  smaller: boolean
  /** Whether the whole has been played. */
  over: boolean
  /** What is on the air now, and what was when that was said which is heard. */
  latest: OnAirView | null
  heard: OnAirView | null
  /** The language that is to be heard, and the one that is spoken. */
  sound: string
  spoken: string
}

/** First what keeps everything away, then what is less than was wanted, then what is so on stage; last what most will not miss. */
export function noticeOf(facts: Facts): Notice {
  const { mode, latest, heard, sound } = facts
  if (mode === 'text') return facts.lowered ? 'no_sound' : ''
  if (facts.refused) return 'refused'
  if (facts.lost) return 'lost'
  if (latest?.fault) return latest.fault === 'disk_full' ? 'disk_full' : 'fault'
  if (facts.waiting) return 'waiting'
  if (facts.lowered) return 'no_picture'
  if (facts.over) return 'over'
  if (heard?.floor?.includes(sound) && facts.spoken !== sound) return 'floor'
  if (heard?.slate && mode === 'picture') return 'slate'
  return facts.smaller ? 'smaller' : ''
}

/** An interpreter takes breath: not each time is worth a word, and no word is gone before it is read. */
const PATIENCE_MS: Partial<Record<Notice, number>> = {
  floor: 1_500,
  waiting: 1_000,
  lost: 500,
  smaller: 3_000,
}
const STAYS_MS = 2_500
/** What may go on for hours does not stand over the picture for so long. */
const LASTS_MS: Partial<Record<Notice, number>> = { smaller: 10_000 }

export class Calm {
  #shown: Notice = ''
  #shownSince = -Infinity
  #next: Notice = ''
  #nextSince = 0

  /** What to say at a time (ms of any clock). */
  at(now: number, notice: Notice): Notice {
    if (notice !== this.#next) {
      this.#next = notice
      this.#nextSince = now
    }
    if (now - this.#nextSince > (LASTS_MS[notice] ?? Infinity)) this.#shown = ''
    else if (notice !== this.#shown) this.#take(now, notice)
    return this.#shown
  }

  #take(now: number, notice: Notice): void {
    const read = !this.#shown || !!notice || now - this.#shownSince > STAYS_MS
    if (!read || now - this.#nextSince < (PATIENCE_MS[notice] ?? 0)) return
    this.#shown = notice
    this.#shownSince = now
  }
}
