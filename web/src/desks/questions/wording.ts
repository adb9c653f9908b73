/** What states, sections and reasons are called; knows no question. */
import { t } from '../../i18n'
import type { Section } from './sorting'

export function statusName(status: string): string {
  switch (status) {
    case 'waiting':
      return t('waiting')
    case 'approved':
      return t('approved')
    case 'staged':
      return t('on stage')
    case 'answered':
      return t('answered')
    case 'declined':
      return t('declined')
    case 'withdrawn':
      return t('withdrawn')
    default:
      return status
  }
}

export function sectionName(section: Section): string {
  switch (section) {
    case 'staged':
      return t('On stage')
    case 'waiting':
      return t('Waiting')
    case 'queue':
      return t('Queue')
    case 'answered':
      return t('Answered questions')
    case 'aside':
      return t('Declined and merged')
  }
}

export function emptySection(section: Section): string {
  switch (section) {
    case 'staged':
      return t('No question is on stage.')
    case 'waiting':
      return t('Nothing waits for you.')
    case 'queue':
      return t('The queue is empty.')
    case 'answered':
      return t('Nothing has been answered yet.')
    case 'aside':
      return t('Nothing has been put aside.')
  }
}

/** Reasons that are often given; the person who asked reads them. */
export const reasons = (): string[] => [
  t('This has been answered already.'),
  t('Another session is about this.'),
  t('This is not a question.'),
  t('Please ask again without naming a person.'),
  t('There will be no time for it today.'),
]
