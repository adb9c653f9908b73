/**
 * Takes out of Svelte what takes over HTML that a server rendered: pages are mounted into an empty <main>, and that
 * is a tenth of the script. Fails where Svelte is not as this knows it.
 */

const RUNTIME = /\/svelte\/src\/internal\/client\/dom\/hydration\.js$/
const SWITCH = /export let hydrating = false;([\s\S]*?)export function set_hydrating\(value\) \{[^}]*\}/

function neverHydrating(source) {
  if (!SWITCH.test(source))
    throw new Error('Svelte does not say any more where it hydrates: see build/mounted.mjs.')
  return source.replace(SWITCH, 'export const hydrating = false;$1export function set_hydrating() {}')
}

/** Modules that do something on being loaded which no page needs, and are in the way otherwise. */
const UNNEEDED = /\/svelte\/src\/internal\/(client\/dom\/elements\/custom-element|disclose-version)\.js$/

/** What compiled components call for hydration alone, as statements of their own. */
const IDLE = /^\s*\$\.(reset\(\w+\)|next\(\d*\));$/gm

/** A Vite plugin, to stand behind Svelte's. */
export function mountedOnly() {
  return {
    name: 'intercommunity-mounted-only',
    transform(source, id) {
      if (RUNTIME.test(id)) return { code: neverHydrating(source), map: null }
      if (UNNEEDED.test(id)) return { code: source, map: null, moduleSideEffects: false }
      return id.endsWith('.svelte') ? { code: source.replace(IDLE, ''), map: null } : null
    },
  }
}
