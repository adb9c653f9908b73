/** The watch page as a whole: the meeting, the person, what they look at; knows no layout. */
import { createContext, tick } from 'svelte'
import { Live } from '../../live/live'
import { linkToken } from '../../live/token'
import type { PageConfig } from '../../page'
import { Interface } from './interface.svelte'
import { Participant } from './participant.svelte'
import { gathering } from './presence'
import { Reader, type Target } from './reader.svelte'
import { firstReading } from './reading'
import { settings } from './settings'

export type Part = 'captions' | 'questions' | 'agenda' | 'people'

const WIDE = matchMedia('(min-width: 64rem)')

/** Every component of the page finds it here. */
export const [getPage, setPage] = createContext<WatchPage>()

export class WatchPage {
  readonly config: PageConfig
  readonly live: Live
  readonly participant: Participant
  readonly reader: Reader
  readonly ui: Interface
  /** The language of the captions, and of questions. */
  reading = $state('')
  /** Whether the language was just chosen: where the interface follows, the focus goes back to the choice. */
  refocus = false
  /** Brings a line into sight; set by whatever shows the lines. */
  show: (target: Target) => Promise<void> = async () => {}

  #wide = $state(WIDE.matches)
  #part = $state<Part>('captions')

  constructor(config: PageConfig) {
    const asked = new URLSearchParams(location.search)
    this.config = config
    this.live = new Live(config.slug, linkToken(config.slug, config.page))
    this.participant = new Participant(this.live)
    this.reader = new Reader(this.live)
    this.ui = new Interface(config.page)
    const wishes = [asked.get('lang') ?? '', settings.reading, ...navigator.languages]
    this.reading = firstReading(config.languages, wishes)
    WIDE.onchange = () => (this.#wide = WIDE.matches)
    settings.interface = asked.get('ui') ?? settings.interface
  }

  /** Captions stand beside everything else where there is room, and are a part of their own where there is not. */
  get parts(): Part[] {
    const others: Part[] = ['questions', 'agenda', 'people']
    return this.#wide ? others : ['captions', ...others]
  }

  get part(): Part {
    return this.parts.includes(this.#part) ? this.#part : 'questions'
  }

  get readable(): boolean {
    return this.#wide || this.part === 'captions'
  }

  get meeting() {
    return this.live.state.view('meeting')
  }

  get floor() {
    return this.live.state.view('floor')
  }

  get nodes() {
    return this.live.state.view('nodes')
  }

  get me() {
    return this.live.state.view('me')
  }

  get questions() {
    return this.live.state.views('questions')
  }

  get staged() {
    return this.questions.find((each) => each.status === 'staged')
  }

  get gathering() {
    return gathering(this.meeting, this.nodes, this.live.state.view('presence'))
  }

  turnTo(part: Part): void {
    this.#part = part
  }

  read(language: string): void {
    this.reading = settings.reading = language
    this.refocus = true
  }

  async goTo(target: Target): Promise<void> {
    if (!this.readable) this.turnTo('captions')
    await tick()
    await this.show(target)
  }

  /** A link to a line leads to it however long ago it was said. */
  followLink(): void {
    const line = /^#line-(.+)/.exec(location.hash)?.[1]
    if (line) void this.goTo({ line })
  }
}
