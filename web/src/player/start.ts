/** Brings the player into the page: its looks, its sentences, and what plays HLS where the browser cannot. */
import { mount } from 'svelte'
import './globals'
import { type Catalogue, useCatalogue } from '../i18n'
import type { WatchPage } from '../pages/watch/page.svelte'
import { takeIn } from './scripts'
import Webcast from './Webcast.svelte'

/** Safari on phones had no other way for long; where both are, ours can do more. */
const needsScript = () => 'MediaSource' in window || 'ManagedMediaSource' in window

/** Once, however often somebody has pressed. */
export function startPlayer(): void {
  const { watchPage: page } = window
  const target = document.querySelector<HTMLElement>('.webcast:not(.taken)')
  if (!page || !target) return
  target.classList.add('taken')
  bring(target, page)
}

function bring(target: HTMLElement, page: WatchPage): void {
  const style = document.createElement('link')
  style.rel = 'stylesheet'
  style.href = page.config.playerStyle ?? ''
  const styled = new Promise((resolve) => {
    style.onload = style.onerror = resolve
  })
  document.head.append(style)
  const hls = page.config.hls ?? ''
  const ready = needsScript() ? takeIn(hls) : Promise.resolve()
  void Promise.all([styled, speak()]).then(() => {
    target.replaceChildren()
    mount(Webcast, { target, props: { page, ready } })
  })
}

/** The sentences in the language that the page has just now; English where they do not come. */
export async function speak(): Promise<void> {
  const { lang } = document.documentElement
  const response = await fetch(`/catalogue/${lang}.json?page=player`).catch(() => null)
  if (response?.ok) useCatalogue((await response.json()) as Catalogue)
}
