/**
 * Gives the floor choice by choice: a speaker, then a language. What is not chosen anew stays as it was wished last,
 * until the floor shows it, so that a second choice does not undo one that is still on its way. Knows no page.
 */
import type { FloorView } from '../../live/types'

export interface Place {
  speaker: string
  language: string
  node: string
}

interface Wished {
  place: Place
  /** The floor as it was when this was wished. */
  before: FloorView | null
  answered: boolean
}

export class Giving {
  #wished: Wished | null = null
  #sent: Promise<unknown> = Promise.resolve()
  readonly #floor: () => FloorView | null
  readonly #send: (place: Place) => Promise<unknown>

  /** `send` answers null where the wish was refused or did not arrive. */
  constructor(floor: () => FloorView | null, send: (place: Place) => Promise<unknown>) {
    this.#floor = floor
    this.#send = send
  }

  /** `otherwise`: for what nobody has chosen yet. Wishes go out one after the other, in the order of the choices. */
  give(change: Partial<Place>, otherwise: Partial<Place> = {}): void {
    const now = this.#place()
    const kept = {
      ...now,
      language: now.language || (otherwise.language ?? ''),
      node: now.node || (otherwise.node ?? ''),
    }
    const wished: Wished = { place: { ...kept, ...change }, before: this.#floor(), answered: false }
    this.#wished = wished
    this.#sent = this.#sent.then(() => this.#send(wished.place)).then((answer) => this.#note(wished, answer))
  }

  #note(wished: Wished, answer: unknown): void {
    wished.answered = true
    if (answer === null && this.#wished === wished) this.#wished = null
  }

  /** Where the floor is, or will be; somebody else may have given it since. */
  #place(): Place {
    const floor = this.#floor()
    if (this.#wished?.answered && floor !== this.#wished.before) this.#wished = null
    return this.#wished?.place ?? placeOf(floor)
  }
}

const placeOf = (floor: FloorView | null): Place => ({
  speaker: floor?.speaker ?? '',
  language: floor?.language ?? '',
  node: floor?.node ?? '',
})
