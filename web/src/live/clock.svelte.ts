/** A clock that pages can show: the server's time, renewed every so often; stops when nobody looks. */
import { createSubscriber } from 'svelte/reactivity'

export class Clock {
  readonly #now: () => number
  readonly #subscribe: () => void

  /** `now`: ms UTC; `everyMs`: how often what is shown of it is renewed. */
  constructor(now: () => number, everyMs = 1_000) {
    this.#now = now
    this.#subscribe = createSubscriber((update) => {
      const timer = setInterval(update, everyMs)
      return () => clearInterval(timer)
    })
  }

  /** ms UTC. */
  get now(): number {
    this.#subscribe()
    return this.#now()
  }
}
