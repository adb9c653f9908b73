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

/** s behind the newest that there is: a segment on its way, and time to fetch it. */
const BEHIND_S = 3.5
/** When to look again after a playlist was written: a little later than the next one is due. */
const DUE_MS = 250
/** Older ones are copies that a cache should not have kept, or the clocks are apart. */
const OLDEST_MS = 6_000

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
  liveSyncDuration: BEHIND_S,
  maxLiveSyncPlaybackRate: 1.04,
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

/** How old a playlist was when it came, in ms, by what is written in it; 0: nothing says so. `now`: ms UTC. */
export function ageOf(playlist: string, now: number): number {
  const age = now - Date.parse(/^# written (\S+)$/m.exec(playlist)?.[1] ?? '')
  return age > 0 && age < OLDEST_MS ? age : 0
}

/** Dates a playlist by when it was written. hls.js takes what it has just loaded for new, though it may be as old as
 * the next one is near: it would stay that much further behind, and look again at the wrong moments. */
function dated(
  callbacks: LoaderCallbacks<PlaylistLoaderContext>,
  now: () => number,
): LoaderCallbacks<PlaylistLoaderContext> {
  const onSuccess: typeof callbacks.onSuccess = (response, stats, context, details) => {
    const age = ageOf(String(response.data), now())
    if (age) {
      const written = performance.now() - age
      stats.loading.first = written
      stats.loading.start = written + DUE_MS
    }
    callbacks.onSuccess(response, stats, context, details)
  }
  return { ...callbacks, onSuccess }
}

/** The loader of `kind`, which dates what it loads. `now`: ms UTC by the server; `known`: the multivariant playlist,
 * which is then not asked for again. */
export function loaderOf(kind: typeof Hls, now: () => number, known?: string): PlaylistLoader {
  const Loader = kind.DefaultConfig.loader as PlaylistLoader
  return class extends Loader {
    override load(
      context: PlaylistLoaderContext,
      config: LoaderConfiguration,
      callbacks: LoaderCallbacks<PlaylistLoaderContext>,
    ) {
      if (known === undefined || (context.type as string) !== 'manifest')
        return super.load(context, config, dated(callbacks, now))
      const at = performance.now()
      const { stats } = this
      stats.loading = { start: at, first: at, end: at }
      queueMicrotask(() => callbacks.onSuccess({ url: context.url, data: known }, stats, context, null))
    }
  }
}
