/** How desks call those on stage, in one line; knows no page. */
import type { FloorView, MeetingView } from '../live/types'
import { languageName, nodeOf, speakerOf } from '../parts/names'

export const speakerName = (meeting: MeetingView | null, speaker: string): string =>
  speakerOf(meeting, speaker).name

/** The city of a node. */
export const nodeName = (meeting: MeetingView | null, node: string): string =>
  nodeOf(meeting, node)?.city ?? node

/** "Ana Ruiz · Lima · Spanish": who has the floor, where and in which language; what is not known is left out. */
export function floorText(meeting: MeetingView | null, floor: FloorView | null): string {
  const said = [
    speakerName(meeting, floor?.speaker ?? ''),
    nodeName(meeting, floor?.node ?? ''),
    floor?.language ? languageName(floor.language) : '',
  ]
  return said.filter(Boolean).join(' · ')
}
