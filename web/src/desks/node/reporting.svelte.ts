/** What a room reports: it is sent a moment after the last change, as one report; knows no page. */
import type { Report } from '../../live/types'
import type { NodeState } from './wording'

export const AFTER_MS = 700
/** The answer to a report may be here before everybody, and so this desk, is shown what came of it. */
export const SETTLE_MS = 1_000
export const MOST_PEOPLE = 1_000_000

export interface Reported {
  people: number
  state: NodeState
  note: string
}

export interface ReportPort {
  /** Whether it arrived. */
  send: (report: Reported) => Promise<boolean>
  after: (ms: number, call: () => void) => () => void
}

export class Reporting {
  readonly #port: ReportPort
  /** What the room says of itself and is not shown by the server yet; null: nothing. */
  pending = $state.raw<Reported | null>(null)
  sending = $state(false)
  #cancel: () => void = () => {}

  constructor(port: ReportPort) {
    this.#port = port
  }

  /** What the room says of itself now: what is being changed, else what was reported last. */
  now(last: Report | undefined): Reported {
    if (this.pending) return this.pending
    return { people: last?.people ?? 0, state: (last?.state ?? 'ready') as NodeState, note: last?.note ?? '' }
  }

  change(last: Report | undefined, change: Partial<Reported>): void {
    const next = { ...this.now(last), ...change }
    const people = Math.max(0, Math.min(MOST_PEOPLE, Math.round(next.people) || 0))
    this.pending = { ...next, people }
    this.sending = true
    this.#cancel()
    this.#cancel = this.#port.after(AFTER_MS, () => void this.#send())
  }

  async #send(): Promise<void> {
    const report = this.pending
    if (!report) return
    const arrived = await this.#port.send(report)
    // What was changed while this was on its way goes with the next report.
    if (this.pending !== report) return
    this.sending = false
    this.#port.after(arrived ? SETTLE_MS : 0, () => {
      if (this.pending === report) this.pending = null
    })
  }
}
