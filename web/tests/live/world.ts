/** A world without a clock, a network or chance of its own: tests say what happens and when. */
import type { World } from '../../src/live/world'

interface Timer {
  at: number
  call: () => void
}

export class TestWorld implements World {
  time = 1_000_000
  luck = 1
  requests: { address: string; request: RequestInit }[] = []
  #timers = new Set<Timer>()
  #answers: ((request: RequestInit) => Promise<Response>)[] = []
  #wake = new Set<() => void>()
  #lost = new Set<() => void>()

  fetch = (address: string, request: RequestInit): Promise<Response> => {
    this.requests.push({ address, request })
    const answer = this.#answers.shift()
    return answer ? answer(request) : Promise.reject(new TypeError('no network'))
  }
  now = () => this.time
  chance = () => this.luck
  after = (ms: number, call: () => void) => {
    const timer = { at: this.time + ms, call }
    this.#timers.add(timer)
    return () => void this.#timers.delete(timer)
  }
  onWake = (call: () => void) => {
    this.#wake.add(call)
    return () => void this.#wake.delete(call)
  }

  onLost = (call: () => void) => {
    this.#lost.add(call)
    return () => void this.#lost.delete(call)
  }

  /** How many would be told of a lost network. */
  get watched(): number {
    return this.#lost.size
  }

  lose(): void {
    for (const call of this.#lost) call()
  }

  wake(): void {
    for (const call of this.#wake) call()
  }

  /** The next request is answered so. */
  answer(status: number, body: unknown): void {
    this.#answers.push(async () => new Response(JSON.stringify(body), { status }))
  }

  /** The next request is answered by a stream that the test fills. */
  stream(): TestStream {
    const stream = new TestStream()
    this.#answers.push((request) => stream.open(request))
    return stream
  }

  /** Lets time go by, and everything that is due happen. */
  async pass(ms: number): Promise<void> {
    const until = this.time + ms
    for (;;) {
      await settled()
      const due = [...this.#timers].filter((timer) => timer.at <= until).sort((a, b) => a.at - b.at)[0]
      if (!due) break
      this.#timers.delete(due)
      this.time = due.at
      due.call()
    }
    this.time = until
    await settled()
  }

  header(index: number, name: string): string | undefined {
    return new Headers(this.requests[index]?.request.headers).get(name) ?? undefined
  }
}

export class TestStream {
  #controller: ReadableStreamDefaultController<Uint8Array> | null = null

  open(request: RequestInit): Promise<Response> {
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        this.#controller = controller
        request.signal?.addEventListener('abort', () => this.break())
      },
    })
    return Promise.resolve(new Response(body))
  }

  say(text: string): void {
    this.#controller?.enqueue(new TextEncoder().encode(text))
  }

  break(): void {
    try {
      this.#controller?.error(new Error('broken'))
    } catch {
      // It is over already.
    }
  }
}

/** Everything that follows from what has happened has happened. */
export const settled = () => new Promise<void>((resolve) => setTimeout(resolve, 0))
