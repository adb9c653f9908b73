/** A recording that plays: from its HLS package where a web server shows it, else from its files. Moments are ms UTC. */
import '../player/globals'
import { Engine } from '../player/engine'
import { takeIn } from '../player/scripts'
import { Beside } from './beside'
import { momentIn, placeIn, type Recorded } from './told'

export interface Playback {
  /** Seen and heard just now; null: nothing yet. */
  readonly moment: number | null
  open(moment: number, language: string): void
  goTo(moment: number): void
  hear(language: string): void
  close(): void
}

export const FLOOR = 'mul'
const NATIVE = 'application/vnd.apple.mpegurl'

/** `top`: the way to the record's folder; `hls`: the script that plays HLS. Null where nothing here can play it. */
export async function playbackOf(
  video: HTMLVideoElement,
  recorded: Recorded,
  top: string,
  hls: string,
): Promise<Playback | null> {
  const files = recorded.video ? new Files(video, recorded, top) : null
  if (!recorded.hls || !location.protocol.startsWith('http')) return files
  if ('MediaSource' in window || 'ManagedMediaSource' in window)
    await takeIn(top + hls).catch(() => undefined)
  const kind = window.Hls?.isSupported() ? window.Hls : null
  if (!kind && !video.canPlayType(NATIVE)) return files
  return new Package(video, `${top}${recorded.folder}/${recorded.hls}`, kind, files)
}

/** The HLS package; the files, where the server has no package. */
class Package implements Playback {
  readonly #engine: Engine
  readonly #files: Files | null
  #wish = { moment: 0, language: FLOOR }
  #instead = false

  constructor(video: HTMLVideoElement, address: string, kind: typeof window.Hls | null, files: Files | null) {
    this.#files = files
    this.#engine = new Engine(video, { address, token: null, now: Date.now }, kind ?? null, () =>
      this.#look(),
    )
  }

  get moment(): number | null {
    return this.#instead && this.#files ? this.#files.moment : this.#engine.moment
  }

  open(moment: number, language: string): void {
    this.#wish = { moment, language }
    void this.#engine.open({ picture: true, ...this.#wish })
  }

  goTo(moment: number): void {
    this.#wish.moment = moment
    if (this.#instead) this.#files?.goTo(moment)
    else if (this.#engine.isThere) this.#engine.goToMoment(moment)
    else this.open(moment, this.#wish.language)
  }

  hear(language: string): void {
    this.#wish.language = language
    if (this.#instead) this.#files?.hear(language)
    else this.#engine.hear(language)
  }

  close(): void {
    this.#engine.close()
    this.#files?.close()
  }

  #look(): void {
    if (this.#instead || !this.#files || !this.#engine.lost || this.#engine.offer.channels.length) return
    this.#instead = true
    this.#engine.close()
    this.#files.open(this.#wish.moment, this.#wish.language)
  }
}

/** The MP4 with the floor's sound; another channel's sound file beside it. */
class Files implements Playback {
  readonly #video: HTMLVideoElement
  readonly #recorded: Recorded
  readonly #folder: string
  readonly #beside: Beside

  constructor(video: HTMLVideoElement, recorded: Recorded, top: string) {
    this.#video = video
    this.#recorded = recorded
    this.#folder = `${top}${recorded.folder}/`
    this.#beside = new Beside(video)
  }

  get moment(): number | null {
    return this.#video.readyState ? momentIn(this.#recorded, this.#video.currentTime) : null
  }

  open(moment: number, language: string): void {
    this.#video.src = this.#folder + this.#recorded.video
    this.goTo(moment)
    this.hear(language)
  }

  /** Also before anything is loaded: then the file begins there (HTML, "default playback start position"). */
  goTo(moment: number): void {
    this.#video.currentTime = placeIn(this.#recorded, moment)
  }

  hear(language: string): void {
    const sound = this.#recorded.sounds.find(([each, , file]) => each === language && file)
    this.#beside.sound(sound && language !== FLOOR ? this.#folder + sound[2] : null)
  }

  close(): void {
    this.#beside.sound(null)
    this.#video.removeAttribute('src')
    this.#video.load()
  }
}
