/** Which role works at which desk, and what the roles and desks are called; decides about nobody's rights. */
import { t } from '../i18n'

export type DeskName = 'captions' | 'questions' | 'host' | 'webcast' | 'panel' | 'node'

const WORKS_AT: Record<DeskName, readonly string[]> = {
  captions: ['captioner', 'host'],
  questions: ['moderator', 'host'],
  host: ['host'],
  webcast: ['host', 'moderator'],
  panel: ['panellist', 'host', 'moderator', 'captioner', 'node', 'participant'],
  node: ['node', 'host'],
}

const OWN_DESK: Record<string, DeskName> = {
  captioner: 'captions',
  moderator: 'questions',
  host: 'host',
  panellist: 'panel',
  node: 'node',
}

export const worksAt = (role: string, desk: DeskName): boolean => WORKS_AT[desk].includes(role)

/** The desk of a role; null: it has none, as a participant. */
export const deskOf = (role: string): DeskName | null => OWN_DESK[role] ?? null

export function deskTitle(desk: string): string {
  switch (desk) {
    case 'captions':
      return t('Caption desk')
    case 'questions':
      return t('Question desk')
    case 'host':
      return t('Host desk')
    case 'webcast':
      return t('Webcast desk')
    case 'panel':
      return t('Panel screen')
    default:
      return t('Node desk')
  }
}

export function roleTitle(role: string): string {
  switch (role) {
    case 'captioner':
      return t('Captioners')
    case 'moderator':
      return t('Question moderators')
    case 'host':
      return t('Hosts')
    case 'panellist':
      return t('Panel screens')
    default:
      return t('Node desks')
  }
}
