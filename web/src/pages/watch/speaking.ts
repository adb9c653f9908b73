/** Who speaks now, by the floor and by the words themselves; knows no names and no page. */
import type { FloorView, LineView } from '../../live/types'

export interface Speaking {
  /** A speaker's id, a name, or '' for nobody. */
  speaker: string
  /** What they speak, BCP 47; '' where that is not known. */
  language: string
}

/** Whoever was given the floor, or has been named in the words since then: not every host passes the floor on. */
export function speaking(
  floor: FloorView | null,
  { language, lines }: { language: string; lines: readonly LineView[] },
): Speaking {
  const last = lines.findLast((line) => line.speaker && !line.remark)
  if (last?.speaker && (last.start ?? 0) > (floor?.since ?? 0) && last.speaker !== floor?.speaker)
    return { speaker: last.speaker, language: last.said_in || language }
  return { speaker: floor?.speaker ?? '', language: floor?.language ?? '' }
}
