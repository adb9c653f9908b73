/**
 * Which of several sizes of the picture the line carries; no I/O.
 *
 * hls.js has an opinion of its own, the mean of many seconds in which a segment counts by the time it took: three seconds
 * in hand are gone before a line that has become slow shows in it, and one that is good again takes half a minute.
 *
 * 1. Down at once, in the middle of a segment, where the rest of it would take longer than what is in hand lasts, and a
 *    smaller one would not take as long.
 * 2. Up where each of the last segments came fast enough for the larger; later, and later again, where that was of no use.
 */

/** A segment on its way. */
export interface Underway {
  /** Bytes; `total`: 0 where that is not known yet. */
  loaded: number
  total: number
  /** Since the first byte came or, where none has, since it was asked for. */
  ms: number
  /** s that it will play, and that can be played until it is needed. */
  plays: number
  inHand: number
}

/** What has come in less says little about the line, and a first byte may take so long. */
const KNOWN_AFTER_MS = 400
const ANSWERED_AFTER_MS = 1_500
/** s for another request, and for what is slower than it seems. */
const MARGIN_S = 0.4
const SPARE = 1.25
const LOADS = 3
const FIRST_TRY_MS = 6_000
const LAST_TRY_MS = 2 * 60_000
const OF_USE_MS = 30_000

export class Sizing {
  /** The place of the size to fetch. */
  size: number
  readonly #sizes: number[]
  #loads: number[] = []
  #since = -Infinity
  #tryAfter = 0

  /** `sizes`: bits a second of each at most, the smallest first; `carries`: those of the line, as far as is known. */
  constructor(sizes: readonly number[], carries: number) {
    this.#sizes = [...sizes]
    this.size = Math.max(
      0,
      sizes.findLastIndex((bits) => bits <= carries),
    )
  }

  /** To be told again and again while a segment of this size is on its way (`now`: ms of any clock). */
  look({ loaded, total, ms, plays, inHand }: Underway, now: number): void {
    if (!this.size || ms < (loaded ? KNOWN_AFTER_MS : ANSWERED_AFTER_MS)) return
    const pace = Math.max(1, loaded * 8_000) / ms
    const left = ((total - loaded) * 8) / pace
    const takes = (size: number) => ((this.#sizes[size] ?? 0) * plays) / pace + MARGIN_S
    if (loaded && (left + MARGIN_S < inHand || left < takes(0))) return
    let size = this.size - 1
    while (size && takes(size) > inHand) size -= 1
    this.#down(size, now)
  }

  /**
   * A segment of this size has come, at so many bits a second; `bits`: those of each second that it plays. What was told of
   * the sizes may be older than what is on stage.
   */
  came(pace: number, bits: number, now: number): void {
    this.#loads = [...this.#loads, pace].slice(-LOADS)
    this.#sizes[this.size] = Math.max(bits, this.#sizes[this.size] ?? 0)
    if (now - this.#since > OF_USE_MS && this.size === this.#sizes.length - 1) this.#tryAfter = 0
    const needs = (this.#sizes[this.size + 1] ?? Infinity) * SPARE
    if (now - this.#since < this.#tryAfter || this.#loads.some((each) => each < needs)) return
    this.#go(this.size + 1, now)
  }

  #down(size: number, now: number): void {
    const inVain = this.#tryAfter && now - this.#since < OF_USE_MS
    this.#tryAfter = inVain ? Math.min(LAST_TRY_MS, this.#tryAfter * 2) : FIRST_TRY_MS
    this.#go(size, now)
  }

  #go(size: number, now: number): void {
    this.size = size
    this.#since = now
    this.#loads = []
  }
}
