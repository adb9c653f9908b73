/** How a person wants to read: kept on this device; knows what may be set, not how it looks. */
import { remembered } from '../../parts/settings.svelte'

/** Sizes of the words and spaces between lines are steps from 0 to these; the stylesheet says what they measure. */
export const LARGEST = 6
export const WIDEST = 2

export const settings = remembered('intercommunity:watch', {
  size: 2 as number,
  spacing: 1 as number,
  /** `device`, `light`, `dark` or `yellow`. */
  theme: 'device' as string,
  colours: true as boolean,
  /** Whether new lines are announced to a screen reader. */
  announced: true as boolean,
  /** The language of the captions, and of the interface where that is set apart (BCP 47). */
  reading: '',
  interface: '',
  /** Where somebody is, as they last said. */
  name: '',
  affiliation: '',
  country: '',
  node: '',
})
