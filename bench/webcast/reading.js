// When a text first stands in the page: ms of the wall clock, by text. For a page that is only read.
window.read = {}
const readAgain = () => {
  for (const [words] of document.body?.innerText.matchAll(/Beep \d+\./g) ?? []) window.read[words] ??= Date.now()
}
new MutationObserver(readAgain).observe(document, { childList: true, subtree: true, characterData: true })
