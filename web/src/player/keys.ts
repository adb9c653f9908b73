/** The player's keys, while the focus is in it. */

import { NONE, type Player } from './player.svelte'
import { settings } from './settings'

const STEP_S = 10

export async function toggleFullscreen(screen: HTMLElement): Promise<void> {
  const video = screen.querySelector('video') as
    | (HTMLVideoElement & { webkitEnterFullscreen?: () => void })
    | null
  if (document.fullscreenElement) await document.exitFullscreen()
  else if (document.fullscreenEnabled) await screen.requestFullscreen()
  else video?.webkitEnterFullscreen?.()
}

export async function togglePictureInPicture(video: HTMLVideoElement): Promise<void> {
  if (document.pictureInPictureElement) await document.exitPictureInPicture()
  else await video.requestPictureInPicture()
}

export const toggleCaptions = (player: Player): void =>
  player.caption(settings.captions === NONE ? player.page.reading : NONE)

export function keyed(event: KeyboardEvent, player: Player, screen: HTMLElement): void {
  const target = event.target as HTMLElement
  if (event.ctrlKey || event.altKey || event.metaKey || target.matches('select')) return
  const slides = target.matches('input[type=range]')
  const does: Record<string, () => void> = {
    k: () => player.toggle(),
    m: () => player.mute(),
    c: () => toggleCaptions(player),
    f: () => void toggleFullscreen(screen),
    ...(slides ? {} : { ArrowLeft: () => player.goBy(-STEP_S), ArrowRight: () => player.goBy(STEP_S) }),
    ...(target.matches('button, input') ? {} : { ' ': () => player.toggle() }),
  }
  const done = does[event.key]
  if (!done) return
  done()
  event.preventDefault()
}
