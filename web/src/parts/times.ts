/** How times are said: in the viewer's own zone or a room's, in the interface language; all times are ms UTC. */
import { language } from '../i18n'

export const clockTime = (at: number, timeZone?: string): string =>
  format({ timeStyle: 'short', ...zone(timeZone) }, at)

/** With the day, where that is not today's for the viewer. */
export function clockTimeAndDay(at: number, now: number): string {
  const sameDay = new Date(at).toDateString() === new Date(now).toDateString()
  return sameDay ? clockTime(at) : format({ dateStyle: 'medium', timeStyle: 'short' }, at)
}

const zone = (timeZone: string | undefined) => (timeZone ? { timeZone } : {})

function format(options: Intl.DateTimeFormatOptions, at: number): string {
  try {
    return new Intl.DateTimeFormat(language(), options).format(at)
  } catch {
    // A zone that this browser does not know.
    return new Intl.DateTimeFormat(language(), { timeStyle: 'short' }).format(at)
  }
}

/** Hours, minutes and seconds as on a stopwatch: 1:02:03, 2:03. Negative durations carry a minus. */
export function stopwatch(ms: number): string {
  const seconds = Math.floor(Math.abs(ms) / 1_000)
  const parts = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60]
  const shown = parts[0] ? parts : parts.slice(1)
  const text = shown.map((part, index) => String(part).padStart(index ? 2 : 1, '0')).join(':')
  return ms <= -1_000 ? `−${text}` : text
}
