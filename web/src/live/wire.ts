/** What travels between a page and the server beside the views: messages, drafts, counts; knows no connection. */
import type {
  BlockedView,
  FloorView,
  GlossaryView,
  LinesView,
  LineView,
  MeetingView,
  MeView,
  NodesView,
  PollView,
  QuestionView,
} from './types'

/** Words that are not finished: shown lightly, never kept. `speaker`: an id, or a name. */
export interface DraftView {
  text: string
  speaker?: string
}

/** How many are here now: in all, by country (ISO 3166-1 alpha-2), by node. */
export interface PresenceView {
  people?: number
  countries?: Record<string, number>
  nodes?: Record<string, number>
}

/** Who sits at a desk now. `connections` counts their open pages (missing: 1). */
export interface SeatView {
  role: string
  name?: string
  languages?: string[]
  node?: string
  connections?: number
}

export interface DesksView {
  seats?: SeatView[]
}

/**
 * The webcast as it is now. `run`: the package, '' before the first; `slate`: it stands for the picture; `floor`: the
 * channels (languages) that carry the floor in place of their own sound; `fault`: why nothing is packaged.
 */
export interface OnAirView {
  run?: string
  begun?: number
  channels?: string[]
  slate?: boolean
  floor?: string[]
  ended?: boolean
  fault?: string
}

/** `codec`: as in RFC 6381; `kbit`: a second. */
export interface PictureState {
  codec: string
  width: number
  height: number
  fps: number
  kbit: number
}

/** `level`: dB below full scale, just now. */
export interface SoundState {
  codec: string
  rate: number
  channels: number
  level: number
}

export interface AdviceView {
  code: string
  value?: string
}

/** What arrives from one source. `last`: when something last came, ms UTC, while it is broken. */
export interface SourceView {
  name: string
  state: string
  picture?: PictureState | null
  sound?: SoundState | null
  late_ms?: number
  interruptions?: number
  advice?: AdviceView[]
  last?: number
}

export interface SourcesView {
  sources: SourceView[]
}

/** What each topic is a view of. */
export interface Topics {
  meeting: MeetingView
  floor: FloorView
  nodes: NodesView
  glossary: GlossaryView
  blocked: BlockedView
  me: MeView
  presence: PresenceView
  desks: DesksView
  media: OnAirView
  sources: SourcesView
  [question: `questions/${string}`]: QuestionView
  [poll: `polls/${string}`]: PollView
  [draft: `draft/${string}`]: DraftView
}

export type Topic = keyof Topics

/** Everything a newcomer needs, and the id to resume from. `time`: the server's clock, ms UTC. */
export interface Now {
  id: string
  time?: number
  views: Record<string, unknown>
  lines: Record<string, LinesView>
}

/** What has changed: views set whole (null: gone), lines put in their places by id. */
export interface Change {
  set?: Record<string, unknown>
  lines?: Record<string, LineView[]>
}

/** What the server says where it refuses. `message` is in the reader's language. */
export interface RefusalBody {
  code?: string
  message?: string
  details?: Record<string, unknown>
}
