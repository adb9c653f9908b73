/** What the scripts that are taken in late leave for those that were there first. */
import type Hls from 'hls.js'
import type { WatchPage } from '../pages/watch/page.svelte'

declare global {
  interface Window {
    Hls?: typeof Hls
    /** Shows the player in `target`, and plays. */
    startPlayer?: (target: HTMLElement, page: WatchPage) => void
  }
}
