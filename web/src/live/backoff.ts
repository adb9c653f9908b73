/** How long to wait before trying again, so that thousands who were cut off together do not come back together. */

export const FIRST_MS = 2_000
/** A server that restarts has everybody back within ten seconds. */
export const MOST_MS = 8_000
/** After the device itself says that it is online again. */
export const ONLINE_MS = 500

/** Full jitter: anything from nothing to a bound that doubles. `tries`: how many failed; `chance`: 0 to 1. */
export function backoff(tries: number, chance: number): number {
  return Math.round(chance * Math.min(MOST_MS, FIRST_MS * 2 ** tries))
}
