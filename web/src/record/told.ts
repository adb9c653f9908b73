/** What a page of the record says of its recordings (record/pages/player.py); no I/O. */
import { momentAt, placeOf, type Stretch } from '../player/clock'

/** Pieces without a pause (moment on stage in ms UTC, place and length in s) and channels (language, name, file). */
export interface Recorded {
  folder: string
  video: string
  hls: string
  seconds: number
  stretches: [moment: number, place: number, seconds: number][]
  sounds: [language: string, name: string, file: string][]
}

/** `top`: the way to the record's folder, from which all files are named; `number`: where this page's words begin. */
export interface Told {
  top: string
  hls: string
  number: number
  language: string
  recordings: Recorded[]
  tracks: [language: string, name: string, words: string][]
  says: Record<'hear' | 'captions' | 'none' | 'play' | 'follow' | 'failed', string>
}

/** A place in one of several recordings: which, counted from 0, and s from its beginning. */
export interface Place {
  number: number
  place: number
}

const stretchesOf = ({ stretches }: Recorded): Stretch[] =>
  stretches.map(([programDateTime, start, duration]) => ({ programDateTime, start, duration }))

/** Of a moment, or of what was recorded next after it; null: nothing was. */
export function whereIs(recordings: readonly Recorded[], moment: number): Place | null {
  const number = recordings.findIndex((each) => moment < endOf(each))
  const found = recordings[number]
  const place = found ? placeOf(stretchesOf(found), moment) : null
  return place === null ? null : { number, place }
}

export const momentIn = (recorded: Recorded, place: number): number =>
  momentAt(stretchesOf(recorded), place) ?? 0

export const placeIn = (recorded: Recorded, moment: number): number =>
  placeOf(stretchesOf(recorded), moment) ?? 0

function endOf({ stretches }: Recorded): number {
  const last = stretches.at(-1)
  return last ? last[0] + last[2] * 1000 : 0
}

/** `#t=61.5` or, in the second recording, `#r=2&t=61.5`; null where an address names no place. */
export function placeNamed(hash: string): Place | null {
  const named = new URLSearchParams(hash.slice(1))
  const place = Number.parseFloat(named.get('t') ?? '')
  const number = Number.parseInt(named.get('r') ?? '1', 10) - 1
  return place >= 0 && number >= 0 ? { number, place } : null
}

export const nameOf = ({ number, place }: Place): string =>
  `#${number ? `r=${number + 1}&` : ''}t=${Math.round(place * 100) / 100}`
