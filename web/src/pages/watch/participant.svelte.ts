/** The person at this page: who they are here, and how they come to take part; knows no page. */

import { t } from '../../i18n'
import { Refusal } from '../../live/commands'
import type { Live } from '../../live/live'
import { keepOwnToken, ownToken } from '../../live/token'
import type { Command } from '../../live/types'
import { settings } from './settings'

export class Participant {
  /** A sentence for the person about what they last wished, where it did not work. */
  trouble = $state('')
  /** What waits for the person to say who they are; null: nothing does. */
  waiting = $state.raw<(() => void) | null>(null)
  joined = $state(false)

  readonly #live: Live
  /** The secret came with a link, so it is not ours to forget. */
  readonly #linked: boolean

  constructor(live: Live) {
    this.#live = live
    this.#linked = live.token !== null
    live.token ??= ownToken(live.slug)
    live.place = { country: settings.country, node: settings.node }
    this.joined = live.token !== null
  }

  /** Sends a wish; asks first who the person is, once. Whether it was granted. */
  async send(command: Command): Promise<boolean> {
    if (!this.joined) await new Promise<void>((resolve) => (this.waiting = resolve))
    return this.joined && this.#try(() => this.#live.send(command))
  }

  /** Takes part under what `settings` say of the person, and goes on with what waited for it. */
  async join(language: string): Promise<void> {
    const { name, affiliation, country, node } = settings
    const command: Command = { kind: 'join', name, affiliation, country, node, language }
    const joined = await this.#try(async () => {
      const { token = null } = await this.#live.send(command)
      this.#live.token = token
      keepOwnToken(this.#live.slug, token)
      this.#live.followAgain()
    })
    this.joined = joined
    if (joined) this.stopWaiting()
  }

  stopWaiting(): void {
    this.waiting?.()
    this.waiting = null
  }

  /** A secret that the server does not know any more is given up: everybody may read. */
  giveUp(): boolean {
    if (this.#linked || this.#live.token === null) return false
    this.#live.token = null
    keepOwnToken(this.#live.slug, null)
    this.joined = false
    this.#live.followAgain()
    return true
  }

  async #try(wish: () => Promise<unknown>): Promise<boolean> {
    this.trouble = ''
    try {
      await wish()
      return true
    } catch (error) {
      if (error instanceof Refusal && error.status === 401 && this.giveUp()) {
        this.trouble = t('The meeting does not know you any more. Please try once more.')
      } else {
        this.trouble =
          (error as Error).message ||
          t('The server cannot be reached. What you wrote is kept here; please try again.')
      }
      return false
    }
  }
}
