/** A second picture, kept in step with the first by the time on stage; has no sound and no page. */
import type Hls from 'hls.js'
import { momentAt, placeOf } from './clock'
import { loaderOf, PICTURE } from './loading'

/** Further apart than this it leaps, nearer it goes a little faster or slower, and within this it is left alone. */
const LEAP_S = 1
const IN_STEP_S = 0.03
const HURRY = 0.1
const BEAT_MS = 200

/** How fast a picture has to go that is so far behind (s; negative: ahead); null: it has to leap. */
export function paceOf(behind: number): number | null {
  if (Math.abs(behind) > LEAP_S) return null
  return Math.abs(behind) < IN_STEP_S ? 1 : 1 + Math.max(-HURRY, Math.min(HURRY, behind / 2))
}

interface Leader {
  playing: boolean
  moment: number | null
}

/** Until the function is called that comes back. `now`: ms UTC by the server. */
export function accompany(
  video: HTMLVideoElement,
  kind: typeof Hls,
  list: string,
  leader: Leader,
  now: () => number,
): () => void {
  let again = 0
  const hls = new kind({ ...PICTURE, maxLiveSyncPlaybackRate: 1, pLoader: loaderOf(kind, now) })
  hls.on(kind.Events.ERROR, (_, { fatal, type }) => {
    if (!fatal) return
    if (type === kind.ErrorTypes.MEDIA_ERROR) hls.recoverMediaError()
    else again = window.setTimeout(() => (hls.levels.length ? hls.startLoad() : hls.loadSource(list)), 2_000)
  })
  hls.loadSource(list)
  hls.attachMedia(video)
  const timer = setInterval(() => keepInStep(hls, video, leader), BEAT_MS)
  return () => {
    clearInterval(timer)
    clearTimeout(again)
    hls.destroy()
  }
}

function keepInStep(hls: Hls, video: HTMLVideoElement, { playing, moment }: Leader): void {
  const stretches = hls.latestLevelDetails?.fragments ?? []
  const here = momentAt(stretches, video.currentTime)
  if (playing === video.paused) playing ? void video.play().catch(() => {}) : video.pause()
  if (here === null || moment === null || video.seeking || video.readyState === 0) return
  const pace = paceOf((moment - here) / 1000)
  const place = placeOf(stretches, moment)
  if (pace !== null) video.playbackRate = playing ? pace : 1
  else if (place !== null && Math.abs(place - video.currentTime) > LEAP_S / 2) video.currentTime = place
}
