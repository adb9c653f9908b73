/** The player as a whole: what is wanted, what runs, what is shown of it. */
import type { OnAirView } from '../live/wire'
import type { WatchPage } from '../pages/watch/page.svelte'
import type { Caption } from './caption'
import { Engine } from './engine'
import { Calm, type Notice, noticeOf } from './notice'
import { OnAir } from './onair'
import { Probe } from './probe'
import { FLOOR, settings } from './settings'
import { type Going, type Line, MODES, type Mode, Stepping } from './stepping'
import { NONE, WordsInTime } from './words'

const BEAT_MS = 50
/** HTMLMediaElement.HAVE_FUTURE_DATA */
const ENOUGH_TO_GO_ON = 3
const VOLUME_STEP = 0.1

/** What the player needs of an engine; tests bring their own. */
export type Playing = Pick<
  Engine,
  | 'offer'
  | 'languages'
  | 'lost'
  | 'open'
  | 'close'
  | 'hear'
  | 'moment'
  | 'isThere'
  | 'span'
  | 'ended'
  | 'isLive'
  | 'carries'
  | 'isSmaller'
  | 'goToMoment'
  | 'goTo'
  | 'momentOf'
  | 'hurry'
>
type Make = (video: HTMLVideoElement, page: WatchPage, changed: () => void) => Playing

export class Player {
  readonly page: WatchPage
  readonly #video: HTMLVideoElement
  readonly #engine: Playing
  readonly #words: WordsInTime
  readonly #stepping = new Stepping(modeOf(settings.mode))
  readonly #onAir = new OnAir()
  readonly #calm = new Calm()
  readonly #probe: Probe
  #until = Infinity
  #run = ''

  // What is shown.
  mode = $state<Mode>('picture')
  lowered = $state(false)
  /** Whether the picture is a smaller one than there is. */
  smaller = $state(false)
  playing = $state(false)
  refused = $state(false)
  notice = $state<Notice>('')
  live = $state(true)
  ended = $state(false)
  place = $state(0)
  first = $state(0)
  last = $state(0)
  moment = $state<number | null>(null)
  captions = $state.raw<readonly Caption[]>([])
  channels = $state.raw<readonly string[]>([])
  /** The playlist of the picture in sign language; '': there is none. */
  sign = $state('')

  constructor(video: HTMLVideoElement, page: WatchPage, make: Make = engineFor) {
    this.#video = video
    this.page = page
    this.#engine = make(video, page, () => this.#look())
    this.#words = new WordsInTime(page, () => this.track)
    this.#probe = new Probe(page.live)
    video.volume = settings.volume
    video.muted = settings.muted
    this.mode = this.#stepping.mode
    this.#run = this.#media?.run ?? ''
  }

  /** Until the function is called that comes back. */
  start(): () => void {
    this.#words.follow()
    this.#words.lead((moment) => this.mode !== 'text' && this.goToMoment(moment))
    this.#open(this.mode, null)
    const timer = setInterval(() => this.#beat(), BEAT_MS)
    const hurry = () => this.#hurry()
    addEventListener('online', hurry)
    return () => {
      clearInterval(timer)
      removeEventListener('online', hurry)
      this.#engine.close()
      this.page.reader.until = Infinity
    }
  }

  /** The language that is wanted to be heard: as it is read, where nothing was chosen and there is a channel. */
  get sound(): string {
    const { sound } = settings
    if (sound && (!this.channels.length || this.channels.includes(sound))) return sound
    return this.channels.includes(this.page.reading) ? this.page.reading : FLOOR
  }

  get track(): string {
    return settings.captions || this.page.reading
  }

  toggle(): void {
    if (!this.#video.paused) this.#video.pause()
    else if (this.#video.ended) this.goToBeginning()
    else this.#play()
  }

  hear(language: string): void {
    settings.sound = language
    this.#engine.hear(language)
  }

  caption(track: string): void {
    if (track === NONE) settings.lastCaptions = settings.captions
    settings.captions = track
    this.page.live.followAgain()
  }

  toggleCaptions(): void {
    this.caption(settings.captions === NONE ? settings.lastCaptions : NONE)
  }

  toggleSign(): void {
    settings.sign = settings.sign === 'none' ? 'small' : 'none'
  }

  choose(mode: Mode): void {
    settings.mode = mode
    this.#stepping.choose(mode, performance.now())
    this.#open(mode, this.#kept)
  }

  /** s of the player. */
  goTo(place: number): void {
    this.#engine.goTo(place)
    this.#beat()
  }

  goBy(seconds: number): void {
    this.goTo(this.#video.currentTime + seconds)
  }

  goToBeginning(): void {
    this.goTo(this.#engine.span[0])
    this.#play()
  }

  /** ms UTC */
  goToMoment(moment: number): void {
    this.#engine.goToMoment(moment)
    this.#play()
  }

  goLive(): void {
    this.goTo(this.#engine.span[1])
    this.#play()
  }

  /** The moment on stage (ms UTC) at a place (s of the player). */
  momentOf(place: number): number | null {
    return this.#engine.momentOf(place)
  }

  setVolume(volume: number): void {
    settings.volume = this.#video.volume = Math.min(1, Math.max(0, volume))
    settings.muted = this.#video.muted = volume <= 0
  }

  turn(up: 1 | -1): void {
    this.setVolume(settings.volume + up * VOLUME_STEP)
  }

  mute(): void {
    settings.muted = this.#video.muted = !this.#video.muted
  }

  get #media(): OnAirView | null {
    return this.page.live.state.view('media')
  }

  /** Where to go on when something is opened anew: at live there, at its place elsewhere. */
  get #kept(): number | null {
    return this.#engine.isThere && this.#engine.isLive && !this.#video.paused ? null : this.#engine.moment
  }

  #play(): void {
    this.refused = false
    this.#video.play().catch((error: Error) => {
      if (error.name === 'NotAllowedError') this.refused = true
    })
  }

  #open(mode: Mode, moment: number | null): void {
    const paused = this.#video.paused && this.#engine.isThere
    this.mode = mode
    this.lowered = this.#stepping.lowered
    this.#probe.stop()
    if (mode === 'text') this.#engine.close()
    else {
      void this.#engine.open({ picture: mode === 'picture', language: this.sound, moment })
      if (!paused) this.#play()
    }
    if (mode === 'text' && this.lowered) this.#probe.start()
  }

  #hurry(): void {
    this.#engine.hurry()
    this.#stepping.hurry(performance.now())
  }

  #beat(): void {
    this.#look()
    this.#step()
    this.#restart()
    this.#speak()
  }

  get #going(): Going {
    const { paused, ended, readyState } = this.#video
    if (this.mode === 'text') return 'playing'
    if (paused || ended) return 'resting'
    if (this.#engine.lost) return 'away'
    if (!this.#engine.isThere) return 'opening'
    return readyState < ENOUGH_TO_GO_ON ? 'waiting' : 'playing'
  }

  #look(): void {
    const video = this.#video
    const engine = this.#engine
    const { state } = this.page.live
    this.#onAir.note(this.#media, state.serverNow())
    this.playing = !video.paused && !video.ended
    this.ended = engine.ended
    if (engine.isThere) {
      this.live = engine.isLive
      this.place = video.currentTime
      ;[this.first, this.last] = engine.span
    }
    this.moment = this.mode === 'text' ? null : engine.moment
    const channels = engine.languages
    if (channels.join() !== this.channels.join()) this.channels = channels
    this.sign = engine.offer.sign
    this.smaller = engine.isSmaller
    this.notice = this.#calm.at(performance.now(), this.#noticed)
  }

  get #noticed(): Notice {
    return noticeOf({
      mode: this.mode,
      lowered: this.lowered,
      refused: this.refused,
      lost: this.#engine.lost,
      waiting: this.#going === 'waiting' || this.#going === 'opening',
      smaller: this.smaller,
      over: this.#video.ended,
      latest: this.#onAir.latest,
      heard: this.moment === null ? null : this.#onAir.at(this.moment),
      sound: this.sound,
      spoken: this.page.floor?.language ?? '',
    })
  }

  /** Down where the line is too bad, and up again, always at its place: nothing that was said is passed over. */
  #step(): void {
    const moment = this.#engine.moment
    const mode = this.#stepping.at(performance.now(), this.#going, this.#line)
    if (mode !== this.mode) this.#open(mode, moment)
  }

  get #line(): Line {
    const { pictureBits, soundBits } = this.#engine.offer
    if (this.mode === 'text') return { carries: this.#probe.carries, needs: soundBits }
    return { carries: this.#engine.carries, needs: pictureBits }
  }

  /** A rehearsal that starts over is another package. */
  #restart(): void {
    const run = this.#media?.run ?? ''
    if (!run || run === this.#run) return
    if (this.#run) this.#open(this.mode, null)
    this.#run = run
  }

  /** Words stand when they are heard here, or as soon as they come. What is only being opened changes nothing yet. */
  #speak(): void {
    const { moment } = this
    if (this.mode === 'text' || settings.atOnce) this.#until = Infinity
    else if (moment !== null) this.#until = moment
    this.#words.hold(this.#until)
    const shown = this.mode === 'text' ? [] : this.#words.captions(this.#until)
    if (!areSame(shown, this.captions)) this.captions = shown
    if (moment !== null) void this.#words.reach(moment)
  }
}

function engineFor(video: HTMLVideoElement, page: WatchPage, changed: () => void): Engine {
  const source = {
    address: `/live/${page.config.slug}/hls/main.m3u8`,
    token: page.live.token,
    now: () => page.live.state.serverNow(),
  }
  return new Engine(video, source, window.Hls?.isSupported() ? window.Hls : null, changed)
}

const modeOf = (kept: string): Mode => MODES.find((each) => each === kept) ?? 'picture'

const areSame = (some: readonly Caption[], others: readonly Caption[]) =>
  some.length === others.length &&
  some.every(({ id, text }, index) => id === others[index]?.id && text === others[index]?.text)
