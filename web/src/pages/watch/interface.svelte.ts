/** The language of buttons and sentences, which may change while the page stands; knows no page's content. */
import { type Catalogue, direction, language, t, useCatalogue } from '../../i18n'

export class Interface {
  /** Changes with the language: whoever says sentences says them again. */
  version = $state(0)
  /** The languages there is an interface in: this page's, and those that its masthead offers. */
  readonly languages: readonly string[]
  readonly #page: string
  #wanted = language()

  constructor(page: string) {
    this.#page = page
    const offered = document.querySelectorAll<HTMLAnchorElement>('.masthead a[hreflang]')
    this.languages = [language(), ...Array.from(offered, (link) => link.hreflang)].sort()
  }

  /** Changes to a language where there is an interface in it; else all stays as it is. */
  async speak(wanted: string): Promise<void> {
    if (!this.languages.includes(wanted) || wanted === this.#wanted) return
    this.#wanted = wanted
    const response = await fetch(`/catalogue/${wanted}.json?page=${this.#page}`).catch(() => null)
    if (!response?.ok || this.#wanted !== wanted) return
    useCatalogue((await response.json()) as Catalogue)
    document.documentElement.lang = language()
    document.documentElement.dir = direction()
    this.#sayMasthead()
    this.version += 1
  }

  /** The frame around the page came from the server in the language it had then. */
  #sayMasthead(): void {
    const says = { '.masthead > .quiet': t('Watch'), '.skip': t('Skip to the content') }
    for (const [place, text] of Object.entries(says)) {
      const element = document.querySelector(place)
      if (element) element.textContent = text
    }
    document.querySelector('.masthead nav')?.setAttribute('aria-label', t('Language of this page'))
  }
}
