/**
 * Builds hls.js from its sources with what our webcasts need: other sounds than the first, and nothing of keys,
 * adverts or subtitles (captions come with the meeting's own stream). Half of it stays away so.
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

/** Vite's options for it; `here` is the folder that holds node_modules. */
export const hlsOfOurs = (here) => ({
  define: Object.fromEntries(Object.entries(PARTS).map(([name, value]) => [name, JSON.stringify(value)])),
  resolve: { alias: { 'hls.js': join(here, 'node_modules/hls.js/src/hls.ts') } },
})
