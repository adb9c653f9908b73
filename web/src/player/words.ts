/** Keeps the page's words in time with what is seen and heard, and finds those that stand in the picture. */
import { lineAt } from '../live/lines'
import type { WatchPage } from '../pages/watch/page.svelte'
import { type Caption, captionsAt } from './caption'

const A_PAGE = 500
export const NONE = 'none'

export class WordsInTime {
  readonly #page: WatchPage
  /** The track in the picture, or `NONE`. */
  readonly #track: () => string
  #fetching = false

  constructor(page: WatchPage, track: () => string) {
    this.#page = page
    this.#track = track
  }

  /** The page follows what is read in it; from here on also, beside that, what stands in the picture. */
  follow(): void {
    const { live } = this.#page
    const follow = live.follow.bind(live)
    live.follow = () => {
      const { reading } = this.#page
      const track = this.#track()
      follow(track === NONE ? [reading] : [...new Set([reading, track])])
    }
    if (![NONE, this.#page.reading].includes(this.#track())) live.followAgain()
  }

  /** Whoever goes to a line or to a moment in the words is told of here, to see and hear it too. */
  lead(goToMoment: (moment: number) => void): void {
    const page = this.#page
    const goTo = page.goTo.bind(page)
    page.goTo = async (target) => {
      page.reader.until = Infinity
      await goTo(target)
      const { lines } = page.live.state.track(page.reading)
      const moment = 'moment' in target ? target.moment : lines.find((each) => each.id === target.line)?.start
      if (moment) goToMoment(moment)
    }
  }

  /** Words stand until a moment (ms UTC): when they are heard, or with `Infinity` as soon as they come. */
  hold(until: number): void {
    const { reader, live, reading } = this.#page
    const { lines } = live.state.track(reading)
    document.body.classList.toggle('heard', until < Infinity)
    // The page is told only where that changes what it shows.
    if (
      lineAt(lines, until) !== lineAt(lines, reader.until) ||
      (until === Infinity) !== (reader.until === Infinity)
    )
      reader.until = until
  }

  captions(until: number): readonly Caption[] {
    const { state } = this.#page.live
    return captionsAt(state.track(this.#track()).lines, until === Infinity ? state.serverNow() : until)
  }

  /** Those before what is held, where the player is before all of them. */
  async reach(moment: number): Promise<void> {
    const { live, reading } = this.#page
    const { lines, earlier } = live.state.track(this.#track())
    if (this.#fetching || !earlier || lineAt(lines, moment) >= 0) return
    this.#fetching = true
    for (const track of new Set([this.#track(), reading])) {
      while ((live.state.track(track).lines[0]?.start ?? 0) > moment)
        if (!(await live.fetchEarlier(track, A_PAGE))) break
    }
    this.#fetching = false
  }
}
