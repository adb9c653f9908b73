/** Sends unfinished words as they are typed: at most one on the way, the latest wins; knows no field. */

export const EVERY_MS = 250

export interface DraftPort {
  send: (text: string, speaker: string) => Promise<unknown>
  after: (ms: number, call: () => void) => () => void
}

export class Drafting {
  readonly #port: DraftPort
  #wanted = { text: '', speaker: '' }
  #shown = ''
  #sending = false
  #timer: (() => void) | null = null

  constructor(port: DraftPort) {
    this.#port = port
  }

  /** What is in the field now; empty takes the draft away. */
  type(text: string, speaker: string): void {
    this.#wanted = { text, speaker }
    this.#timer ??= this.#port.after(EVERY_MS, () => {
      this.#timer = null
      void this.#flush()
    })
  }

  /** The words went out as a line, and the server has taken the draft away with it. */
  sentAsLine(): void {
    this.#timer?.()
    this.#timer = null
    this.#wanted = { text: '', speaker: '' }
    // A draft that is still on the way would stay behind the line.
    if (!this.#sending) this.#shown = ''
  }

  async #flush(): Promise<void> {
    if (this.#sending || this.#wanted.text === this.#shown) return
    const { text, speaker } = this.#wanted
    this.#sending = true
    try {
      await this.#port.send(text, speaker)
    } catch {
      // A lost draft is no loss: the next one holds it too.
    } finally {
      this.#shown = text
      this.#sending = false
    }
    if (this.#wanted.text !== this.#shown) this.type(this.#wanted.text, this.#wanted.speaker)
  }
}
