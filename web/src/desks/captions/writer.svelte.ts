/** What a captioner writes: into which track, as whom, how fast, and how long until the audience sees it. */
import { t } from '../../i18n'
import type { Refusal } from '../../live/commands'
import type { LineView } from '../../live/types'
import { browser } from '../../live/world'
import type { Desk } from '../desk.svelte'
import { Drafting } from './drafting'
import { Outbox, type Outgoing } from './outbox'
import { recent, type Sent, sent } from './pace'
import { beginsTurn, isRemark } from './writing'

/** Own lines in which the times are looked at. */
const LOOKED_BACK = 30

export class Writer {
  readonly #desk: Desk
  readonly #outbox: Outbox
  readonly #drafting: Drafting
  readonly #entered = new Map<string, number>()
  track = $state('')
  /** A speaker's id, or a name; empty: nobody is named. */
  speaker = $state('')
  waiting = $state.raw<readonly Outgoing[]>([])
  counted = $state.raw<readonly Sent[]>([])
  begun = 0
  /** From Enter until the line came back as everybody gets it, ms; null: none did yet. */
  shownAfter = $state<number | null>(null)
  /** By how much the server sets lines back from when they were entered, ms. */
  setBack = $state<number | null>(null)
  /** What the server last showed of what is being typed here. */
  drafted = ''
  #lastWritten: { id: string; speaker: string } | null = null

  constructor(desk: Desk, track: string) {
    this.#desk = desk
    this.track = track
    const after = browser.after
    this.#drafting = new Drafting({ send: (text, speaker) => this.#sendDraft(text, speaker), after })
    this.#outbox = new Outbox({
      write: (line, late) => this.#write(line, late),
      arrived: (line) => this.#arrived(line),
      refused: (line, refusal) => this.#refused(line, refusal),
      written: (line, id) => this.#written(line, id),
      changed: (waiting) => {
        this.waiting = waiting
      },
      after,
    })
  }

  type(text: string): void {
    this.#drafting.type(text, this.speaker)
  }

  write(text: string): void {
    const said = text.trim().replace(/\s+/gu, ' ')
    if (!said) return
    const entered = this.#desk.state.serverNow()
    this.begun ||= entered
    this.counted = [...recent(this.counted, entered), sent(said, entered)]
    this.#drafting.sentAsLine()
    const { track, speaker } = this
    this.#outbox.add({ track, text: said, speaker, turn: this.#begins(), remark: isRemark(said), entered })
  }

  /** Looks through lines that came back for those written here: how long they took, how far they were set back. */
  look(lines: readonly LineView[]): void {
    for (const line of lines.slice(-LOOKED_BACK)) {
      const entered = this.#entered.get(line.id)
      if (entered === undefined) continue
      this.#entered.delete(line.id)
      this.shownAfter = this.#desk.state.serverNow() - entered
      this.setBack = Math.max(0, entered - (line.end ?? entered))
    }
  }

  #begins(): boolean {
    const lines = this.#desk.state.track(this.track).lines
    const last = this.#outbox.last ?? this.#unseen(lines)
    return last ? last.speaker !== this.speaker : beginsTurn(this.speaker, lines)
  }

  /** What was written last, while it has not come back yet. */
  #unseen(lines: readonly LineView[]) {
    const last = this.#lastWritten
    return last && !lines.slice(-LOOKED_BACK).some((line) => line.id === last.id) ? last : null
  }

  async #write(line: Outgoing, late: boolean): Promise<string> {
    const { track, text, speaker, turn, remark, entered } = line
    const end = late ? { end: Math.round(entered - (this.setBack ?? 0)) } : {}
    const { ids } = await this.#desk.live.send({
      kind: 'write_line',
      track,
      text,
      speaker,
      turn,
      remark,
      ...end,
    })
    return ids[0] ?? ''
  }

  #arrived(line: Outgoing): string | null {
    const lines = this.#desk.state.track(line.track).lines.slice(-LOOKED_BACK)
    const since = line.entered - 60_000
    return lines.find((each) => each.text === line.text && (each.end ?? 0) >= since)?.id ?? null
  }

  #written(line: Outgoing, id: string): void {
    this.#entered.set(id, line.entered)
    this.#lastWritten = { id, speaker: line.speaker }
    this.look(this.#desk.state.track(line.track).lines)
  }

  #refused(line: Outgoing, refusal: Refusal): void {
    this.#desk.tell({
      text: `${refusal.message} ${t('This line was not sent: {text}', { text: line.text })}`,
    })
  }

  #sendDraft(text: string, speaker: string): Promise<unknown> {
    this.drafted = text
    return this.#desk.live.send({ kind: 'draft', track: this.track, text: text.slice(0, 2_000), speaker })
  }
}
