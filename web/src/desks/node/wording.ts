/** What kinds and states of nodes are called; knows no node. */
import { t } from '../../i18n'

export type NodeState = 'ready' | 'trouble' | 'away'

export const STATES: readonly NodeState[] = ['ready', 'trouble', 'away']

export function nodeStateName(state: string): string {
  switch (state) {
    case 'ready':
      return t('ready')
    case 'trouble':
      return t('trouble')
    case 'away':
      return t('away')
    default:
      return state
  }
}

export function nodeKindName(kind: string): string {
  switch (kind) {
    case 'hub':
      return t('hub')
    case 'interactive':
      return t('interactive')
    default:
      return t('viewing')
  }
}
