/** The tracks of a recording as captions of the browser's own player, in the looks that a person has set there. */
import { takeIn } from '../player/scripts'
import { placeIn, type Recorded, type Told, whereIs } from './told'

export const NONE = 'none'

/** Begin and end (ms UTC) and what is said; scripts leave them by language, see `words_for_player`. */
type Words = [begin: number, end: number, text: string][]

declare global {
  interface Window {
    recordedWords?: Record<string, Words>
  }
}

export class Captions {
  readonly #told: Told
  readonly #tracks: { language: string; words: string; track: TextTrack; of: number }[]
  #number: number

  /** `changed` is told the language that stands there now. */
  constructor(video: HTMLVideoElement, told: Told, changed: (language: string) => void) {
    this.#told = told
    this.#number = told.number
    for (const each of video.querySelectorAll('track')) each.remove()
    this.#tracks = told.tracks.map(([language, name, words]) => ({
      language,
      words,
      track: video.addTextTrack('captions', name, language),
      of: -1,
    }))
    video.textTracks.addEventListener('change', () => {
      const shown = this.#tracks.find(({ track }) => track.mode === 'showing')
      changed(shown?.language ?? NONE)
      void this.#fill()
    })
  }

  choose(language: string): void {
    for (const each of this.#tracks) each.track.mode = each.language === language ? 'showing' : 'disabled'
    void this.#fill()
  }

  /** Another recording plays. */
  turnTo(number: number): void {
    this.#number = number
    void this.#fill()
  }

  /** Only what is shown is fetched. */
  async #fill(): Promise<void> {
    const shown = this.#tracks.find(({ track }) => track.mode === 'showing')
    if (!shown || shown.of === this.#number) return
    const number = this.#number
    if (!window.recordedWords?.[shown.language])
      await takeIn(this.#told.top + shown.words).catch(() => undefined)
    const recorded = this.#told.recordings[number]
    if (!recorded || number !== this.#number || shown.of === number) return
    shown.of = number
    for (const cue of [...(shown.track.cues ?? [])]) shown.track.removeCue(cue)
    for (const cue of cuesOf(window.recordedWords?.[shown.language] ?? [], recorded, number, this.#told))
      shown.track.addCue(cue)
  }
}

function cuesOf(words: Words, recorded: Recorded, number: number, told: Told): VTTCue[] {
  return words
    .filter(([begin]) => whereIs(told.recordings, begin)?.number === number)
    .map(([begin, end, text]) => {
      const place = placeIn(recorded, begin)
      return new VTTCue(place, place + (end - begin) / 1000, plain(text))
    })
}

/** What stands in a cue is WebVTT: signs that mean something there are written out. */
const plain = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
