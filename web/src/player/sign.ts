/** A second picture, kept in step with the first by the time on stage; has no sound and no page. */
import type Hls from 'hls.js'
import { momentAt, placeOf } from './clock'
import { loaderOf, PICTURE } from './loading'

/** Further apart than this it leaps, nearer it goes a little faster or slower, and within this it is left alone. */
const LEAP_S = 1
const FAR_S = 5
const IN_STEP_S = 0.03
const HURRY = 0.1
const BEAT_MS = 200
const AGAIN_MS = 2_000
const PATIENT_MS = 8_000
const LONGEST_MS = 60_000

/** How fast a picture has to go that is so far behind (s; negative: ahead); null: it has to leap. */
export function paceOf(behind: number): number | null {
  if (Math.abs(behind) > LEAP_S) return null
  return Math.abs(behind) < IN_STEP_S ? 1 : 1 + Math.max(-HURRY, Math.min(HURRY, behind / 2))
}

interface Leader {
  playing: boolean
  moment: number | null
}

/** Whether nothing could be shown for too long, looked at now and then; each time it is waited for longer. */
export class Patience {
  #ms = PATIENT_MS
  #since: number | null = null

  isOver(shows: boolean, now: number): boolean {
    if (shows) this.#ms = PATIENT_MS
    this.#since = shows ? null : (this.#since ?? now)
    if (this.#since === null || now - this.#since < this.#ms) return false
    this.#ms = Math.min(LONGEST_MS, this.#ms * 2)
    this.#since = now
    return true
  }
}

/** Until the function is called that comes back. `now`: ms UTC by the server. */
export function accompany(
  video: HTMLVideoElement,
  kind: typeof Hls,
  list: string,
  leader: Leader,
  now: () => number,
): () => void {
  const patience = new Patience()
  let hls = opened(video, kind, list, now)
  const timer = setInterval(() => {
    if (patience.isOver(video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA, performance.now())) {
      hls.destroy()
      hls = opened(video, kind, list, now)
    }
    keepInStep(hls, video, leader)
  }, BEAT_MS)
  return () => {
    clearInterval(timer)
    hls.destroy()
  }
}

/** Begun, and begun again by itself after whatever ends it. */
function opened(video: HTMLVideoElement, kind: typeof Hls, list: string, now: () => number): Hls {
  let again = 0
  const hls = new kind({
    ...PICTURE,
    maxLiveSyncPlaybackRate: 1,
    forceKeyFrameOnDiscontinuity: false, // It is cut where the first picture is, and not where it can begin.
    pLoader: loaderOf(kind, now),
  })
  hls.on(kind.Events.ERROR, (_, { fatal, type }) => {
    if (!fatal) return
    clearTimeout(again)
    if (type === kind.ErrorTypes.MEDIA_ERROR) {
      hls.recoverMediaError()
      // By itself it goes on only where it had begun to play.
      if (video.currentTime === 0) hls.startLoad()
    } else
      again = window.setTimeout(() => (hls.levels.length ? hls.startLoad() : hls.loadSource(list)), AGAIN_MS)
  })
  hls.on(kind.Events.DESTROYING, () => clearTimeout(again))
  hls.loadSource(list)
  hls.attachMedia(video)
  return hls
}

function keepInStep(hls: Hls, video: HTMLVideoElement, { playing, moment }: Leader): void {
  const stretches = hls.latestLevelDetails?.fragments ?? []
  const here = momentAt(stretches, video.currentTime)
  if (playing === video.paused) playing ? void video.play().catch(() => {}) : video.pause()
  if (here === null || moment === null || video.seeking || video.readyState === 0) return
  const pace = paceOf((moment - here) / 1000)
  const place = placeOf(stretches, moment)
  if (place !== null && video.readyState < 2) goWhereItShows(video, place)
  else if (pace !== null) video.playbackRate = playing ? pace : 1
  else if (place !== null && Math.abs(place - video.currentTime) > LEAP_S / 2) video.currentTime = place
}

/** What has come may begin later than here. Where nothing has come, a leap would tear away what is on its way. */
function goWhereItShows(video: HTMLVideoElement, place: number): void {
  const { buffered } = video
  for (let at = 0; at < buffered.length; at++) {
    if (place < buffered.start(at) || place > buffered.end(at) - IN_STEP_S) continue
    if (Math.abs(place - video.currentTime) > IN_STEP_S) video.currentTime = place
    return
  }
  if (Math.abs(place - video.currentTime) > FAR_S) video.currentTime = place
}
