/** Has hls.js fetch the size of the picture that the line carries; knows no page. */
import type Hls from 'hls.js'
import type { Fragment } from 'hls.js'
import { Sizing } from './sizing'

const BEAT_MS = 100
const OPENING_S = 2

/** For as long as `hls` lives. `carries`: bits a second, as far as is known. */
export function fitPicture(hls: Hls, kind: typeof Hls, carries: number): void {
  let sizing = new Sizing([], 0)
  let underway: Fragment | null = null
  const take = () => {
    if (hls.loadLevel !== sizing.size) hls.loadLevel = sizing.size
  }
  const look = () => {
    if (!underway || underway.level !== sizing.size || hls.media?.paused) return
    const { loaded, total, loading } = underway.stats
    const now = performance.now()
    const ms = now - (loaded ? loading.first : loading.start)
    sizing.look({ loaded, total, ms, plays: underway.duration, inHand: inHandOf(hls) }, now)
    if (underway.level === sizing.size) return
    underway.abortRequests()
    underway = null
    take()
  }
  const timer = setInterval(look, BEAT_MS)
  hls.on(kind.Events.MANIFEST_PARSED, () => {
    sizing = new Sizing(
      hls.levels.map(({ maxBitrate }) => maxBitrate),
      carries,
    )
    take()
  })
  hls.on(kind.Events.FRAG_LOADING, (_, { frag }) => {
    if (frag.type === 'main' && frag.sn !== 'initSegment') underway = frag
  })
  hls.on(kind.Events.FRAG_LOADED, (_, { frag }) => {
    if (frag !== underway) return
    underway = null
    const { loaded, loading } = frag.stats
    if (frag.level !== sizing.size) return
    const bits = loaded * 8
    const ms = Math.max(1, loading.end - loading.start)
    sizing.came((bits * 1_000) / ms, bits / frag.duration, performance.now())
    take()
  })
  hls.on(kind.Events.DESTROYING, () => clearInterval(timer))
}

/** s; who has seen nothing yet waits for as long as a segment plays. */
const inHandOf = ({ media, mainForwardBufferInfo }: Hls): number =>
  media?.readyState ? (mainForwardBufferInfo?.len ?? 0) : OPENING_S
