/** Plays a webcast in a <video>: picture and sound, or sound alone; where it stands, in time on stage. No page. */
import type Hls from 'hls.js'
import type { ErrorData, HlsConfig } from 'hls.js'
import { momentAt, placeOf, type Stretch } from './clock'
import { type Offer, offerIn } from './renditions'

const AGAIN_MS = 2_000
/** The sound of a channel that is not offered: the first one, which is the floor. */
const FIRST = 0

const CONFIG: Partial<HlsConfig> = {
  enableWorker: false, // Nothing is repackaged: segments are taken as they come.
  liveSyncDuration: 4,
  liveMaxLatencyDuration: Infinity, // Whoever has gone back stays there.
  liveDurationInfinity: false,
  maxLiveSyncPlaybackRate: 1.04,
  backBufferLength: 30,
  maxBufferLength: 30,
  startFragPrefetch: true,
  abrEwmaDefaultEstimate: 1_500_000,
  manifestLoadingMaxRetry: 4,
}

export interface Source {
  /** Of the multivariant playlist. */
  address: string
  token: string | null
}

/** `moment`: ms UTC; null: live. */
export interface Wish {
  picture: boolean
  language: string
  moment: number | null
}

export class Engine {
  offer: Offer = { channels: [], pictureBits: 0, soundBits: 0 }
  /** Whether the server could not be reached, or had nothing, when it was last asked. */
  lost = false
  readonly #video: HTMLVideoElement
  readonly #source: Source
  readonly #kind: typeof Hls | null
  readonly #changed: () => void
  #hls: Hls | null = null
  #wish: Wish | null = null
  #goTo: number | null = null
  #again = 0
  #opening = 0

  /** `kind`: the class of hls.js; null where the browser plays HLS itself. */
  constructor(video: HTMLVideoElement, source: Source, kind: typeof Hls | null, changed: () => void) {
    this.#video = video
    this.#source = source
    this.#kind = kind
    this.#changed = changed
  }

  async open(wish: Wish): Promise<void> {
    this.close()
    this.#wish = wish
    const opening = this.#opening
    const offer = await this.#fetchOffer()
    if (opening !== this.#opening) return
    this.lost = !offer
    if (offer) this.offer = offer
    this.#changed()
    if (!offer) this.#openLater()
    else if (this.#kind) this.#openWith(this.#kind, wish)
    else this.#openHere(wish)
  }

  close(): void {
    clearTimeout(this.#again)
    this.#opening += 1
    this.#hls?.destroy()
    this.#hls = null
    this.#wish = null
    this.#goTo = null
    if (this.#video.src) {
      this.#video.removeAttribute('src')
      this.#video.load()
    }
  }

  /** Another language; the place is kept. */
  hear(language: string): void {
    const wish = this.#wish
    if (!wish) return
    this.#wish = { ...wish, language }
    const track = this.#channelOf(language)
    if (wish.picture && this.#hls) this.#hls.audioTrack = track
    else if (wish.picture && !this.#kind) this.#hearHere(language)
    else void this.open({ ...this.#wish, moment: this.isLive ? null : this.moment })
  }

  /** What is seen and heard just now, ms UTC; null: nothing yet. */
  get moment(): number | null {
    const { currentTime } = this.#video
    if (this.#hls) return momentAt(this.#stretches, currentTime)
    const start = (this.#video as { getStartDate?: () => Date }).getStartDate?.().getTime()
    return start && !this.#kind ? start + currentTime * 1000 : null
  }

  /** The first and the last place (s of the player) one can go to. */
  get span(): [number, number] {
    const { seekable } = this.#video
    const first = seekable.length ? seekable.start(0) : 0
    const last = this.#hls?.liveSyncPosition ?? (seekable.length ? seekable.end(seekable.length - 1) : 0)
    return [first, Math.max(first, this.ended ? this.#video.duration : last)]
  }

  /** Whether the whole is there: nothing comes any more. */
  get ended(): boolean {
    const details = this.#hls?.latestLevelDetails
    return details ? !details.live : Number.isFinite(this.#video.duration) && !this.#kind
  }

  get isLive(): boolean {
    return !this.ended && this.span[1] - this.#video.currentTime < 6
  }

  /** Bits a second that the line was measured to carry; 0: not known. */
  get carries(): number {
    return this.#hls?.bandwidthEstimate || 0
  }

  goToMoment(moment: number): void {
    const place = this.#hls ? placeOf(this.#stretches, moment) : this.#placeHere(moment)
    if (place !== null) this.goTo(place)
  }

  goTo(place: number): void {
    const [first, last] = this.span
    this.#video.currentTime = Math.min(Math.max(place, first), last)
  }

  get #stretches(): readonly Stretch[] {
    return this.#hls?.latestLevelDetails?.fragments ?? []
  }

  #channelOf(language: string): number {
    return Math.max(
      FIRST,
      this.offer.channels.findIndex((each) => each.language === language),
    )
  }

  async #fetchOffer(): Promise<Offer | null> {
    const { address, token } = this.#source
    const headers: Record<string, string> = token ? { Authorization: `Bearer ${token}` } : {}
    const response = await fetch(address, { headers, cache: 'no-store' }).catch(() => null)
    if (!response?.ok) return null
    const offer = offerIn(await response.text().catch(() => ''), response.url)
    return offer.channels.length ? offer : null
  }

  /** The same again in a while, where it stopped. */
  #openLater(): void {
    const wish = this.#wish
    if (!wish) return
    const moment = wish.moment ?? (this.isLive ? null : this.moment)
    clearTimeout(this.#again)
    this.#again = window.setTimeout(() => void this.open({ ...wish, moment }), AGAIN_MS)
  }

  #openWith(kind: typeof Hls, wish: Wish): void {
    const { token } = this.#source
    const hls = new kind({
      ...CONFIG,
      xhrSetup: (request) => {
        if (token) request.setRequestHeader('Authorization', `Bearer ${token}`)
      },
    })
    this.#hls = hls
    this.#goTo = wish.moment
    hls.on(kind.Events.MANIFEST_PARSED, () => {
      if (wish.picture) hls.audioTrack = this.#channelOf(this.#wish?.language ?? wish.language)
    })
    hls.on(kind.Events.LEVEL_UPDATED, (_, { details }) => {
      this.lost = false
      if (this.#goTo !== null) {
        const place = placeOf(details.fragments, this.#goTo)
        this.#goTo = null
        if (place !== null) hls.startLoad(place)
      }
      this.#changed()
    })
    hls.on(kind.Events.ERROR, (_, data) => this.#mend(hls, kind, data))
    const channel = this.offer.channels[this.#channelOf(wish.language)]
    hls.loadSource(wish.picture ? this.#source.address : (channel?.address ?? this.#source.address))
    hls.attachMedia(this.#video)
  }

  #mend(hls: Hls, kind: typeof Hls, { fatal, type }: ErrorData): void {
    if (type === kind.ErrorTypes.NETWORK_ERROR) this.lost = fatal
    this.#changed()
    if (!fatal) return
    if (type === kind.ErrorTypes.MEDIA_ERROR) hls.recoverMediaError()
    else this.#openLater()
  }

  // A browser that plays HLS itself.

  #openHere(wish: Wish): void {
    const { address, token } = this.#source
    const sound = this.offer.channels[this.#channelOf(wish.language)]?.address ?? address
    const asked = token ? `${address}?${new URLSearchParams({ token })}` : address
    this.#video.src = wish.picture ? asked : sound
    this.#video.addEventListener(
      'loadedmetadata',
      () => {
        if (wish.moment !== null) this.goToMoment(wish.moment)
        if (wish.picture) this.#hearHere(this.#wish?.language ?? wish.language)
      },
      { once: true },
    )
  }

  #hearHere(language: string): void {
    const tracks = (this.#video as { audioTracks?: Iterable<{ language: string; enabled: boolean }> })
      .audioTracks
    for (const each of tracks ?? []) each.enabled = each.language === language
  }

  #placeHere(moment: number): number | null {
    const now = this.moment
    return now === null ? null : this.#video.currentTime + (moment - now) / 1000
  }
}
