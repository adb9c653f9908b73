/** How Svelte compiles: runes everywhere, styles in the stylesheet, never in the script. */
export default {
  compilerOptions: { runes: true, css: 'external' },
}
