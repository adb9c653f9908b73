/** Says sentences in the interface language from the catalogue that the page carries; knows no page. */

export type Values = Record<string, string | number>

/** `categories` names, in the catalogue's order, the CLDR plural category of each form of a counted sentence. */
export interface Catalogue {
  language: string
  direction: 'ltr' | 'rtl'
  categories: Intl.LDMLPluralRule[]
  messages: Record<string, string | string[]>
}

let catalogue: Catalogue = { language: 'en', direction: 'ltr', categories: ['one', 'other'], messages: {} }
let rules = new Intl.PluralRules('en')

export function useCatalogue(next: Catalogue): void {
  catalogue = next
  rules = new Intl.PluralRules(next.language)
}

export const language = (): string => catalogue.language
export const direction = (): 'ltr' | 'rtl' => catalogue.direction

/** The sentence in the interface language, or as given where the catalogue lacks it; `{name}` is filled in. */
export function t(text: string, values: Values = {}): string {
  const said = catalogue.messages[text]
  return fill(typeof said === 'string' ? said : text, values)
}

/** The counted sentence in the form that `count` takes; `{count}` is filled in, written as the language writes it. */
export function n(singular: string, plural: string, count: number, values: Values = {}): string {
  const forms = catalogue.messages[singular]
  const said = Array.isArray(forms) ? formFor(forms, count) : count === 1 ? singular : plural
  return fill(said, { count: new Intl.NumberFormat(catalogue.language).format(count), ...values })
}

/** A category that the catalogue has no form for (Spanish "many") is said as the last one, which is always "other". */
function formFor(forms: string[], count: number): string {
  return forms[catalogue.categories.indexOf(rules.select(count))] ?? forms.at(-1) ?? ''
}

function fill(sentence: string, values: Values): string {
  return sentence.replace(/\{(\w+)\}/g, (hole, name: string) => String(values[name] ?? hole))
}
