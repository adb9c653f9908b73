/** Starts a page inside the office's template: what the page is told, in which language; knows no page's content. */
import { type Component, mount } from 'svelte'
import './base.css'
import { type Catalogue, useCatalogue } from './i18n'

/** `page` is the name of the page, `languages` the meeting's (BCP 47), `titles` the meeting's title in each. */
export interface PageConfig {
  page: string
  slug: string
  titles: Record<string, string>
  languages: string[]
  /** The addresses of what plays a webcast, where the page can: the player, its looks, what reads HLS. */
  player?: string
  playerStyle?: string
  hls?: string
}

/** Mounts the page's component in <main>, with the configuration and the catalogue that the template carries. */
export function startPage(page: Component<{ config: PageConfig }>): void {
  useCatalogue(embedded<Catalogue>('catalogue'))
  const target = document.querySelector('main')
  if (target === null) throw new Error('The template has no <main>.')
  target.replaceChildren()
  mount(page, { target, props: { config: embedded<PageConfig>('config') } })
}

/** The JSON of an inert <script type="application/json" id="…"> of the template. */
function embedded<T>(id: string): T {
  return JSON.parse(document.getElementById(id)?.textContent ?? 'null') as T
}
