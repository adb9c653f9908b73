/** Reads server-sent events out of pieces of text, as the HTML standard describes them; knows nothing of where they come from. */

/** `id` is null where the message has none: then it is nothing to resume from. */
export interface Message {
  event: string
  data: string
  id: string | null
}

export class Parser {
  #rest = ''
  #event = ''
  #data: string[] = []
  #id: string | null = null

  /** The messages that a piece completes; what is unfinished waits for the next piece. */
  push(piece: string): Message[] {
    const text = this.#rest + piece
    // A carriage return at the end may be half of a line's end.
    const held = text.endsWith('\r') ? 1 : 0
    const lines = text.slice(0, text.length - held).split(/\r\n|\n|\r/)
    this.#rest = (lines.pop() ?? '') + text.slice(text.length - held)
    return lines.map((line) => this.#line(line)).filter((message) => message !== null)
  }

  #line(line: string): Message | null {
    if (line === '') return this.#finish()
    const colon = line.indexOf(':')
    const field = colon < 0 ? line : line.slice(0, colon)
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '')
    if (field === 'event') this.#event = value
    if (field === 'data') this.#data.push(value)
    if (field === 'id') this.#id = value
    return null
  }

  #finish(): Message | null {
    const message = { event: this.#event || 'message', data: this.#data.join('\n'), id: this.#id }
    const empty = this.#data.length === 0
    this.#event = ''
    this.#data = []
    this.#id = null
    return empty ? null : message
  }
}
