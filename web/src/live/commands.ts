/** Sends wishes to the server, once each, also over a bad line; knows nothing of what they mean. */
import type { Command } from './types'
import type { RefusalBody } from './wire'
import type { World } from './world'

/** Everything that can come back instead of an answer. */
export class SendError extends Error {}

/** The server said no. `message` is a sentence for the person, in their language. */
export class Refusal extends SendError {
  readonly status: number
  readonly code: string
  readonly details: Record<string, unknown>

  constructor(status: number, body: RefusalBody) {
    super(body.message ?? '')
    this.status = status
    this.code = body.code ?? String(status)
    this.details = body.details ?? {}
  }
}

/** The server could not be reached for as long as it is worth waiting. Sent again, it is a new wish. */
export class Unreachable extends SendError {}

/** `ids`: the events that came of it; an event's id is that of the thing it made. */
export interface Answer {
  ids: string[]
  /** For `join`: the secret under which this person is known from now on. */
  token?: string
  person?: string
}

export interface Port {
  address: string
  token: string | null
  /** Languages in which refusals are said. */
  speaks: string
}

const WAITS_MS = [500, 1_000, 2_000, 4_000, 8_000]
const PATIENCE_MS = 10_000

/** Every attempt carries the same key, so that the server grants the wish once however many reach it. */
export async function sendCommand(command: Command, port: Port, world: World): Promise<Answer> {
  const body = JSON.stringify({ ...command, key: randomKey() })
  for (const wait of [...WAITS_MS, 0]) {
    const response = await post(body, port, world)
    if (response?.ok) return (await response.json()) as Answer
    if (response && response.status < 500) throw new Refusal(response.status, await bodyOf(response))
    if (wait) await pause(wait * world.chance(), world)
  }
  throw new Unreachable()
}

/** null: nothing came back. */
async function post(body: string, port: Port, world: World): Promise<Response | null> {
  const headers: Record<string, string> = {
    'Content-Type': 'application/json',
    'Accept-Language': port.speaks,
  }
  if (port.token) headers.Authorization = `Bearer ${port.token}`
  const patience = new AbortController()
  const cancel = world.after(PATIENCE_MS, () => patience.abort())
  try {
    return await world.fetch(port.address, { method: 'POST', headers, body, signal: patience.signal })
  } catch {
    return null
  } finally {
    cancel()
  }
}

const bodyOf = (response: Response): Promise<RefusalBody> => response.json().catch(() => ({}))

const pause = (ms: number, world: World) => new Promise<void>((resolve) => world.after(ms, resolve))

/** 128 bits by chance. `crypto.randomUUID` is missing where the page came over plain http from a room's own server. */
export function randomKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
