/** Which moment on stage is seen and heard where a player stands; knows no player. All moments are ms UTC. */

/** A stretch of the media: where it stands in the player (s), how long it is (s), when it was on stage. */
export interface Stretch {
  start: number
  duration: number
  programDateTime: number | null
}

/** The moment at a place of the player; null where nothing says so. Between stretches the one before counts on. */
export function momentAt(stretches: readonly Stretch[], place: number): number | null {
  let low = 0
  let high = stretches.length
  while (low < high) {
    const middle = (low + high) >> 1
    const at = stretches[middle]
    if (at && at.start <= place) low = middle + 1
    else high = middle
  }
  const found = stretches[Math.max(0, low - 1)]
  if (found?.programDateTime == null) return null
  return found.programDateTime + (place - found.start) * 1000
}

/** The place in the player (s) of a moment: that of the first thing said after it, where nothing was on stage then. */
export function placeOf(stretches: readonly Stretch[], moment: number): number | null {
  for (const each of stretches) {
    if (each.programDateTime === null) continue
    const into = (moment - each.programDateTime) / 1000
    if (into < each.duration) return each.start + Math.max(0, into)
  }
  const last = stretches.at(-1)
  return last ? last.start + last.duration : null
}
