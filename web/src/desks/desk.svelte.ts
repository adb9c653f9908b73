/** What every desk has: its meeting, who works at it, what they read, and what went wrong; knows no desk in particular. */
import { language, t } from '../i18n'
import { Clock } from '../live/clock.svelte'
import { type Answer, Refusal } from '../live/commands'
import { Live } from '../live/live'
import { linkToken } from '../live/token'
import type { Command, FloorView, MeetingView } from '../live/types'
import type { PageConfig } from '../page'

/** What a person at a desk is told, until they put it away. `again`: what they can still do about it. */
export interface Notice {
  id: number
  text: string
  again?: { label: string; act: () => void }
}

/** What to offer where a wish is refused with a code that the desk has an answer to; null: the sentence alone. */
export type Answering = (refusal: Refusal) => Omit<Notice, 'id'> | null

const MOST_NOTICES = 3

export class Desk {
  readonly config: PageConfig
  readonly live: Live
  readonly clock: Clock
  /** The languages that are followed; the first is the one the person reads. */
  languages = $state.raw<readonly string[]>([])
  notices = $state.raw<readonly Notice[]>([])
  #told = 0

  /** `open`: whether somebody without a link may look as well, as the public may. */
  constructor(config: PageConfig, open = false) {
    this.config = config
    this.live = new Live(config.slug, linkToken(config.slug, config.page))
    this.live.speaks = language()
    this.clock = new Clock(() => this.live.state.serverNow())
    this.languages = [readerLanguage(config.languages)]
    if (open || this.live.token !== null) this.live.follow(this.languages)
    // Another link that is opened in this tab changes the fragment alone, which loads nothing.
    addEventListener('hashchange', () => location.reload())
  }

  get state() {
    return this.live.state
  }

  get meeting(): MeetingView | null {
    return this.state.view('meeting')
  }

  get floor(): FloorView | null {
    return this.state.view('floor')
  }

  get me() {
    return this.state.view('me')
  }

  /** The language in which the person reads what others wrote. */
  get reads(): string {
    return this.languages[0] ?? ''
  }

  follow(languages: readonly string[]): void {
    this.languages = [...new Set(languages)].filter(Boolean)
    this.live.follow(this.languages)
  }

  /** Sends a wish. What goes wrong is told; null then. */
  async wish(command: Command, answering: Answering = () => null): Promise<Answer | null> {
    try {
      return await this.live.send(command)
    } catch (error) {
      this.tell(noticeOf(error, answering))
      return null
    }
  }

  tell(notice: Omit<Notice, 'id'>): void {
    const others = this.notices.filter((each) => each.text !== notice.text)
    this.#told += 1
    this.notices = [...others, { ...notice, id: this.#told }].slice(-MOST_NOTICES)
  }

  putAway(id: number): void {
    this.notices = this.notices.filter((each) => each.id !== id)
  }
}

function noticeOf(error: unknown, answering: Answering): Omit<Notice, 'id'> {
  if (error instanceof Refusal) return answering(error) ?? { text: error.message || error.code }
  return { text: t('The server cannot be reached. This was not done: do it again when you are connected.') }
}

/** The interface's language where the meeting has it, else the meeting's first. */
function readerLanguage(languages: readonly string[]): string {
  const wanted = language()
  return languages.find((each) => each === wanted || each.startsWith(`${wanted}-`)) ?? languages[0] ?? ''
}
