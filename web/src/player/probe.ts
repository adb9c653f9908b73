/** Tries the line now and then while only text goes over it, with a request as small as they come; knows no player. */
import type { Live } from '../live/live'

const EVERY_MS = 8_000
/** Of a request and an answer, besides what is in it. */
const HEADS = 700

export class Probe {
  /** Bits a second that the line carried when it was last tried; 0: not known. */
  carries = 0
  readonly #live: Pick<Live, 'slug' | 'token'>
  #timer = 0

  constructor(live: Pick<Live, 'slug' | 'token'>) {
    this.#live = live
  }

  start(): void {
    this.stop()
    this.#timer = window.setInterval(() => void this.#try(), EVERY_MS)
  }

  stop(): void {
    clearInterval(this.#timer)
    this.carries = 0
  }

  async #try(): Promise<void> {
    const { slug, token } = this.#live
    const headers: Record<string, string> = token ? { Authorization: `Bearer ${token}` } : {}
    const began = performance.now()
    try {
      const response = await fetch(`/live/${slug}/hls/main.m3u8`, { headers, cache: 'no-store' })
      const { length } = await response.text()
      this.carries = ((length + HEADS) * 8_000) / (performance.now() - began)
    } catch {
      this.carries = 0
    }
  }
}
