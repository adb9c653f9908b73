/**
 * What the server sends and takes, as `python -m intercommunity.wire.typescript` wrote it from the server's own
 * shapes: do not edit. A field that may be missing has its default value then: nothing, none, no, empty or 0.
 */

export interface Session {
  id: string
  title: Record<string, string>
  starts: number
  minutes: number
  speakers?: string[]
}

export interface Speaker {
  id: string
  name: string
  affiliation?: string
  languages?: string[]
}

export interface Node {
  id: string
  city: string
  country: string
  time_zone: string
  kind?: 'hub' | 'interactive' | 'viewing'
  server?: boolean
}

export interface MeetingView {
  slug: string
  title: Record<string, string>
  starts: number
  languages: string[]
  sessions: Session[]
  speakers: Speaker[]
  nodes: Node[]
  translator: string
  policy: string
  entrance: string
  rehearsal?: boolean
  ended?: number
}

export interface Term {
  kind: string
  texts: Record<string, string>
  short?: string
}

export interface GlossaryView {
  terms: Term[]
}

export interface Span {
  opened: number
  closed: number
}

export interface FloorView {
  session?: string
  speaker?: string
  language?: string
  node?: string
  since?: number
  spans?: Record<string, Span>
}

export interface Report {
  people: number
  state: string
  at: number
  note?: string
}

export interface NodesView {
  reports: Record<string, Report>
}

export interface BlockedView {
  people: Record<string, string>
}

export interface LineView {
  id: string
  start?: number
  end?: number
  text?: string
  speaker?: string
  turn?: boolean
  remark?: boolean
  said_in?: string
  machine?: string
  corrected?: boolean
  struck?: boolean
}

export interface LinesView {
  lines: LineView[]
  earlier?: boolean
}

export interface PollView {
  id: string
  question: Record<string, string>
  options: Record<string, string>[]
  opened_at: number
  ballots: number
  closed_at?: number
  certified?: boolean
  counts?: number[]
}

export interface ReplyView {
  text: string
  at: number
  original?: string
  language?: string
  machine?: string
}

export interface Translation {
  text: string
  machine?: string
}

export interface QuestionView {
  id: string
  text: string
  language: string
  status: string
  votes: number
  rank: number
  asked_at: number
  original?: string
  machine?: string
  name?: string
  affiliation?: string
  country?: string
  node?: string
  staged_at?: number
  answered_at?: number
  reply?: ReplyView | null
  merged?: string[]
  merged_into?: string
  reason?: string
  decided_by?: string
  person?: string
  translations?: Record<string, Translation>
}

export interface MeView {
  person: string
  name?: string
  role?: string
  languages?: string[]
  node?: string
  asked?: QuestionView[]
  voted?: string[]
  ballots?: Record<string, number>
  blocked?: boolean
}

export interface StartOver {
  kind: 'start_over'
}

export interface EndMeeting {
  kind: 'end_meeting'
}

export interface Join {
  kind: 'join'
  name?: string
  affiliation?: string
  country?: string
  node?: string
  language?: string
  token_hash?: string
}

export interface BlockPerson {
  kind: 'block_person'
  person: string
}

export interface UnblockPerson {
  kind: 'unblock_person'
  person: string
}

export interface OpenSession {
  kind: 'open_session'
  session: string
}

export interface CloseSession {
  kind: 'close_session'
  session: string
}

export interface GiveFloor {
  kind: 'give_floor'
  speaker?: string
  language?: string
  node?: string
}

export interface WriteLine {
  kind: 'write_line'
  track: string
  text: string
  speaker?: string
  turn?: boolean
  remark?: boolean
  start?: number | null
  end?: number | null
  machine?: string
}

export interface CorrectLine {
  kind: 'correct_line'
  line: string
  track: string
  text: string
}

export interface AttributeLine {
  kind: 'attribute_line'
  line: string
  speaker: string
}

export interface RetimeLine {
  kind: 'retime_line'
  line: string
  start: number
  end: number
}

export interface StrikeLine {
  kind: 'strike_line'
  line: string
}

export interface AskQuestion {
  kind: 'ask_question'
  text: string
  language: string
}

export interface WithdrawQuestion {
  kind: 'withdraw_question'
  question: string
}

export interface ApproveQuestion {
  kind: 'approve_question'
  question: string
  again?: boolean
}

export interface DeclineQuestion {
  kind: 'decline_question'
  question: string
  reason: string
  again?: boolean
}

export interface MergeQuestion {
  kind: 'merge_question'
  question: string
  into: string
}

export interface SplitQuestion {
  kind: 'split_question'
  question: string
}

export interface MoveQuestion {
  kind: 'move_question'
  question: string
  before?: string
}

export interface StageQuestion {
  kind: 'stage_question'
  question: string
}

export interface UnstageQuestion {
  kind: 'unstage_question'
  question: string
}

export interface MarkAnswered {
  kind: 'mark_answered'
  question: string
  moment?: number | null
}

export interface ReplyToQuestion {
  kind: 'reply_to_question'
  question: string
  text: string
  language: string
}

export interface TranslateQuestion {
  kind: 'translate_question'
  question: string
  language: string
  text: string
  machine?: string
}

export interface TranslateReply {
  kind: 'translate_reply'
  question: string
  language: string
  text: string
  machine?: string
}

export interface VoteFor {
  kind: 'vote_for'
  question: string
}

export interface WithdrawVote {
  kind: 'withdraw_vote'
  question: string
}

export interface OpenPoll {
  kind: 'open_poll'
  question: Record<string, string>
  options: Record<string, string>[]
}

export interface CastBallot {
  kind: 'cast_ballot'
  poll: string
  option: number
}

export interface ClosePoll {
  kind: 'close_poll'
  poll: string
}

export interface ReportNode {
  kind: 'report_node'
  node: string
  people: number
  state?: 'ready' | 'trouble' | 'away'
  note?: string
}

export interface Draft {
  kind: 'draft'
  track: string
  text?: string
  speaker?: string
}

export type Command =
  | StartOver
  | EndMeeting
  | Join
  | BlockPerson
  | UnblockPerson
  | OpenSession
  | CloseSession
  | GiveFloor
  | WriteLine
  | CorrectLine
  | AttributeLine
  | RetimeLine
  | StrikeLine
  | AskQuestion
  | WithdrawQuestion
  | ApproveQuestion
  | DeclineQuestion
  | MergeQuestion
  | SplitQuestion
  | MoveQuestion
  | StageQuestion
  | UnstageQuestion
  | MarkAnswered
  | ReplyToQuestion
  | TranslateQuestion
  | TranslateReply
  | VoteFor
  | WithdrawVote
  | OpenPoll
  | CastBallot
  | ClosePoll
  | ReportNode
  | Draft
