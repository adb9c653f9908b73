/** The player as a whole: what is wanted, what runs, what is shown of it; keeps the page's words in time with it. */
import { lineAt } from '../live/lines'
import type { LineView } from '../live/types'
import type { OnAirView } from '../live/wire'
import type { WatchPage } from '../pages/watch/page.svelte'
import { captionsAt } from './caption'
import { Engine } from './engine'
import { FLOOR, settings } from './settings'
import { MODES, type Mode, Stepping } from './stepping'

const BEAT_MS = 50
/** Waiting for less than this is not worth a word. */
const WORTH_SAYING_MS = 1_000
const A_PAGE = 500
export const NONE = 'none'

export class Player {
  readonly page: WatchPage
  readonly #video: HTMLVideoElement
  readonly #engine: Engine
  readonly #stepping = new Stepping(modeOf(settings.mode))
  #waitingSince = 0
  #fetching = false
  #run = ''

  // What is shown.
  mode = $state<Mode>('picture')
  lowered = $state(false)
  playing = $state(false)
  waiting = $state(false)
  refused = $state(false)
  lost = $state(false)
  live = $state(true)
  ended = $state(false)
  place = $state(0)
  first = $state(0)
  last = $state(0)
  moment = $state<number | null>(null)
  captions = $state.raw<readonly LineView[]>([])
  channels = $state.raw<readonly string[]>([])
  media = $state.raw<OnAirView | null>(null)

  constructor(video: HTMLVideoElement, page: WatchPage) {
    this.#video = video
    this.page = page
    const source = { address: `/live/${page.config.slug}/hls/main.m3u8`, token: page.live.token }
    const kind = window.Hls?.isSupported() ? window.Hls : null
    this.#engine = new Engine(video, source, kind, () => this.#look())
    video.volume = settings.volume
    video.muted = settings.muted
    this.mode = this.#stepping.mode
    this.#run = page.live.state.view('media')?.run ?? ''
  }

  /** The page follows what is read in it; here is read beside that what stands in the picture. */
  #followTrack(): void {
    const { live } = this.page
    const follow = live.follow.bind(live)
    live.follow = () => {
      const { reading } = this.page
      follow(this.track === NONE ? [reading] : [...new Set([reading, this.track])])
    }
    if (this.track !== NONE && this.track !== this.page.reading) live.followAgain()
  }

  /** Whoever goes to a line or to a moment in the words sees and hears it too. */
  #followWords(): void {
    const { page } = this
    const goTo = page.goTo.bind(page)
    page.goTo = async (target) => {
      page.reader.until = Infinity
      await goTo(target)
      const { lines } = page.live.state.track(page.reading)
      const moment = 'moment' in target ? target.moment : lines.find((each) => each.id === target.line)?.start
      if (moment && this.mode !== 'text') this.goToMoment(moment)
    }
  }

  /** Until the function is called that comes back. */
  start(): () => void {
    this.#followTrack()
    this.#followWords()
    this.#open(this.mode, null)
    const timer = setInterval(() => this.#beat(), BEAT_MS)
    return () => {
      clearInterval(timer)
      this.#engine.close()
      this.page.reader.until = Infinity
    }
  }

  /** The language that is wanted to be heard: as it is read, where nothing was chosen and there is a channel. */
  get sound(): string {
    if (settings.sound) return settings.sound
    return this.channels.includes(this.page.reading) ? this.page.reading : FLOOR
  }

  get track(): string {
    return settings.captions || this.page.reading
  }

  /** Whether the channel that is heard carries the floor, because its interpreter or its stream is away. */
  get onFloor(): boolean {
    return this.media?.floor?.includes(this.sound) ?? false
  }

  toggle(): void {
    if (this.#video.paused) this.#play()
    else this.#video.pause()
  }

  hear(language: string): void {
    settings.sound = language
    this.#engine.hear(language)
  }

  caption(track: string): void {
    settings.captions = track
    this.page.live.followAgain()
  }

  choose(mode: Mode): void {
    const moment = this.live ? null : this.#engine.moment
    settings.mode = mode
    this.#stepping.choose(mode, performance.now())
    this.#open(mode, moment)
  }

  /** s of the player. */
  goTo(place: number): void {
    this.#engine.goTo(place)
    this.#beat()
  }

  goBy(seconds: number): void {
    this.goTo(this.#video.currentTime + seconds)
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

  setVolume(volume: number): void {
    settings.volume = this.#video.volume = volume
    settings.muted = this.#video.muted = volume === 0
  }

  mute(): void {
    settings.muted = this.#video.muted = !this.#video.muted
  }

  #play(): void {
    this.refused = false
    this.#video.play().catch((error: Error) => {
      if (error.name === 'NotAllowedError') this.refused = true
    })
  }

  #open(mode: Mode, moment: number | null): void {
    this.mode = mode
    if (mode === 'text') this.#engine.close()
    else {
      void this.#engine.open({ picture: mode === 'picture', language: this.sound, moment })
      this.#play()
    }
  }

  #beat(): void {
    this.#look()
    this.#step()
    this.#restart()
    this.#speak()
  }

  #look(): void {
    const video = this.#video
    const now = performance.now()
    const stuck = !video.paused && !video.ended && video.readyState < HTMLMediaElement.HAVE_FUTURE_DATA
    if (!stuck) this.#waitingSince = 0
    else this.#waitingSince ||= now
    this.playing = !video.paused
    this.waiting = stuck && now - this.#waitingSince > WORTH_SAYING_MS
    this.lost = this.#engine.lost
    this.live = this.#engine.isLive
    this.ended = this.#engine.ended
    this.place = video.currentTime
    ;[this.first, this.last] = this.#engine.span
    this.moment = this.mode === 'text' ? null : this.#engine.moment
    const channels = this.#engine.offer.channels.map((each) => each.language)
    if (channels.join() !== this.channels.join()) this.channels = channels
    this.media = this.page.live.state.view('media')
  }

  /** Down where the line is too bad, and up again. A server that cannot be reached is no matter of steps. */
  #step(): void {
    const { pictureBits, soundBits } = this.#engine.offer
    const needs = this.mode === 'text' ? soundBits : pictureBits
    const stuck = this.#waitingSince > 0 && !this.lost
    const carries = this.mode === 'text' ? 0 : this.#engine.carries
    const moment = this.live ? null : this.#engine.moment
    const mode = this.#stepping.at(performance.now(), stuck, carries, needs)
    this.lowered = this.#stepping.lowered
    if (mode !== this.mode) this.#open(mode, moment)
  }

  /** A rehearsal that starts over is another package. */
  #restart(): void {
    const run = this.media?.run ?? ''
    if (!run || run === this.#run) return
    if (this.#run) this.#open(this.mode, null)
    this.#run = run
  }

  /** Words stand when they are heard here, or as soon as they come. */
  #speak(): void {
    const { state } = this.page.live
    const { moment } = this
    const until = settings.atOnce || moment === null ? Infinity : moment
    this.#hold(until)
    const { lines, earlier } = state.track(this.track)
    const shown = captionsAt(lines, until === Infinity ? state.serverNow() : until)
    if (!sameLines(shown, this.captions)) this.captions = shown
    if (earlier && moment !== null && lineAt(lines, moment) < 0) void this.#fetchEarlier(moment)
  }

  /** The page is told only where that changes what it shows. */
  #hold(until: number): void {
    const { reader, live, reading } = this.page
    const { lines } = live.state.track(reading)
    document.body.classList.toggle('heard', until < Infinity)
    if (
      lineAt(lines, until) !== lineAt(lines, reader.until) ||
      (until === Infinity) !== (reader.until === Infinity)
    )
      reader.until = until
  }

  async #fetchEarlier(moment: number): Promise<void> {
    if (this.#fetching) return
    this.#fetching = true
    const { live, reading } = this.page
    for (const track of new Set([this.track, reading])) {
      while ((live.state.track(track).lines[0]?.start ?? 0) > moment)
        if (!(await live.fetchEarlier(track, A_PAGE))) break
    }
    this.#fetching = false
  }
}

const modeOf = (kept: string): Mode => MODES.find((each) => each === kept) ?? 'picture'

const sameLines = (some: readonly LineView[], others: readonly LineView[]) =>
  some.length === others.length && some.every((line, index) => line === others[index])
