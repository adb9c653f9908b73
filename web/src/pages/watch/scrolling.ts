/** Where the page stands and how it moves; knows nothing of what it shows. */

const NEAR_PX = 48

const pageEnd = () => document.documentElement.scrollHeight - innerHeight

export const atEnd = (): boolean => scrollY >= pageEnd() - NEAR_PX

/**
 * Whether somebody leaves live: they moved the page up themselves, by wheel, finger or key; or it went up so far, as by
 * the scroll bar or a screen reader, that it was no draft that went away. `sinceMoved`: ms.
 */
export const isLeaving = (up: number, sinceMoved: number): boolean =>
  up > (sinceMoved < 1_000 ? 2 : innerHeight / 4)

/** Glides over a line or two, jumps further, and jumps always for whoever wants less motion. */
export function scrollToEnd(): void {
  const far = pageEnd() - scrollY > innerHeight / 2
  const still = far || document.hidden || matchMedia('(prefers-reduced-motion: reduce)').matches
  scrollTo({ top: pageEnd(), behavior: still ? 'instant' : 'smooth' })
}

/** The first line under `within` of which the beginning is in sight, below what sticks to the top. */
export function firstInSight(within: HTMLElement): HTMLElement | undefined {
  const top = parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop) || 0
  const lines = within.querySelectorAll<HTMLElement>('[id^="line-"]')
  let low = 0
  let high = lines.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((lines[middle]?.getBoundingClientRect().top ?? 0) < top) low = middle + 1
    else high = middle
  }
  return lines[low] ?? lines[lines.length - 1]
}
