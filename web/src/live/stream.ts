/** Keeps one stream of a meeting open, through breaks, and hands its messages on; knows nothing of what they mean. */
import { backoff, ONLINE_MS } from './backoff'
import { type Message, Parser } from './sse'
import type { RefusalBody } from './wire'
import type { World } from './world'

/** The server sends a sign of life every 15 s; two missed and some more is a broken line. */
export const SILENCE_MS = 35_000
const DOUBT_MS = 20_000

export type Connection =
  | { state: 'connecting' }
  | { state: 'live' }
  /** `since`: ms UTC by this device. */
  | { state: 'interrupted'; since: number }
  /** The server does not want us: trying again would not help. */
  | { state: 'refused'; code: string; message: string }

export interface Wanted {
  address: string
  token: string | null
  /** Languages in which refusals are said. */
  speaks: string
}

export interface Follower {
  onMessage(message: Message): void
  onConnection(connection: Connection): void
}

export class Stream {
  readonly #wanted: Wanted
  readonly #follower: Follower
  readonly #world: World
  readonly #ending = new AbortController()
  #id: string | null = null
  #tries = 0
  #up = false
  #since: number | null = null
  /** What to do when the device comes back from sleep or from no network. */
  #hurry: () => void = () => {}

  constructor(wanted: Wanted, follower: Follower, world: World) {
    this.#wanted = wanted
    this.#follower = follower
    this.#world = world
  }

  /** Runs until it is stopped or refused. */
  async run(): Promise<void> {
    const forget = this.#world.onWake(() => this.#hurry())
    while (!this.#ended && (await this.#attempt())) {
      if (!this.#ended) await this.#pause()
    }
    forget()
  }

  stop(): void {
    this.#ending.abort()
    this.#hurry()
  }

  get #ended(): boolean {
    return this.#ending.signal.aborted
  }

  /** One connection from its beginning to its end; whether another is worth a try. */
  async #attempt(): Promise<boolean> {
    const watch = new Watch(this.#world, this.#ending.signal)
    this.#hurry = () => watch.doubt()
    try {
      const response = await this.#world.fetch(this.#wanted.address, this.#request(watch.signal))
      if (isFinal(response.status)) return await this.#refused(response)
      if (response.ok && response.body) await this.#read(response.body, watch)
    } catch {
      // A break looks the same wherever it happens: the next attempt is the answer.
    } finally {
      watch.end()
    }
    this.#interrupted()
    return true
  }

  #request(signal: AbortSignal): RequestInit {
    const headers: Record<string, string> = {
      Accept: 'text/event-stream',
      'Accept-Language': this.#wanted.speaks,
    }
    if (this.#wanted.token) headers.Authorization = `Bearer ${this.#wanted.token}`
    if (this.#id) headers['Last-Event-ID'] = this.#id
    return { headers, signal, cache: 'no-store' }
  }

  async #read(body: ReadableStream<Uint8Array>, watch: Watch): Promise<void> {
    const parser = new Parser()
    const decoder = new TextDecoder()
    const reader = body.getReader()
    for (;;) {
      watch.heard()
      const { done, value } = await reader.read()
      if (done || this.#ended) return
      this.#live()
      for (const message of parser.push(decoder.decode(value, { stream: true }))) this.#pass(message)
    }
  }

  #pass(message: Message): void {
    this.#follower.onMessage(message)
    if (message.id) this.#id = message.id
  }

  #live(): void {
    if (this.#up) return
    this.#up = true
    this.#tries = 0
    this.#since = null
    this.#follower.onConnection({ state: 'live' })
  }

  #interrupted(): void {
    this.#up = false
    if (this.#ended || this.#since !== null) return
    this.#since = this.#world.now()
    this.#follower.onConnection({ state: 'interrupted', since: this.#since })
  }

  async #refused(response: Response): Promise<false> {
    const body: RefusalBody = await response.json().catch(() => ({}))
    const { code = String(response.status), message = '' } = body
    if (!this.#ended) this.#follower.onConnection({ state: 'refused', code, message })
    return false
  }

  /** Waits for the next attempt; a device that comes back does not wait out the rest. */
  #pause(): Promise<void> {
    const { after, chance } = this.#world
    return new Promise((resolve) => {
      let cancel = after(backoff(this.#tries++, chance()), resolve)
      this.#hurry = () => {
        cancel()
        cancel = after(this.#ended ? 0 : ONLINE_MS * chance(), resolve)
      }
    })
  }
}

/** Ends a connection that has been silent for too long, has lost its network, or that nobody wants any more. */
class Watch {
  readonly #world: World
  readonly #ending: AbortSignal
  readonly #broken = new AbortController()
  readonly #abort = () => this.#broken.abort()
  readonly #forget: () => void
  #heardAt = 0
  #cancel: () => void = () => {}

  constructor(world: World, ending: AbortSignal) {
    this.#world = world
    this.#ending = ending
    ending.addEventListener('abort', this.#abort)
    this.#forget = world.onLost(this.#abort)
    this.heard()
  }

  get signal(): AbortSignal {
    return this.#broken.signal
  }

  heard(): void {
    this.#cancel()
    this.#heardAt = this.#world.now()
    this.#cancel = this.#world.after(SILENCE_MS, this.#abort)
  }

  /** A device that slept has had no timers: what was silent meanwhile is taken for broken. */
  doubt(): void {
    if (this.#world.now() - this.#heardAt > DOUBT_MS) this.#abort()
  }

  end(): void {
    this.#cancel()
    this.#forget()
    this.#ending.removeEventListener('abort', this.#abort)
    this.#abort()
  }
}

/** Whether an answer will stay the same however often we ask: the client's fault, but not "too many at once". */
function isFinal(status: number): boolean {
  return status >= 400 && status < 500 && status !== 408 && status !== 425 && status !== 429
}
