/** What arrives of a source, as short facts; knows no page. */
import { language, t } from '../../i18n'
import type { PictureState, SoundState } from '../../live/wire'

const CODECS: Record<string, string> = {
  avc1: 'H.264',
  hevc: 'H.265',
  av1: 'AV1',
  vp9: 'VP9',
  aac: 'AAC',
  mp3: 'MP3',
  opus: 'Opus',
}

const number = (value: number, digits = 0): string =>
  new Intl.NumberFormat(language(), { maximumFractionDigits: digits }).format(value)

const codecName = (codec: string): string => CODECS[codec.split('.')[0] ?? ''] ?? codec

export function pictureFigures(picture: PictureState): string[] {
  return [
    codecName(picture.codec),
    ...(picture.width ? [`${picture.width} × ${picture.height}`] : []),
    t('{count} frames a second', { count: number(picture.fps, 1) }),
    t('{count} kbit/s', { count: number(picture.kbit) }),
  ]
}

export function soundFigures(sound: SoundState): string[] {
  const width = sound.channels === 1 ? t('mono') : sound.channels === 2 ? t('stereo') : `${sound.channels}`
  return [codecName(sound.codec), `${number(sound.rate / 1000, 1)} kHz`, width]
}

/** "0.4 s" */
export const seconds = (ms: number): string => t('{seconds} s', { seconds: number(ms / 1000, 1) })

/** "−23 dB" */
export const decibels = (level: number): string => `${number(level)} dB`
