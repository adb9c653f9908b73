/** Tells the device what plays here, so that its own keys work, and keeps its screen on in the whole screen. */
import { language } from '../i18n'
import { speakerOf, textIn } from '../parts/names'
import { STEP_S } from './keys'
import type { Player } from './player.svelte'

/** To be called whenever who speaks or what runs has changed. */
export function tell(player: Player): void {
  const { page } = player
  const session = navigator.mediaSession
  if (!session) return
  const artist = speakerOf(page.meeting, page.floor?.speaker ?? '').name
  session.metadata = new MediaMetadata({
    title: textIn(page.config.titles, page.reading, language()),
    artist,
  })
  session.playbackState = player.playing ? 'playing' : 'paused'
}

/** Until the function is called that comes back. */
export function listen(player: Player): () => void {
  const does: [MediaSessionAction, () => void][] = [
    ['play', () => player.toggle()],
    ['pause', () => player.toggle()],
    ['seekbackward', () => player.goBy(-STEP_S)],
    ['seekforward', () => player.goBy(STEP_S)],
  ]
  const { mediaSession } = navigator
  for (const [action, act] of does) mediaSession?.setActionHandler(action, act)
  document.addEventListener('fullscreenchange', stayAwake)
  return () => {
    for (const [action] of does) mediaSession?.setActionHandler(action, null)
    document.removeEventListener('fullscreenchange', stayAwake)
  }
}

let lock: WakeLockSentinel | undefined

/** Refused where the battery is low: then the screen goes off, as it does elsewhere. */
async function stayAwake(): Promise<void> {
  if (document.fullscreenElement) lock = await navigator.wakeLock?.request('screen').catch(() => undefined)
  else await lock?.release()
}
