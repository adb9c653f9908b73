/** Where the page stands and how it moves; knows nothing of what it shows. */

const NEAR_PX = 48
/** What stands below the words: a draft, how many are here, the parts of the page. */
const BELOW_PX = 160

const pageEnd = () => document.documentElement.scrollHeight - innerHeight

export const atEnd = (): boolean => scrollY >= pageEnd() - NEAR_PX

/** So far from the end that, on its way up, only a scroll bar or a screen reader can have brought the page there. */
export const isFar = (): boolean => pageEnd() - scrollY > innerHeight

/**
 * Glides over a line or two, jumps further, and jumps always for whoever wants less motion. A page whose `words` are
 * all in sight stays at its top.
 */
export function scrollToEnd(words: HTMLElement): void {
  if (!scrollY && words.getBoundingClientRect().bottom < innerHeight - BELOW_PX) return
  const far = pageEnd() - scrollY > innerHeight / 2
  const still = far || document.hidden || matchMedia('(prefers-reduced-motion: reduce)').matches
  scrollTo({ top: pageEnd(), behavior: still ? 'instant' : 'smooth' })
}

/** The first line under `within` of which the beginning is in sight, below what sticks to the top. */
export function firstInSight(within: HTMLElement): HTMLElement | undefined {
  const lines = within.querySelectorAll<HTMLElement>('[id^="line-"]')
  const top = lines[0] ? parseFloat(getComputedStyle(lines[0]).scrollMarginTop) : 0
  let low = 0
  let high = lines.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((lines[middle]?.getBoundingClientRect().top ?? 0) < top) low = middle + 1
    else high = middle
  }
  return lines[low] ?? lines[lines.length - 1]
}
