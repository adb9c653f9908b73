/** Sends lines one after another, in order, and keeps what has not arrived; knows no field. */
import { Refusal } from '../../live/commands'

export interface Outgoing {
  track: string
  text: string
  speaker: string
  turn: boolean
  remark: boolean
  /** When it was entered, ms UTC by the server's clock. */
  entered: number
}

export interface OutboxPort {
  /** Resolves to the line's id; throws `Refusal` where the server says no, anything else where it was not reached. */
  write: (line: Outgoing, late: boolean) => Promise<string>
  /** The id under which a line has arrived though no answer came back; null: it has not. */
  arrived: (line: Outgoing) => string | null
  refused: (line: Outgoing, refusal: Refusal) => void
  written: (line: Outgoing, id: string) => void
  changed: (waiting: readonly Outgoing[]) => void
  after: (ms: number, call: () => void) => () => void
}

export const AGAIN_AFTER_MS = 3_000

export class Outbox {
  readonly #port: OutboxPort
  #waiting: readonly Outgoing[] = []
  #sending = false

  constructor(port: OutboxPort) {
    this.#port = port
  }

  get last(): Outgoing | undefined {
    return this.#waiting.at(-1)
  }

  add(line: Outgoing): void {
    this.#set([...this.#waiting, line])
    if (!this.#sending) void this.#send()
  }

  async #send(): Promise<void> {
    this.#sending = true
    let late = false
    for (let line = this.#waiting[0]; line; line = this.#waiting[0]) {
      if (await this.#wrote(line, late)) {
        this.#set(this.#waiting.filter((each) => each !== line))
      } else {
        late = true
        await new Promise<void>((resolve) => this.#port.after(AGAIN_AFTER_MS, resolve))
      }
    }
    this.#sending = false
  }

  /** Whether the line is done with: written, or refused for good. What comes after a break was all entered earlier. */
  async #wrote(line: Outgoing, late: boolean): Promise<boolean> {
    try {
      const there = late ? this.#port.arrived(line) : null
      this.#port.written(line, there ?? (await this.#port.write(line, late)))
      return true
    } catch (error) {
      if (!(error instanceof Refusal) || error.status === 429) return false
      this.#port.refused(line, error)
      return true
    }
  }

  #set(waiting: readonly Outgoing[]): void {
    this.#waiting = waiting
    this.#port.changed(waiting)
  }
}
