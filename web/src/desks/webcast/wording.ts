/** How sources, their states and the faults of the webcast are called; knows no page. */
import { n, t } from '../../i18n'
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

/** What is set right by itself, or cannot be set right by anybody just now. */
const NEEDS_NOBODY = ['leaps', 'lower_given_up']

/** Whether somebody has something to do about it. What has not come yet may well come later. */
export const needsLook = (source: SourceView): boolean =>
  ['broken', 'refused'].includes(source.state) ||
  Boolean(source.advice?.some((each) => !NEEDS_NOBODY.includes(each.code)))

export interface Sum {
  said: string
  off: boolean
}

/** All sources in a sentence. */
export function sumOf(sources: SourceView[]): Sum {
  const off = sources.filter(needsLook).length
  if (off > 0)
    return { said: n('{count} source needs a look.', '{count} sources need a look.', off), off: true }
  const awaited = sources.filter((each) => each.state === 'waiting').length
  const said =
    awaited > 0
      ? n('{count} source has not come yet.', '{count} sources have not come yet.', awaited)
      : t('Everything arrives as it should.')
  return { said, off: false }
}

/** What to do where nothing has come yet and the server gives no reason; '': nothing. */
export function nextStep(source: SourceView, way: Way | null): string {
  if (source.state !== 'waiting' || source.advice?.length) return ''
  if (way?.kind === 'file' || way?.kind === 'pull')
    return t('Nothing has to be done: it is tried again by itself.')
  return t('Start the stream in the encoder.')
}

/** What it means that a source has broken off, and what to do; null: it has not. */
export function breakSaid(source: SourceView, way: Way | null): Said | null {
  if (source.state !== 'broken') return null
  const next =
    way?.kind === 'file' || way?.kind === 'pull'
      ? `${t('Look whether it can still be had from there.')} ${t('It is tried again by itself.')}`
      : t('Look whether the encoder still sends, and at its line. It goes on by itself when it comes again.')
  if (source.name === FLOOR) return { what: t('The audience sees a slate.'), next }
  if (source.name === SIGN) return { what: t('The audience sees no sign language.'), next }
  return { what: t('Listeners hear the floor.'), next }
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
