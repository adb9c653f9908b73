/** Finds the sentences that a source says through t("…") and n("…", "…", count); knows no catalogue. */

const literal = String.raw`"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'`
const call = new RegExp(
  String.raw`(?<![\w.$])(?:t\(\s*(${literal})|n\(\s*(${literal})\s*,\s*(${literal})\s*,)`,
  'g',
)

const value = (quoted) =>
  JSON.parse(
    quoted.startsWith("'")
      ? `"${quoted.slice(1, -1).replaceAll("\\'", "'").replaceAll('"', '\\"')}"`
      : quoted,
  )

/** The sentences of one source, as written in English; one that counts as its singular and its plural. */
export function messagesOf(source) {
  return [...source.matchAll(call)].map(([, said, singular, plural]) =>
    said === undefined ? [value(singular), value(plural)] : value(said),
  )
}

/** A Vite plugin that notes the sentences of every module of a page, each once, in a Map. */
export function collectMessages(messages) {
  return {
    name: 'intercommunity-messages',
    enforce: 'pre',
    transform(source, id) {
      if (!/\/src\/.*\.(ts|svelte)$/.test(id)) return null
      for (const message of messagesOf(source)) messages.set(JSON.stringify(message), message)
      return null
    },
  }
}
