/** Times of lines as a person reads and writes them: the time of day where they are; knows no page. */

const two = (value: number) => String(value).padStart(2, '0')

/** "14:05:07.3", as a time field takes it. `ms`: ms UTC; shown in the time of this device. */
export function timeOfDay(ms: number): string {
  const at = new Date(ms)
  const tenths = Math.floor(at.getMilliseconds() / 100)
  return `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}.${tenths}`
}

/** The moment nearest to `near` (ms UTC) at which the clock here shows `text`; null: that is no time. */
export function momentOf(text: string, near: number): number | null {
  const match = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3}))?)?$/.exec(text.trim())
  if (!match) return null
  const [, hours, minutes, seconds = '0', fraction = ''] = match
  const at = new Date(near)
  at.setHours(Number(hours), Number(minutes), Number(seconds), Number(fraction.padEnd(3, '0')))
  return nearest(at.getTime(), near)
}

const DAY_MS = 86_400_000

function nearest(moment: number, near: number): number {
  if (moment - near > DAY_MS / 2) return moment - DAY_MS
  return near - moment > DAY_MS / 2 ? moment + DAY_MS : moment
}
