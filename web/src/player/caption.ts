/** Which words stand in the picture at a moment; knows no page. All moments are ms UTC. */
import type { LineView } from '../live/types'

/** What stands there of a line: the whole or, where it is long, the part that is being said. */
export interface Caption {
  id: string
  text: string
}

export const SHORTEST_MS = 1_500
/** So long words stay when nobody speaks after them. */
export const LINGER_MS = 2_500
/** Two rows of a large and calm size. */
export const MOST_CHARACTERS = 84
/** Where nothing says when a line ends. */
const MS_PER_CHARACTER = 65

/** The line said at a moment or just before, with the one before it where both are short; in order of speaking. */
export function captionsAt(lines: readonly LineView[], moment: number): readonly Caption[] {
  const found: Caption[] = []
  let room = MOST_CHARACTERS
  for (let index = lines.length - 1; index >= 0 && found.length < 2; index--) {
    const line = lines[index]
    if (!line || (line.start ?? 0) > moment) continue
    const caption = captionOf(line, moment)
    if (endOf(line) + LINGER_MS < moment) break
    if (found.length && (caption.text.length > room || caption.text !== line.text)) break
    found.unshift(caption)
    if (caption.text !== line.text) break
    room -= caption.text.length
  }
  return found
}

const endOf = ({ start = 0, end = 0, text = '' }: LineView): number =>
  Math.max(end || start + text.length * MS_PER_CHARACTER, start + SHORTEST_MS)

function captionOf(line: LineView, moment: number): Caption {
  const { start = 0, text = '' } = line
  const parts = partsOf(text)
  const said = ((moment - start) / (endOf(line) - start)) * text.length
  let before = 0
  let index = 0
  for (; index < parts.length - 1; index++) {
    before += (parts[index]?.length ?? 0) + 1
    if (before > said) break
  }
  return { id: `${line.id}/${index}`, text: parts[index] ?? text }
}

/** A text in parts that have room: of like length, cut between words where there are any. */
export function partsOf(text: string): readonly string[] {
  const count = Math.ceil(text.length / MOST_CHARACTERS)
  if (count < 2) return [text]
  const aim = Math.min(MOST_CHARACTERS, Math.ceil((text.length / count) * 1.1))
  const parts: string[] = []
  let part = ''
  for (const word of text.split(/\s+/).flatMap(inPieces)) {
    if (part && part.length + 1 + word.length > aim) {
      parts.push(part)
      part = word
    } else part = part ? `${part} ${word}` : word
  }
  return part ? [...parts, part] : parts
}

/** Words are not cut; but some languages have no spaces between them. */
const inPieces = (word: string): string[] =>
  word.length > MOST_CHARACTERS ? (word.match(new RegExp(`.{1,${MOST_CHARACTERS}}`, 'gsu')) ?? []) : [word]
