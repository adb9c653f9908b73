/** What the address of a wall screen asks for: ?lang=en&lang=es&size=120&theme=light; knows no page. */

export interface Choices {
  /** One or two tracks (BCP 47). */
  languages: string[]
  /** Per cent of the usual size of the words. */
  size: number
  theme: 'dark' | 'light'
}

/** Languages that the meeting has not are passed over; without any, the first two of the meeting. */
export function choicesOf(query: string, tracks: readonly string[]): Choices {
  const asked = new URLSearchParams(query)
  const known = [...new Set(asked.getAll('lang'))].filter((language) => tracks.includes(language))
  const size = Number(asked.get('size') ?? 100)
  return {
    languages: (known.length ? known : [...tracks]).slice(0, 2),
    size: Number.isFinite(size) ? Math.min(300, Math.max(30, size)) : 100,
    theme: asked.get('theme') === 'light' ? 'light' : 'dark',
  }
}
