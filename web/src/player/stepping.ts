/**
 * Steps down where the line is too bad for what somebody wants, and back up; no I/O.
 *
 * 1. Standing still for `PATIENCE_MS`, or for that long in all within a minute, is too much: one step down. What is only
 *    being opened may take longer.
 * 2. Up again is tried after a while, which doubles with each time that it was of no use, sooner where the line has been
 *    measured to be good enough for long enough, and hardly ever where it was measured to be hopeless.
 * 3. A server that cannot be reached, or a pause, is no matter of steps. One that is back has to catch up: what it shows
 *    is opened anew. Nobody is ever brought above what they chose.
 */

export type Mode = 'picture' | 'sound' | 'text'
/** What the player does: `resting` stands for a pause, `away` for a server that cannot be reached. */
export type Going = 'opening' | 'waiting' | 'playing' | 'resting' | 'away'

/** Bits a second that the line was measured to carry, and those that the next mode up needs; 0: not known. */
export interface Line {
  carries: number
  needs: number
}

export const MODES: readonly Mode[] = ['picture', 'sound', 'text']
export const PATIENCE_MS: Record<Mode, number> = { picture: 5_000, sound: 8_000, text: Infinity }
export const OPENING_MS: Record<Mode, number> = { picture: 9_000, sound: 20_000, text: Infinity }
const OVER_MS = 60_000
const FIRST_TRY_MS = 20_000
const LAST_TRY_MS = 2 * 60_000
const GOOD_FOR_MS = 8_000
const SOON_MS = 2_000
/** How much more the line must carry than is wanted, and what is not worth a try. */
const SPARE = 1.5
const HOPELESS = 0.4

export class Stepping {
  wanted: Mode
  mode: Mode
  #waits: { from: number; ms: number }[] = []
  #stillSince: number | null = null
  #since = 0
  #stepped = false
  #settled = false
  #tryAfter = FIRST_TRY_MS
  #goodSince: number | null = null

  constructor(wanted: Mode) {
    this.wanted = this.mode = wanted
  }

  /** Whether it is the line, and not the person, that keeps the picture or the sound away. */
  get lowered(): boolean {
    return this.mode !== this.wanted
  }

  choose(wanted: Mode, now: number): void {
    this.wanted = wanted
    this.#tryAfter = FIRST_TRY_MS
    this.#stepped = false
    this.#go(wanted, now)
  }

  /** The line may have become another one: what was learned of it is forgotten. */
  hurry(now: number): void {
    this.#tryAfter = FIRST_TRY_MS
    this.#since = Math.min(this.#since, now - FIRST_TRY_MS + SOON_MS)
  }

  /** Where to be now (ms of any clock). */
  at(now: number, going: Going, line: Line): Mode {
    this.#note(now, going)
    if (this.#isTooMuch(now)) this.#down(now)
    else if (this.lowered && this.#stillSince === null && this.#mayTry(now, line))
      this.#go(above(this.mode), now)
    return this.mode
  }

  #note(now: number, going: Going): void {
    const still = going === 'opening' || going === 'waiting'
    if (still) this.#stillSince ??= now
    else if (this.#stillSince !== null) {
      if (this.#settled && going !== 'away')
        this.#waits.push({ from: this.#stillSince, ms: now - this.#stillSince })
      this.#stillSince = null
    }
    if (going === 'playing') this.#settled = true
    if (going === 'away') this.#settled = false
    this.#waits = this.#waits.filter((each) => each.from > now - OVER_MS)
    if (going === 'playing' && !this.lowered && now - this.#since > 2 * OVER_MS) this.#tryAfter = FIRST_TRY_MS
  }

  #isTooMuch(now: number): boolean {
    const still = this.#stillSince === null ? 0 : now - this.#stillSince
    if (!this.#settled) return still > OPENING_MS[this.mode]
    return this.#waits.reduce((sum, each) => sum + each.ms, still) > PATIENCE_MS[this.mode]
  }

  #down(now: number): void {
    if (this.#stepped) this.#tryAfter = Math.min(LAST_TRY_MS, this.#tryAfter * 2)
    this.#stepped = true
    this.#go(below(this.mode), now)
  }

  #mayTry(now: number, { carries, needs }: Line): boolean {
    const measured = carries > 0 && needs > 0
    const here = now - this.#since
    if (!measured || carries < needs * SPARE) this.#goodSince = null
    else this.#goodSince ??= now
    if (this.#goodSince !== null && now - this.#goodSince > GOOD_FOR_MS && here > this.#tryAfter / 2)
      return true
    return here > (measured && carries < needs * HOPELESS ? LAST_TRY_MS : this.#tryAfter)
  }

  #go(mode: Mode, now: number): void {
    this.mode = mode
    this.#since = now
    this.#waits = []
    this.#settled = mode === 'text'
    this.#stillSince = this.#goodSince = null
  }
}

const below = (mode: Mode): Mode => MODES[Math.min(MODES.length - 1, MODES.indexOf(mode) + 1)] ?? mode
const above = (mode: Mode): Mode => MODES[Math.max(0, MODES.indexOf(mode) - 1)] ?? mode
