/** How hls.js is told to load: our playlist from memory, seldom where the line may be slow, again until it comes. */
import type Hls from 'hls.js'
import type { HlsConfig, LoaderCallbacks, LoaderConfiguration, PlaylistLoaderContext } from 'hls.js'

type PlaylistLoader = NonNullable<HlsConfig['pLoader']>

/** Between two looks at what is new, for who only listens: a list costs as much as
 * half a second of sound. */
const REST_MS = 4_000
const AGAIN = { maxNumRetry: 3, retryDelayMs: 1_000, maxRetryDelayMs: 2_000 }
const PATIENT = {
  maxTimeToFirstByteMs: 10_000,
  maxLoadTimeMs: 60_000,
  timeoutRetry: AGAIN,
  errorRetry: AGAIN,
}

const COMMON: Partial<HlsConfig> = {
  enableWorker: false, // Nothing is repackaged: segments are taken as they come.
  liveMaxLatencyDuration: Infinity, // Whoever has gone back stays there.
  liveDurationInfinity: false,
  backBufferLength: 30,
  maxBufferLength: 30,
  startFragPrefetch: true,
  playlistLoadPolicy: { default: PATIENT },
  fragLoadPolicy: { default: PATIENT },
}

export const PICTURE: Partial<HlsConfig> = {
  ...COMMON,
  liveSyncDuration: 4,
  maxLiveSyncPlaybackRate: 1.04,
  abrEwmaDefaultEstimate: 1_500_000,
}

/** Further back, and in no hurry: what is in hand bridges the line's bad moments. */
export const SOUND: Partial<HlsConfig> = {
  ...COMMON,
  liveSyncDuration: 10,
  liveSyncOnStallIncrease: 0,
  maxLiveSyncPlaybackRate: 1,
  xhrSetup: async (request, url) => {
    request.open('GET', url, true)
    if (url.includes('_HLS_skip')) await new Promise((resolve) => setTimeout(resolve, REST_MS))
  },
}

/** The loader of `kind` that has `playlist` already and asks only for what it names. */
export function fromMemory(kind: typeof Hls, playlist: string): PlaylistLoader {
  const Loader = kind.DefaultConfig.loader as PlaylistLoader
  return class extends Loader {
    override load(
      context: PlaylistLoaderContext,
      config: LoaderConfiguration,
      callbacks: LoaderCallbacks<PlaylistLoaderContext>,
    ) {
      if ((context.type as string) !== 'manifest') return super.load(context, config, callbacks)
      const now = performance.now()
      const { stats } = this
      stats.loading = { start: now, first: now, end: now }
      queueMicrotask(() => callbacks.onSuccess({ url: context.url, data: playlist }, stats, context, null))
    }
  }
}
