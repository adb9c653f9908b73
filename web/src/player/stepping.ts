/**
 * Steps down where the line is too bad for what somebody wants, and back up; no I/O.
 *
 * 1. Waiting for `PATIENCE_MS`, or for that long in all within a minute, is too much: one step down.
 * 2. Up again is tried after a while, which doubles with each time that it was of no use, or at once where the line
 *    has been measured to be good enough for long enough.
 * 3. Nobody is ever brought above what they chose.
 */

export type Mode = 'picture' | 'sound' | 'text'

export const MODES: readonly Mode[] = ['picture', 'sound', 'text']
export const PATIENCE_MS: Record<Mode, number> = { picture: 5_000, sound: 8_000, text: Infinity }
const OVER_MS = 60_000
const FIRST_TRY_MS = 20_000
const LAST_TRY_MS = 5 * 60_000
const GOOD_FOR_MS = 10_000
/** How much more the line must carry than is wanted. */
const SPARE = 1.5

export class Stepping {
  wanted: Mode
  mode: Mode
  #waits: { from: number; ms: number }[] = []
  #waitingSince = 0
  #since = 0
  #tryAfter = FIRST_TRY_MS
  #goodSince = 0

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
    this.#go(wanted, now)
  }

  /**
   * Where to be now (ms of any clock). `waiting`: whether the player stands still though it should play;
   * `carries`: bits a second that the line was measured to carry, `needs`: those of the next mode up; 0: not known.
   */
  at(now: number, waiting: boolean, carries: number, needs: number): Mode {
    this.#note(now, waiting)
    if (this.#waited(now) > PATIENCE_MS[this.mode]) this.#down(now)
    else if (this.lowered && this.#mayTry(now, carries, needs)) this.#go(above(this.mode), now)
    return this.mode
  }

  #note(now: number, waiting: boolean): void {
    if (waiting && !this.#waitingSince) this.#waitingSince = now
    if (!waiting && this.#waitingSince) {
      this.#waits.push({ from: this.#waitingSince, ms: now - this.#waitingSince })
      this.#waitingSince = 0
    }
    this.#waits = this.#waits.filter((each) => each.from > now - OVER_MS)
    if (!waiting && now - this.#since > 2 * OVER_MS && !this.lowered) this.#tryAfter = FIRST_TRY_MS
  }

  #waited(now: number): number {
    const before = this.#waits.reduce((sum, each) => sum + each.ms, 0)
    return before + (this.#waitingSince ? now - this.#waitingSince : 0)
  }

  #down(now: number): void {
    if (this.#since) this.#tryAfter = Math.min(LAST_TRY_MS, this.#tryAfter * 2)
    this.#go(below(this.mode), now)
  }

  #mayTry(now: number, carries: number, needs: number): boolean {
    const good = carries > 0 && needs > 0 && carries > needs * SPARE
    if (!good) this.#goodSince = 0
    else if (!this.#goodSince) this.#goodSince = now
    if (good && now - this.#goodSince > GOOD_FOR_MS && now - this.#since > this.#tryAfter / 2) return true
    return carries === 0 && now - this.#since > this.#tryAfter
  }

  #go(mode: Mode, now: number): void {
    this.mode = mode
    this.#since = now
    this.#waits = []
    this.#waitingSince = this.#goodSince = 0
  }
}

const below = (mode: Mode): Mode => MODES[Math.min(MODES.length - 1, MODES.indexOf(mode) + 1)] ?? mode
const above = (mode: Mode): Mode => MODES[Math.max(0, MODES.indexOf(mode) - 1)] ?? mode
