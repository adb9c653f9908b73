/** Which of a meeting's languages somebody reads, by what they have said of themselves; knows no page. */

/** The first wish that the meeting has a track for, exactly or for the same language; else its first track. */
export function firstReading(tracks: readonly string[], wishes: readonly string[]): string {
  for (const wish of wishes) {
    const found =
      tracks.find((track) => track === wish) ?? tracks.find((track) => primary(track) === primary(wish))
    if (found) return found
  }
  return tracks[0] ?? 'en'
}

const primary = (language: string) => language.split('-')[0]
