/** One meeting as a page follows it: its state, the stream that fills it, the commands that change it. */
import { type Answer, type Port, sendCommand } from './commands'
import { MeetingState } from './state.svelte'
import { Stream } from './stream'
import type { Command, LinesView, LineView } from './types'
import { browser, type World } from './world'

export class Live {
  readonly state: MeetingState
  readonly slug: string
  readonly #world: World
  #languages: readonly string[] = []
  #stream: Stream | null = null
  /** The secret that says who we are; null: nobody in particular. */
  token: string | null
  /** The language in which the server speaks to the person, where not that in which they read. */
  speaks = ''

  /** Where somebody watches who has not joined: only counted. */
  place: { country?: string; node?: string } = {}

  constructor(slug: string, token: string | null = null, world: World = browser) {
    this.slug = slug
    this.#world = world
    this.token = token
    this.state = new MeetingState(world.now)
  }

  /** Follows the meeting in these languages, the first above all; what is shown stays until the new is there. */
  follow(languages: readonly string[]): void {
    this.#stream?.stop()
    this.#languages = languages
    const wanted = { address: this.#streamAddress(), token: this.token, speaks: this.#speaks }
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
    const address = `/live/${this.slug}/commands?${new URLSearchParams({ lang: this.#speaks })}`
    const port: Port = { address, token: this.token, speaks: this.#speaks }
    return sendCommand(command, port, this.#world)
  }

  /** Fetches the lines before the first one held of a track; whether there were any. */
  async fetchEarlier(language: string, most = 100): Promise<boolean> {
    const { lines, earlier } = this.state.track(language)
    const first = lines[0]
    if (!first || !earlier) return false
    const older = await this.#linesBefore(language, first.start ?? 0, first.id, most)
    if (!older) return false
    // A new beginning may have replaced the lines meanwhile: then these may not join them.
    if (this.state.track(language).lines[0]?.id !== first.id) return true
    this.state.addEarlier(language, older)
    return older.lines.length > 0
  }

  /** A line as it stands in another track; null: it is not there, or the server was not reached. */
  async fetchLine(language: string, line: LineView): Promise<LineView | null> {
    const held = this.state.track(language).lines.find((each) => each.id === line.id)
    if (held) return held
    const found = await this.#linesBefore(language, (line.start ?? 0) + 1, line.id, 10)
    return found?.lines.find((each) => each.id === line.id) ?? null
  }

  /** The last lines before a place in a track; null: the server was not reached. */
  async #linesBefore(language: string, start: number, id: string, most: number): Promise<LinesView | null> {
    const query = new URLSearchParams({ before: `${start},${id}`, most: String(most) })
    const headers: Record<string, string> = this.token ? { Authorization: `Bearer ${this.token}` } : {}
    try {
      const address = `/live/${this.slug}/captions/${language}?${query}`
      const response = await this.#world.fetch(address, { headers })
      return response.ok ? ((await response.json()) as LinesView) : null
    } catch {
      return null
    }
  }

  get #speaks(): string {
    return this.speaks || this.#languages[0] || ''
  }

  #streamAddress(): string {
    const query = new URLSearchParams(this.#languages.map((language) => ['lang', language]))
    for (const [name, value] of Object.entries(this.place)) if (value) query.set(name, value)
    return `/live/${this.slug}/stream?${query}`
  }
}
