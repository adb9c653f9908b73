/** How many people follow the meeting, online and in rooms, and from where; knows no page. */
import type { MeetingView, NodesView } from '../../live/types'
import type { PresenceView } from '../../live/wire'

export interface Gathering {
  people: number
  /** People by country, ISO 3166-1 alpha-2, the most first. */
  countries: [country: string, people: number][]
  /** The nodes that have reported, without those that are away. */
  nodes: number
}

/** A room's people are counted by the room, as its node reports them, beside those who are online. */
export function gathering(
  meeting: MeetingView | null,
  nodes: NodesView | null,
  presence: PresenceView | null,
): Gathering {
  const countries = new Map(Object.entries(presence?.countries ?? {}))
  const reports = Object.entries(nodes?.reports ?? {}).filter(([, report]) => report.state !== 'away')
  for (const [node, report] of reports) {
    const country = meeting?.nodes.find((each) => each.id === node)?.country
    if (country && report.people) countries.set(country, (countries.get(country) ?? 0) + report.people)
  }
  return {
    people: (presence?.people ?? 0) + reports.reduce((sum, [, report]) => sum + report.people, 0),
    countries: [...countries].sort((one, other) => other[1] - one[1] || (one[0] < other[0] ? -1 : 1)),
    nodes: reports.length,
  }
}
