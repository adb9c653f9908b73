/** A browser that plays HLS itself, as phones did for long: the language by its list of sounds. Knows no page. */
import { channelOf, type Offer } from './renditions'

type NativeVideo = HTMLVideoElement & {
  getStartDate?: () => Date
  audioTracks?: Iterable<{ language: string; enabled: boolean }>
}

export class Native {
  readonly #video: NativeVideo

  constructor(video: HTMLVideoElement) {
    this.#video = video
  }

  /** `asked`: the multivariant playlist as the browser has to ask for it. */
  open(offer: Offer, asked: string, picture: boolean, language: string, moment: number | null): void {
    const sound = offer.channels[channelOf(offer, language)]?.address
    const { paused } = this.#video
    this.#video.src = picture || !sound ? asked : sound
    if (!paused) this.#video.play().catch(() => {})
    const begin = () => {
      if (moment !== null) this.goTo(moment)
      if (picture) this.hear(language)
    }
    this.#video.addEventListener('loadedmetadata', begin, { once: true })
  }

  /** Whether a language can be chosen beside the picture. Where it cannot, the first one is heard: the floor. */
  get hasChoice(): boolean {
    return !!this.#video.audioTracks
  }

  hear(language: string): void {
    const tracks = [...(this.#video.audioTracks ?? [])]
    const wanted = tracks.find((each) => each.language === language) ?? tracks[0]
    for (const each of tracks) each.enabled = each === wanted
  }

  /** ms UTC */
  get moment(): number | null {
    const start = this.#video.getStartDate?.().getTime()
    return start ? start + this.#video.currentTime * 1000 : null
  }

  goTo(moment: number): void {
    const now = this.moment
    if (now !== null) this.#video.currentTime += (moment - now) / 1000
  }
}
