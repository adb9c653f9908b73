/** What the scripts that are taken in late leave for those that were there first. */
import type Hls from 'hls.js'
import type { WatchPage } from '../pages/watch/page.svelte'

declare global {
  interface Window {
    Hls?: typeof Hls
    /** The page in which the player was asked for. */
    watchPage?: WatchPage
  }
}
