/** One meeting as a page follows it: its state, the stream that fills it, the commands that change it. */
import { type Answer, type Port, sendCommand } from './commands'
import { MeetingState } from './state.svelte'
import { Stream } from './stream'
import type { Command, LinesView } from './types'
import { browser, type World } from './world'

export class Live {
  readonly state: MeetingState
  readonly #slug: string
  readonly #world: World
  #languages: readonly string[] = []
  #stream: Stream | null = null
  /** The secret that says who we are; null: nobody in particular. */
  token: string | null
  /** The language in which the server speaks to the person, where not that in which they read. */
  speaks = ''

  constructor(slug: string, token: string | null = null, world: World = browser) {
    this.#slug = slug
    this.#world = world
    this.token = token
    this.state = new MeetingState(world.now)
  }

  /** Follows the meeting in these languages, the first above all; what is shown stays until the new is there. */
  follow(languages: readonly string[]): void {
    this.#stream?.stop()
    this.#languages = languages
    const wanted = { address: this.#address('stream'), token: this.token, speaks: this.#speaks }
    this.#stream = new Stream(wanted, this.state, this.#world)
    void this.#stream.run()
  }

  /** Follows again from the beginning, as after a change of the token. */
  followAgain(): void {
    this.follow(this.#languages)
  }

  stop(): void {
    this.#stream?.stop()
  }

  /** Sends a wish; resolves to what came of it, throws `Refusal` or `Unreachable`. */
  send(command: Command): Promise<Answer> {
    const port: Port = { address: this.#address('commands'), token: this.token, speaks: this.#speaks }
    return sendCommand(command, port, this.#world)
  }

  /** Fetches the lines before the first one held of a track; whether there were any. */
  async fetchEarlier(language: string, most = 100): Promise<boolean> {
    const first = this.state.track(language).lines[0]
    if (!first || !this.state.track(language).earlier) return false
    const query = new URLSearchParams({ before: `${first.start ?? 0},${first.id}`, most: String(most) })
    const headers = this.token ? { Authorization: `Bearer ${this.token}` } : undefined
    const address = `/live/${this.#slug}/captions/${language}?${query}`
    const response = await this.#world.fetch(address, headers ? { headers } : {})
    if (!response.ok) return false
    const older = (await response.json()) as LinesView
    // A new beginning may have replaced the lines meanwhile: then these may not join them.
    if (this.state.track(language).lines[0]?.id !== first.id) return true
    this.state.addEarlier(language, older)
    return older.lines.length > 0
  }

  get #speaks(): string {
    return this.speaks || this.#languages[0] || ''
  }

  #address(what: string): string {
    const query = new URLSearchParams(this.#languages.map((language) => ['lang', language]))
    return `/live/${this.#slug}/${what}?${query}`
  }
}
