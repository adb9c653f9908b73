/** What is on the air as it is heard: news of it comes at once, the sound that it is about some seconds later. */
import type { OnAirView } from '../live/wire'

/** The server works so far behind the stage. */
const BEHIND_MS = 1_000
const KEPT = 100

export class OnAir {
  latest: OnAirView | null = null
  #told: { from: number; view: OnAirView | null }[] = []

  /** `now`: the server's clock, ms UTC. */
  note(view: OnAirView | null, now: number): void {
    if (view === this.latest) return
    this.latest = view
    this.#told = [...this.#told.slice(-KEPT), { from: this.#told.length ? now - BEHIND_MS : 0, view }]
  }

  /** As it was at a moment on stage (ms UTC). Of the time before somebody came nothing is known. */
  at(moment: number): OnAirView | null {
    return this.#told.findLast(({ from }) => from <= moment)?.view ?? null
  }
}
