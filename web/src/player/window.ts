/** The whole screen, and a window of its own: with the words where the browser lets us fill it, else the picture alone. */
import { mount, unmount } from 'svelte'
import type { Player } from './player.svelte'
import Small from './Small.svelte'

interface DocumentWindows {
  window: Window | null
  requestWindow(size: { width: number; height: number }): Promise<Window>
}
const windows = (): DocumentWindows | undefined =>
  (window as { documentPictureInPicture?: DocumentWindows }).documentPictureInPicture

export const canLeaveThePage = (): boolean => !!windows() || document.pictureInPictureEnabled

export async function toggleFullscreen(screen: HTMLElement): Promise<void> {
  const video = screen.querySelector('video') as
    | (HTMLVideoElement & { webkitEnterFullscreen?: () => void })
    | null
  if (document.fullscreenElement) await document.exitFullscreen()
  else if (document.fullscreenEnabled) {
    await screen.requestFullscreen()
    // The focus is not let out of the whole screen, and keys go to where it is.
    if (!screen.contains(document.activeElement)) screen.focus()
  } else video?.webkitEnterFullscreen?.()
}

export async function togglePictureInPicture(player: Player, screen: HTMLElement): Promise<void> {
  const open = windows()?.window
  if (open) return open.close()
  if (document.pictureInPictureElement) return void (await document.exitPictureInPicture())
  const video = screen.querySelector('video')
  if (!video) return
  if (windows()) await moveOut(player, screen, video)
  else await video.requestPictureInPicture()
}

/** The picture itself moves, so nothing is fetched twice; it comes back when the window is closed. */
async function moveOut(player: Player, screen: HTMLElement, video: HTMLVideoElement): Promise<void> {
  const size = { width: 480, height: 270 }
  const small = await windows()?.requestWindow(size)
  if (!small) return
  const { documentElement: theirs } = small.document
  theirs.lang = document.documentElement.lang
  theirs.dir = document.documentElement.dir
  for (const link of document.querySelectorAll('link[rel=stylesheet]'))
    small.document.head.append(link.cloneNode())
  const { parentElement: picture, nextSibling: before } = video
  const content = mount(Small, { target: small.document.body, props: { player, video } })
  screen.classList.add('away')
  small.addEventListener('pagehide', () => {
    picture?.insertBefore(video, before)
    screen.classList.remove('away')
    void unmount(content)
  })
}
