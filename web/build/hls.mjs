/**
 * Builds hls.js from its sources with what our webcasts need: other sounds than the first, and nothing of keys,
 * adverts or subtitles (captions come with the meeting's own stream), of other containers than ours, of what it would
 * do by itself about sizes, and of its log. More than half of it stays away so.
 */
import { join } from 'node:path'

const PARTS = {
  __USE_ALT_AUDIO__: true,
  __USE_SUBTITLES__: false,
  __USE_EME_DRM__: false,
  __USE_CMCD__: false,
  __USE_CONTENT_STEERING__: false,
  __USE_IFRAMES__: false,
  __USE_INTERSTITIALS__: false,
  __USE_MEDIA_CAPABILITIES__: false,
  __USE_M2TS_ADVANCED_CODECS__: false,
  __USE_VARIABLE_SUBSTITUTION__: false,
  __IN_WORKER__: false,
  __HLS_WORKER_BUNDLE__: null,
  __VERSION__: 'built here',
}

const NEVER = 'export default class { static probe() { return false } }'
const NOTHING = 'export default null'

/** Modules that a webcast of ours never comes to, and what stands in for them. */
const AWAY = {
  'demux/tsdemuxer': NEVER,
  'demux/audio/aacdemuxer': NEVER,
  'demux/audio/mp3demuxer': NEVER,
  'remux/mp4-remuxer': `${NEVER}
    export const flushTextTrackMetadataCueSamples = () => {}
    export const flushTextTrackUserdataCueSamples = () => {}
    export const normalizePts = (value) => value`,
  'crypt/decrypter': 'export default class { destroy() {} }',
  'controller/cap-level-controller': NOTHING,
  'controller/fps-controller': NOTHING,
  'controller/id3-track-controller': NOTHING,
  'utils/cues': NOTHING,
  'utils/vttcue': 'export default class {}',
  'utils/fetch-loader': `${NOTHING}
    export const fetchSupported = () => false`,
}

/**
 * What stands otherwise in a module: a picture that begins in the middle of a segment is taken as it is where
 * `forceKeyFrameOnDiscontinuity` is false, as hls.js does for MPEG-TS alone. The browser leaves out by itself what
 * cannot be decoded; hls.js would go back a segment, and round in circles where every segment is like that.
 */
const OTHERWISE = {
  'remux/passthrough-remuxer': [
    [
      "super('passthrough-remuxer', logger)",
      "super('passthrough-remuxer', logger); (this as any).config = config",
    ],
    [
      'const isVideoContiguous = this.isVideoContiguous',
      'const isVideoContiguous = this.isVideoContiguous || !(this as any).config.forceKeyFrameOnDiscontinuity',
    ],
  ],
}

/** What it would say in its log, to be left out with all that only the log needs. */
export const LOGGING = ['log', 'info', 'debug', 'warn'].map((name) => `this.${name}`)

/** Vite's options for it; `here` is the folder that holds node_modules. */
export const hlsOfOurs = (here) => ({
  define: Object.fromEntries(Object.entries(PARTS).map(([name, value]) => [name, JSON.stringify(value)])),
  resolve: { alias: { 'hls.js': join(here, 'node_modules/hls.js/src/hls.ts') } },
})

/** A Vite plugin for modules of hls.js that stay away or say otherwise. Fails where hls.js has become another. */
export function withoutTheRest() {
  const met = new Set()
  return {
    name: 'intercommunity-hls',
    enforce: 'pre',
    load(id) {
      const name = /\/hls\.js\/src\/(.+)\.ts$/.exec(id)?.[1]
      if (name) met.add(name)
      return (name && AWAY[name]) ?? null
    },
    transform(code, id) {
      const name = /\/hls\.js\/src\/(.+)\.ts$/.exec(id)?.[1]
      for (const [before, after] of OTHERWISE[name] ?? []) {
        if (!code.includes(before)) this.error(`${name} of hls.js has changed: see build/hls.mjs.`)
        code = code.replace(before, after)
      }
      return name in OTHERWISE ? code : null
    },
    buildEnd() {
      const missed = Object.keys(AWAY).filter((name) => met.size && !met.has(name))
      if (missed.length) this.error(`hls.js has no ${missed.join(', ')} any more: see build/hls.mjs.`)
    },
  }
}
