/** What a page knows of a meeting: the views and lines the server sent, by topic; has no rules of its own. */
import { EMPTY, prependLines, putLines, type Track } from './lines'
import type { Message } from './sse'
import type { Connection } from './stream'
import type { LinesView, LineView } from './types'
import type { Change, Now, Topic, Topics } from './wire'

/** The views of one feature, `questions`, by thing, `hub-17`; a topic without a thing stands under ''. */
class Feature {
  things = $state.raw<Record<string, unknown>>({})
}

/** One track, so that a line more in one does not concern those who read another. */
class TrackState {
  track = $state.raw<Track>(EMPTY)
}

export class MeetingState {
  connection = $state.raw<Connection>({ state: 'connecting' })
  /** Counts what was started anew: whoever holds a place in a track finds it again then. */
  beginnings = $state(0)
  /** How far this device's clock is behind the server's, ms. */
  clockOffset = $state(0)

  /** Counts the features and tracks there are. */
  #known = $state(0)
  readonly #features = new Map<string, Feature>()
  readonly #tracks = new Map<string, TrackState>()
  readonly #now: () => number

  /** `now`: this device's clock, ms UTC. */
  constructor(now: () => number) {
    this.#now = now
  }

  /** What is to be seen of a topic; null: nothing (yet, or any more). */
  view<T extends Topic>(topic: T): Topics[T] | null {
    const [feature, thing] = partsOf(topic)
    return (this.#found(this.#features, feature)?.things[thing] as Topics[T] | undefined) ?? null
  }

  /** Every view of a feature that has many things, in no particular order. */
  views<F extends 'questions' | 'polls'>(feature: F): Topics[`${F}/${string}`][] {
    return Object.values(this.#found(this.#features, feature)?.things ?? {}) as Topics[`${F}/${string}`][]
  }

  track(language: string): Track {
    return this.#found(this.#tracks, language)?.track ?? EMPTY
  }

  /** The server's clock as well as this device knows it, ms UTC. */
  serverNow(): number {
    return this.#now() + this.clockOffset
  }

  onConnection(connection: Connection): void {
    this.connection = connection
  }

  onMessage(message: Message): void {
    if (message.event === 'now') this.begin(JSON.parse(message.data) as Now)
    if (message.event === 'message') this.change(JSON.parse(message.data) as Change)
  }

  /** Starts anew with a snapshot: what was known before is void. */
  begin(now: Now): void {
    for (const each of this.#features.values()) each.things = {}
    for (const each of this.#tracks.values()) each.track = EMPTY
    this.#set(now.views)
    for (const [topic, view] of Object.entries(now.lines))
      this.#track(languageOf(topic)).track = trackOf(view)
    if (now.time) this.clockOffset = now.time - this.#now()
    this.beginnings += 1
  }

  change(change: Change): void {
    if (change.set) this.#set(change.set)
    for (const [topic, lines] of Object.entries(change.lines ?? {})) {
      this.#put(languageOf(topic), lines)
    }
  }

  /** Adds what was fetched on scrolling back. */
  addEarlier(language: string, older: LinesView): void {
    const held = this.#track(language)
    held.track = prependLines(held.track, trackOf(older))
  }

  #put(language: string, lines: readonly LineView[]): void {
    const held = this.#track(language)
    held.track = putLines(held.track, lines)
  }

  #set(views: Record<string, unknown>): void {
    const fresh = new Map<Feature, Record<string, unknown>>()
    for (const [topic, view] of Object.entries(views)) {
      const [name, thing] = partsOf(topic)
      const feature = this.#feature(name)
      const things = fresh.get(feature) ?? { ...feature.things }
      if (view === null) delete things[thing]
      else things[thing] = view
      fresh.set(feature, things)
    }
    for (const [feature, things] of fresh) feature.things = things
  }

  /** What is not there yet is not made here: state made while a page reads it would not be followed by that page. */
  #found<T>(map: Map<string, T>, key: string): T | undefined {
    const found = map.get(key)
    if (found === undefined) void this.#known
    return found
  }

  #feature(name: string): Feature {
    return this.#made(this.#features, name, () => new Feature())
  }

  #track(language: string): TrackState {
    return this.#made(this.#tracks, language, () => new TrackState())
  }

  #made<T>(map: Map<string, T>, key: string, make: () => T): T {
    const found = map.get(key)
    if (found !== undefined) return found
    const fresh = make()
    map.set(key, fresh)
    this.#known += 1
    return fresh
  }
}

function partsOf(topic: string): [feature: string, thing: string] {
  const slash = topic.indexOf('/')
  return slash < 0 ? [topic, ''] : [topic.slice(0, slash), topic.slice(slash + 1)]
}

const languageOf = (topic: string) => partsOf(topic)[1]

const trackOf = (view: LinesView): Track => ({
  lines: view.lines.filter((line) => !line.struck),
  earlier: view.earlier ?? false,
})
