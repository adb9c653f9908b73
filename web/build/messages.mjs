/** Finds the sentences that a source says through t("…") and n("…", "…", count); knows no catalogue. */

const literal = String.raw`"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'`
const call = new RegExp(String.raw`(?<![\w.$])(?:t\(\s*(${literal})|n\(\s*(${literal})\s*,)`, 'g')

const value = (quoted) =>
  JSON.parse(
    quoted.startsWith("'")
      ? `"${quoted.slice(1, -1).replaceAll("\\'", "'").replaceAll('"', '\\"')}"`
      : quoted,
  )

/** The sentences of one source, as written in English; of a counted one the singular, which is its key. */
export function messagesOf(source) {
  return [...source.matchAll(call)].map(([, said, counted]) => value(said ?? counted))
}

/** A Vite plugin that adds the sentences of every module of a page to a set. */
export function collectMessages(messages) {
  return {
    name: 'intercommunity-messages',
    enforce: 'pre',
    transform(source, id) {
      if (/\/src\/.*\.(ts|svelte)$/.test(id)) for (const message of messagesOf(source)) messages.add(message)
      return null
    },
  }
}
