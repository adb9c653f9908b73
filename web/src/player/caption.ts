/** Which words stand in the picture at a moment; knows no page. */
import type { LineView } from '../live/types'

export const SHORTEST_MS = 1_500
/** So long words stay when nobody speaks after them. */
export const LINGER_MS = 2_500
const MOST = 2

/** The last lines said at a moment (ms UTC) or just before; they are in order of speaking. */
export function captionsAt(lines: readonly LineView[], moment: number): readonly LineView[] {
  const found: LineView[] = []
  for (let index = lines.length - 1; index >= 0 && found.length < MOST; index--) {
    const line = lines[index]
    const start = line?.start ?? 0
    if (!line || start > moment) continue
    const until = Math.max(line.end ?? 0, start + SHORTEST_MS) + LINGER_MS
    if (until < moment) break
    found.unshift(line)
  }
  return found
}
