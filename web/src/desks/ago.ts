/** How long ago something was, in words; knows no clock. */
import { language } from '../i18n'

/** "12 seconds ago", "3 minutes ago", "2 hours ago"; what lies ahead by a wrong clock is now. */
export function ago(at: number, now: number): string {
  const seconds = Math.max(0, Math.round((now - at) / 1000))
  const format = new Intl.RelativeTimeFormat(language(), { numeric: 'always', style: 'short' })
  if (seconds < 60) return format.format(-seconds, 'second')
  if (seconds < 3600) return format.format(-Math.floor(seconds / 60), 'minute')
  return format.format(-Math.floor(seconds / 3600), 'hour')
}
