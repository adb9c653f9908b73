/** What the live client needs of the browser: network, time, chance; tests bring their own. */

export interface World {
  fetch: (address: string, request: RequestInit) => Promise<Response>
  /** ms UTC by this device, which may be wrong. */
  now: () => number
  /** Calls once after some milliseconds, unless cancelled. */
  after: (ms: number, call: () => void) => () => void
  /** 0 to 1. */
  chance: () => number
  /** Calls whenever the device may have come back: online again, awake again. Returns how to stop. */
  onWake: (call: () => void) => () => void
  /** Calls whenever the device has lost its network. Returns how to stop. */
  onLost: (call: () => void) => () => void
}

export const browser: World = {
  fetch: (address, request) => fetch(address, request),
  now: () => Date.now(),
  after(ms, call) {
    const timer = setTimeout(call, ms)
    return () => clearTimeout(timer)
  },
  chance: () => Math.random(),
  onWake(call) {
    const shown = () => {
      if (document.visibilityState === 'visible') call()
    }
    addEventListener('online', call)
    document.addEventListener('visibilitychange', shown)
    return () => {
      removeEventListener('online', call)
      document.removeEventListener('visibilitychange', shown)
    }
  },
  onLost(call) {
    addEventListener('offline', call)
    return () => removeEventListener('offline', call)
  },
}
