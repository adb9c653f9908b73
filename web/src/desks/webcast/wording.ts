/** How sources, their states and the faults of the webcast are called; knows no page. */
import { t } from '../../i18n'
import type { SourceView } from '../../live/wire'
import { languageName } from '../../parts/names'
import { ago } from '../ago'
import type { Said } from './advice'
import type { Way } from './ways'

export const FLOOR = 'floor'
const SIGN = 'sign'

export function sourceTitle(name: string): string {
  if (name === FLOOR) return t('Programme: picture and floor')
  if (name === SIGN) return t('Sign language')
  return t('{language} channel', { language: languageName(name) })
}

export function stateName(source: SourceView, now: number): string {
  switch (source.state) {
    case 'arriving':
      return t('Arriving')
    case 'broken':
      return t('Broken off {ago}', { ago: ago(source.last ?? now, now) })
    case 'refused':
      return t('Cannot be taken in')
    case 'waiting':
      return t('Waiting: nothing has come yet')
    default:
      return t('Not known yet')
  }
}

export const needsLook = (source: SourceView): boolean =>
  source.state !== 'arriving' || Boolean(source.advice?.length)

/** What to do where nothing comes and the server gives no reason; '': nothing. */
export function nextStep(source: SourceView, way: Way | null): string {
  if (!['waiting', 'broken'].includes(source.state) || source.advice?.length) return ''
  if (way?.kind === 'file' || way?.kind === 'pull')
    return t('Nothing has to be done: it is tried again by itself.')
  return source.state === 'broken'
    ? t('Look whether the encoder still sends, and at its line. It goes on by itself when it comes again.')
    : t('Start the stream in the encoder.')
}

export function kindName(way: Way): string {
  switch (way.kind) {
    case 'rtmp':
      return t('Sent to this server by RTMP')
    case 'srt':
      return t('Sent to this server by SRT')
    case 'file':
      return t('From the file {file}, over and over', { file: way.origin })
    case 'pull':
      return t('Fetched from {host}', { host: way.origin })
  }
}

/** Why nothing is packaged. */
export function faultSaid(fault: string): Said {
  switch (fault) {
    case 'disk_full':
      return {
        what: t('The server’s disk is full: nothing more of the webcast is kept or shown.'),
        next: t('Ask who runs this server to make room. It goes on by itself then.'),
      }
    case 'disk_failed':
      return {
        what: t('The server cannot write the webcast to its disk.'),
        next: t(
          'Ask who runs this server to look at the disk and at who may write to the data folder. It is tried again by itself.',
        ),
      }
    case 'no_ffmpeg':
      return {
        what: t('There is no webcast: FFmpeg is missing on the server, or cannot make the slate.'),
        next: t(
          'Ask who runs this server to install ffmpeg with libx264, and a font, and to start the server again.',
        ),
      }
    default:
      return {
        what: t('The webcast has a fault ({code}).', { code: fault }),
        next: t('Ask who runs this server.'),
      }
  }
}
