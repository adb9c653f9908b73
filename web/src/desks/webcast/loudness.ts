/** How loud something is, in words and as a place on a meter; levels are dB below full scale. */
import { t } from '../../i18n'

export const QUIETEST = -60
const SILENT = -50
const TOO_QUIET = -38
const TOO_LOUD = -8

export type Loudness = 'silent' | 'quiet' | 'good' | 'loud'

export function loudness(level: number): Loudness {
  if (level <= SILENT) return 'silent'
  if (level < TOO_QUIET) return 'quiet'
  return level > TOO_LOUD ? 'loud' : 'good'
}

/** 0 to 1, from the left of a meter to its right. */
export const place = (level: number): number => Math.min(1, Math.max(0, 1 - level / QUIETEST))

export function loudnessName(word: Loudness): string {
  switch (word) {
    case 'silent':
      return t('silent')
    case 'quiet':
      return t('quiet')
    case 'good':
      return t('good')
    case 'loud':
      return t('too loud')
  }
}
