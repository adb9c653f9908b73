/** Plays a webcast in a <video>: picture and sound, or sound alone; where it stands, in time on stage. No page. */
import type Hls from 'hls.js'
import type { ErrorData } from 'hls.js'
import { momentAt, placeOf, type Stretch } from './clock'
import { fitPicture } from './fitting'
import { loaderOf, PICTURE, SOUND } from './loading'
import { Native } from './native'
import { channelOf, NOTHING, type Offer, offerIn, soundsAlone } from './renditions'

const AGAIN_MS = 2_000
/** Media that cannot be played is mended so often in a row, then it is opened anew. */
const MENDED_AT_MOST = 3
const LIVE_S = 6
/** Sound and picture do not begin at the very same place: where one is missing nothing plays. */
const INTO_S = 0.25
/** Bytes; what is smaller measures the way and not how wide it is. */
const A_SEGMENT = 4_000
/** Bits a second that a line is taken to carry which nobody has measured yet. */
const UNMEASURED = 1_500_000
/** The worst of so many segments says what the line carries: an average would long remember what it was. */
const LOADS = 3

export interface Source {
  /** Of the multivariant playlist. */
  address: string
  token: string | null
  /** Ms UTC by the server's clock. */
  now: () => number
}

/** `moment`: ms UTC; null: live. */
export interface Wish {
  picture: boolean
  language: string
  moment: number | null
}

export class Engine {
  offer: Offer = NOTHING
  /** Whether the server could not be reached, or had nothing, when it was last asked. */
  lost = false
  readonly #video: HTMLVideoElement
  readonly #source: Source
  readonly #kind: typeof Hls | null
  readonly #native: Native
  readonly #changed: () => void
  #hls: Hls | null = null
  #wish: Wish | null = null
  #goTo: number | null = null
  #again = 0
  #opening = 0
  #mended = 0
  /** Bits a second at which the last segments came. */
  #loads: number[] = []
  /** The same, as it was known last. */
  #carried = UNMEASURED
  /** Whether what was wished for is seen or heard by now. */
  #begun = false

  /** `kind`: the class of hls.js; null where the browser plays HLS itself. */
  constructor(video: HTMLVideoElement, source: Source, kind: typeof Hls | null, changed: () => void) {
    this.#video = video
    this.#source = source
    this.#kind = kind
    this.#native = new Native(video)
    this.#changed = changed
    for (const sign of ['playing', 'seeked', 'timeupdate']) video.addEventListener(sign, () => this.#begin())
    video.addEventListener('error', () => this.#failHere())
  }

  async open(wish: Wish): Promise<void> {
    const { paused } = this.#video
    this.close()
    // What is taken away stops: what comes instead goes on.
    if (!paused) this.#play()
    this.#wish = wish
    this.#goTo = wish.moment
    const opening = this.#opening
    const offer = await this.#fetchOffer()
    if (opening !== this.#opening) return
    this.lost = !offer
    if (offer) this.offer = offer
    this.#changed()
    const { picture, language, moment } = this.#wish
    if (!offer) this.#later(() => this.open({ ...wish, language, moment: this.moment ?? moment }))
    else if (this.#kind) this.#openWith(this.#kind, offer, { picture, language, moment })
    else this.#openHere(offer, this.#wish)
  }

  close(): void {
    clearTimeout(this.#again)
    this.#opening += 1
    this.#hls?.destroy()
    this.#hls = null
    this.#wish = this.#goTo = null
    this.#begun = false
    this.#carried = this.carries || this.#carried
    this.#loads = []
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
    const channel = channelOf(this.offer, language)
    if (this.#hls && wish.picture) this.#hls.audioTrack = channel
    else if (this.#hls) this.#hls.currentLevel = channel
    else if (this.#kind) return
    else if (wish.picture) this.#native.hear(language)
    else void this.open({ ...wish, language, moment: this.moment })
  }

  /** What can be heard as it is played now, first the floor. */
  get languages(): readonly string[] {
    const { channels } = this.offer
    const all = this.#kind || !this.#wish?.picture || this.#native.hasChoice
    return (all ? channels : channels.slice(0, 1)).map((each) => each.language)
  }

  /** What is seen and heard just now, or will be as soon as it comes, ms UTC; null: nothing says so. */
  get moment(): number | null {
    if (!this.#begun) return this.#wish?.moment ?? null
    if (!this.#kind) return this.#native.moment
    return momentAt(this.#stretches, this.#video.currentTime)
  }

  /** Whether it is known where one is and can go. */
  get isThere(): boolean {
    return this.#begun
  }

  /** The first and the last place (s of the player) one can go to. */
  get span(): [number, number] {
    const { seekable } = this.#video
    const first = seekable.length ? seekable.start(0) : 0
    const last = this.#hls?.liveSyncPosition ?? (seekable.length ? seekable.end(seekable.length - 1) : 0)
    return [first, Math.max(first, this.ended ? this.#video.duration || 0 : last)]
  }

  /** Whether the whole is there: nothing comes any more. */
  get ended(): boolean {
    const details = this.#hls?.latestLevelDetails
    return details ? !details.live : !this.#kind && Number.isFinite(this.#video.duration)
  }

  get isLive(): boolean {
    return !this.ended && this.span[1] - this.#video.currentTime < LIVE_S
  }

  /** Bits a second that the line was measured to carry; 0: not known. */
  get carries(): number {
    return this.#loads.length < LOADS ? 0 : Math.min(...this.#loads)
  }

  /** Whether the picture that is seen is smaller than the largest: the line carries no more. */
  get isSmaller(): boolean {
    const { levels = [], currentLevel = -1 } = this.#hls ?? {}
    return !!this.#wish?.picture && currentLevel >= 0 && currentLevel < levels.length - 1
  }

  /** The moment on stage (ms UTC) at a place (s of the player); null: nothing says so. */
  momentOf(place: number): number | null {
    const moment = this.moment
    if (this.#kind) return momentAt(this.#stretches, place)
    return moment === null ? null : moment + (place - this.#video.currentTime) * 1000
  }

  goToMoment(moment: number): void {
    const place = placeOf(this.#stretches, moment)
    if (!this.#kind) this.#native.goTo(moment)
    else if (place !== null) this.goTo(place)
  }

  goTo(place: number): void {
    const [first, last] = this.span
    this.#video.currentTime = Math.min(Math.max(place, first + INTO_S), last)
  }

  /** The network is back: what waits for its turn need not. */
  hurry(): void {
    if (this.lost) this.#later(() => this.#goOn(), 0)
  }

  get #stretches(): readonly Stretch[] {
    return this.#hls?.latestLevelDetails?.fragments ?? []
  }

  get #asked(): string {
    const { address, token } = this.#source
    return token ? `${address}?${new URLSearchParams({ token })}` : address
  }

  async #fetchOffer(): Promise<Offer | null> {
    const { address, token } = this.#source
    const headers: Record<string, string> = token ? { Authorization: `Bearer ${token}` } : {}
    const response = await fetch(address, { headers, cache: 'no-store' }).catch(() => null)
    if (!response?.ok) return null
    const offer = offerIn(await response.text().catch(() => ''), response.url)
    return offer.channels.length ? offer : null
  }

  #later(act: () => Promise<void>, ms = AGAIN_MS): void {
    clearTimeout(this.#again)
    this.#again = window.setTimeout(() => void act(), ms)
  }

  /** After a break: the same package goes on with what is in hand, another one is opened where this one stopped. */
  async #goOn(): Promise<void> {
    const wish = this.#wish
    const hls = this.#hls
    if (!wish) return
    const moment = this.isLive ? null : this.moment
    if (!hls) return this.open(wish)
    const offer = await this.#fetchOffer()
    if (hls !== this.#hls) return
    if (!offer) this.#later(() => this.#goOn())
    else if (offer.channels[0]?.address === this.offer.channels[0]?.address) hls.startLoad()
    else await this.open({ ...wish, moment })
  }

  #openHere(offer: Offer, { picture, language, moment }: Wish): void {
    this.#goTo = null
    this.#native.open(offer, this.#asked, picture, language, moment)
  }

  /** Some stumble over a change of the picture's form: a little later it is behind them. */
  #failHere(): void {
    if (this.#kind || !this.#wish) return
    const wish = { ...this.#wish, moment: null }
    this.lost = true
    this.#changed()
    this.#later(async () => {
      await this.open(wish)
      this.#play()
    })
  }

  #openWith(kind: typeof Hls, offer: Offer, { picture, language }: Wish): void {
    const playlist = picture ? offer.playlist : soundsAlone(offer)
    const hls = new kind({
      ...(picture ? PICTURE : SOUND),
      pLoader: loaderOf(kind, this.#source.now, playlist),
    })
    this.#hls = hls
    if (picture) fitPicture(hls, kind, this.#carried)
    hls.on(kind.Events.MANIFEST_PARSED, () => {
      const channel = channelOf(offer, this.#wish?.language ?? language)
      if (picture) hls.audioTrack = channel
      else hls.loadLevel = channel
    })
    hls.on(kind.Events.LEVEL_UPDATED, (_, { details }) => {
      if (this.#goTo !== null) {
        const place = placeOf(details.fragments, this.#goTo)
        this.#goTo = null
        if (place !== null) hls.startLoad(place)
      }
      this.#reached()
    })
    hls.on(kind.Events.FRAG_LOADED, (_, { frag }) => {
      const { loaded, loading } = frag.stats
      const bits = (loaded * 8_000) / Math.max(1, loading.end - loading.start)
      if (loaded > A_SEGMENT) this.#loads = [...this.#loads, bits].slice(-LOADS)
      this.#reached()
    })
    hls.on(kind.Events.FRAG_BUFFERED, () => (this.#mended = 0))
    hls.on(kind.Events.ERROR, (_, data) => this.#mend(hls, kind, data))
    hls.loadSource(offer.address)
    hls.attachMedia(this.#video)
  }

  #play(): void {
    this.#video.play().catch(() => {})
  }

  #begin(): void {
    const { readyState, seeking } = this.#video
    if (this.#wish && this.#goTo === null && readyState >= HTMLMediaElement.HAVE_CURRENT_DATA && !seeking)
      this.#begun = true
  }

  #reached(): void {
    this.lost = false
    this.#changed()
  }

  #mend(hls: Hls, kind: typeof Hls, { fatal, type, response }: ErrorData): void {
    const answered = !!response?.code && response.code < 500
    if (type === kind.ErrorTypes.NETWORK_ERROR && response && !answered) this.lost = true
    if (type === kind.ErrorTypes.NETWORK_ERROR && fatal) this.lost = true
    this.#changed()
    if (!fatal) return
    this.#mended += 1
    if (type === kind.ErrorTypes.MEDIA_ERROR && this.#mended <= MENDED_AT_MOST) hls.recoverMediaError()
    else if (type === kind.ErrorTypes.NETWORK_ERROR) this.#later(() => this.#goOn())
    else this.#later(() => this.open({ ...(this.#wish as Wish), moment: this.isLive ? null : this.moment }))
  }
}
