/** How people, places, languages and sessions are called, in the interface language; knows no page. */
import { language } from '../i18n'
import type { MeetingView, Node, Session } from '../live/types'

/** A text in the reader's language, else in the interface's, else in any. */
export function textIn(texts: Record<string, string>, ...languages: string[]): string {
  for (const each of [...languages, language()]) if (texts[each]) return texts[each]
  return Object.values(texts)[0] ?? ''
}

export interface Person {
  name: string
  affiliation: string
  /** Place among the meeting's speakers, for a colour; -1: not among them. */
  place: number
}

/** Who speaks, by a speaker's id or, for somebody who is not in the agenda, by name. */
export function speakerOf(meeting: MeetingView | null, speaker: string): Person {
  const place = meeting?.speakers.findIndex((each) => each.id === speaker) ?? -1
  const known = meeting?.speakers[place]
  return { name: known?.name ?? speaker, affiliation: known?.affiliation ?? '', place }
}

export const nodeOf = (meeting: MeetingView | null, id: string | undefined): Node | undefined =>
  meeting?.nodes.find((each) => each.id === id)

export const sessionOf = (meeting: MeetingView | null, id: string | undefined): Session | undefined =>
  meeting?.sessions.find((each) => each.id === id)

/** A language in the interface language: "español" is "Spanish" to who reads English. */
export const languageName = (code: string): string => named('language', code)

/** A language as those who read it call it. */
export const ownLanguageName = (code: string): string => named('language', code, code)

export const countryName = (code: string): string => named('region', code)

function named(type: 'language' | 'region', code: string, inLanguage = language()): string {
  try {
    return new Intl.DisplayNames([inLanguage, 'en'], { type }).of(code) ?? code
  } catch {
    return code
  }
}

const RIGHT_TO_LEFT = /^(ar|he|fa|ur|ps|sd|ug|yi|dv|ckb)\b/

/** The direction of a language's writing, for text that stands in another's page. */
export const directionOf = (code: string): 'ltr' | 'rtl' => (RIGHT_TO_LEFT.test(code) ? 'rtl' : 'ltr')
