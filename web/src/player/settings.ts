/** What a person wants to see and hear, remembered on this device. */
import { remembered } from '../parts/settings.svelte'
import type { Mode } from './stepping'

/** On the floor each speaks their own language (ISO 639-2: several). */
export const FLOOR = 'mul'

export const settings = remembered('intercommunity:webcast', {
  mode: 'picture' as Mode as string,
  /** A channel's language (BCP 47), or the floor; '': not chosen yet. */
  sound: '',
  /** A track's language; '': as the words below are read; 'none'. */
  captions: '',
  /** The track that was chosen before captions were put away. */
  lastCaptions: '',
  /** Whether words are shown as soon as they come, and not when they are heard here. */
  atOnce: false as boolean,
  /** The picture in sign language: `none`, `small` or `large`. */
  sign: 'none' as string,
  volume: 1 as number,
  muted: false as boolean,
})
