/** The countries of the world for a list to choose from, named and sorted in the interface language. */
import { language } from '../i18n'

const A = 65
const LETTERS = Array.from({ length: 26 }, (_, index) => String.fromCharCode(A + index))
/** What the browser has a name for though it is no country: unions, groups, tests, places kept by other codes. */
const OTHERS = /^(A[CN]|C[PQ]|DG|E[AUZ]|IC|QO|TA|UN|X[AB]|ZZ)$/

/** Code (ISO 3166-1 alpha-2) and name of each that this browser knows. A code that was given up means its successor. */
export function countries(): [code: string, name: string][] {
  const names = new Intl.DisplayNames([language()], { type: 'region', fallback: 'none' })
  const found: [string, string][] = []
  for (const code of LETTERS.flatMap((one) => LETTERS.map((other) => one + other))) {
    const name = names.of(code)
    if (name && !OTHERS.test(code) && new Intl.Locale(`und-${code}`).region === code) found.push([code, name])
  }
  return found.sort((one, other) => one[1].localeCompare(other[1], language()))
}
