/** The words of a page and its chapters, shown in time with what is heard; moments are ms UTC. */
import { LINGER_MS, SHORTEST_MS } from '../player/caption'

/** The last that begins at a moment or before, in order of beginning; -1: none. */
export function lastAt(begins: readonly number[], moment: number): number {
  let low = 0
  let high = begins.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((begins[middle] ?? Infinity) <= moment) low = middle + 1
    else high = middle
  }
  return low - 1
}

const stillHeard = (from: number, until: number, moment: number) =>
  moment < Math.max(until, from + SHORTEST_MS) + LINGER_MS

/** Elements of a page by when they begin. */
class InTime {
  readonly elements: HTMLElement[]
  readonly begins: number[]

  constructor(root: ParentNode, selector: string, begin: (element: HTMLElement) => number) {
    const found = [...root.querySelectorAll<HTMLElement>(selector)].sort(
      (one, other) => begin(one) - begin(other),
    )
    this.elements = found
    this.begins = found.map(begin)
  }

  at(moment: number): HTMLElement | null {
    return this.elements[lastAt(this.begins, moment)] ?? null
  }
}

export class Words {
  /** Whether the page moves along. */
  follows = false
  readonly #lines = new InTime(document, '[data-from]', (each) => Number(each.dataset.from))
  readonly #chapters = new InTime(document, '.chapters a[data-moment]', (each) => Number(each.dataset.moment))
  readonly #now = document.querySelector<HTMLElement>('.chapters .now')
  #line: HTMLElement | null = null
  #chapter: HTMLElement | null = null

  show(moment: number): void {
    this.#showLine(moment)
    this.#showChapter(moment)
  }

  #showLine(moment: number): void {
    const found = this.#lines.at(moment)
    const line =
      found && stillHeard(Number(found.dataset.from), Number(found.dataset.until), moment) ? found : null
    if (line === this.#line) return
    this.#line?.classList.remove('heard')
    line?.classList.add('heard')
    this.#line = line
    if (this.follows) line?.scrollIntoView({ block: 'center' })
  }

  #showChapter(moment: number): void {
    const chapter = this.#chapters.at(moment)
    if (chapter === this.#chapter) return
    this.#chapter?.removeAttribute('aria-current')
    chapter?.setAttribute('aria-current', 'true')
    this.#chapter = chapter
    if (this.#now) this.#now.textContent = chapter ? titleOf(chapter) : ''
  }
}

/** `Water · Tom Okoro`: with its session's, where it is a speaker's. */
function titleOf(chapter: HTMLElement): string {
  const session = chapter.closest('ol ol')?.closest('li')?.querySelector('a') ?? null
  return [session, chapter].flatMap((each) => each?.querySelector('.name')?.textContent ?? []).join(' · ')
}
