/** The player in a page of the record: what is chosen, what plays, and the words in time with it. */
import { Captions, NONE } from './captions'
import { choiceOf } from './choice'
import { FLOOR, type Playback, playbackOf } from './playback'
import { momentIn, nameOf, type Place, placeNamed, type Told, whereIs } from './told'
import { Words } from './words'

const BEAT_MS = 100
const ROOMY = '(min-width: 60rem) and (min-height: 40rem)'

export class RecordPlayer {
  readonly #root: HTMLElement
  readonly #video: HTMLVideoElement
  readonly #told: Told
  readonly #words = new Words()
  readonly #captions: Captions
  readonly #press = document.createElement('button')
  readonly #notice = document.createElement('p')
  #playback: Playback | null = null
  #number = -1
  /** ms UTC; asked for last, perhaps before anything could play it. */
  #wanted = 0
  #language: string
  #begin: Place

  constructor(root: HTMLElement, video: HTMLVideoElement, told: Told) {
    this.#root = root
    this.#video = video
    this.#told = told
    this.#begin = placeNamed(location.hash) ?? { number: told.number, place: firstPlace(root, told) }
    const channels = told.recordings[this.#begin.number]?.sounds ?? []
    this.#language = channels.some(([language]) => language === told.language) ? told.language : FLOOR
    const captions = choiceOf(
      told.says.captions,
      [[NONE, told.says.none], ...told.tracks.map(([language, name]): [string, string] => [language, name])],
      (language) => this.#captions.choose(language),
    )
    this.#captions = new Captions(video, told, (language) => (captions.select.value = language))
    this.#build(captions.field)
    captions.select.value = told.language
    this.#captions.choose(told.language)
  }

  start(): void {
    setInterval(() => this.#beat(), BEAT_MS)
    document.addEventListener('click', (event) => this.#clicked(event))
    window.addEventListener('hashchange', () => this.#goToNamed())
    if (placeNamed(location.hash)) this.#goToNamed()
  }

  /** Plays from a moment on, ms UTC. */
  play(moment: number): void {
    const there = whereIs(this.#told.recordings, moment)
    if (!there) return
    history.replaceState(null, '', nameOf(there))
    void this.#playFrom(there, moment)
  }

  async #playFrom({ number }: Place, moment: number): Promise<void> {
    this.#press.hidden = true
    this.#video.controls = true
    this.#wanted = moment
    if (number === this.#number) this.#playback?.goTo(moment)
    else if (!(await this.#turnTo(number))) return
    // A browser that wants somebody to press first shows its own button for it.
    this.#video.play().catch(() => undefined)
  }

  /** Whether that recording can be played here. */
  async #turnTo(number: number): Promise<boolean> {
    const recorded = this.#told.recordings[number]
    if (!recorded) return false
    this.#number = number
    this.#playback?.close()
    this.#captions.turnTo(number)
    const playback = await playbackOf(this.#video, recorded, this.#told.top, this.#told.hls)
    if (number !== this.#number) return false
    this.#playback = playback
    this.#notice.textContent = playback ? '' : this.#told.says.failed
    playback?.open(this.#wanted, this.#language)
    return playback !== null
  }

  #goToNamed(): void {
    const named = placeNamed(location.hash)
    const recorded = named && this.#told.recordings[named.number]
    if (named && recorded) void this.#playFrom(named, momentIn(recorded, named.place))
  }

  #clicked(event: MouseEvent): void {
    const link = (event.target as Element).closest<HTMLElement>('a[data-moment]')
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    this.play(Number(link.dataset.moment))
  }

  #beat(): void {
    const moment = this.#playback?.moment
    if (moment) this.#words.show(moment)
  }

  #build(captions: HTMLElement): void {
    const { says, recordings } = this.#told
    const video = this.#video
    video.controls = false
    video.removeAttribute('src')
    video.load()
    this.#press.type = 'button'
    this.#press.textContent = `▶\uFE0E ${says.play}`
    this.#press.addEventListener('click', () => {
      const recorded = recordings[this.#begin.number]
      if (recorded) this.play(momentIn(recorded, this.#begin.place))
      video.focus()
    })
    video.after(this.#press)
    this.#notice.setAttribute('role', 'status')
    const wishes = document.createElement('div')
    wishes.className = 'choosing'
    const sounds = recordings[this.#begin.number]?.sounds ?? []
    const hear = choiceOf(
      says.hear,
      sounds.map(([language, name]): [string, string] => [language, name]),
      (language) => this.#hear(language),
    )
    hear.select.value = this.#language
    wishes.append(hear.field, captions, this.#followField())
    this.#root.querySelector('.wishes')?.prepend(this.#notice, wishes)
    for (const each of this.#root.querySelectorAll('details')) each.open ||= matchMedia(ROOMY).matches
  }

  #followField(): HTMLElement {
    const field = document.createElement('label')
    const box = document.createElement('input')
    box.type = 'checkbox'
    box.addEventListener('change', () => (this.#words.follows = box.checked))
    field.append(box, ' ', this.#told.says.follow)
    field.hidden = !document.querySelector('[data-from]')
    return field
  }

  #hear(language: string): void {
    this.#language = language
    this.#playback?.hear(language)
  }
}

/** Where the first words of the page are heard. */
function firstPlace(root: HTMLElement, told: Told): number {
  const moments = [...document.querySelectorAll<HTMLElement>('[data-from]')].map((each) =>
    Number(each.dataset.from),
  )
  const first = root.dataset.begins ? Number(root.dataset.begins) : Math.min(...moments)
  const place = Number.isFinite(first) ? whereIs(told.recordings, first) : null
  return place?.number === told.number ? place.place : 0
}
