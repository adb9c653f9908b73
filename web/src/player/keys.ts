/** The player's keys, while the focus is in it, and what they do. */
import type { Player } from './player.svelte'
import { toggleFullscreen, togglePictureInPicture } from './window'

export const STEP_S = 10

/** What a key does, by its name; `shown`: how it is written in the help, in this order. */
export const ACTIONS = {
  toggle: { keys: [' ', 'k'], shown: 'K' },
  back: { keys: ['j', 'ArrowLeft'], shown: 'J ←' },
  on: { keys: ['l', 'ArrowRight'], shown: 'L →' },
  louder: { keys: ['ArrowUp'], shown: '↑' },
  softer: { keys: ['ArrowDown'], shown: '↓' },
  mute: { keys: ['m'], shown: 'M' },
  captions: { keys: ['c'], shown: 'C' },
  sign: { keys: ['s'], shown: 'S' },
  beginning: { keys: ['0', 'Home'], shown: '0 Home' },
  live: { keys: ['9', 'End'], shown: '9 End' },
  window: { keys: ['i'], shown: 'I' },
  whole: { keys: ['f'], shown: 'F' },
  help: { keys: ['?'], shown: '?' },
} as const
export type Action = keyof typeof ACTIONS

/** The keys of an action as they are written, for a script's direction. */
export function shownOf(action: Action, rightToLeft: boolean): string[] {
  const other: Record<string, string> = { '←': '→', '→': '←' }
  return ACTIONS[action].shown.split(' ').map((key) => (rightToLeft && other[key]) || key)
}

const BY_KEY = new Map(
  Object.entries(ACTIONS).flatMap(([action, { keys }]) =>
    keys.map((key) => [key as string, action as Action]),
  ),
)
const OF_SLIDERS = /^(Arrow|Home|End|Page)/

/** What a key means where the focus is; null: it is not ours. In a script from right to left, left is onward. */
export function actionOf(
  { key, ctrlKey, altKey, metaKey }: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'altKey' | 'metaKey'>,
  target: Element,
  rightToLeft: boolean,
): Action | null {
  if (ctrlKey || altKey || metaKey || target.matches('select, textarea, [contenteditable], input[type=text]'))
    return null
  if (target.matches('input[type=range]') && OF_SLIDERS.test(key)) return null
  if (target.matches('button, input, summary, a') && [' ', 'Enter'].includes(key)) return null
  const action = BY_KEY.get(key.length === 1 ? key.toLowerCase() : key) ?? null
  if (!rightToLeft || !key.startsWith('Arrow')) return action
  return action === 'back' ? 'on' : action === 'on' ? 'back' : action
}

export function keyed(event: KeyboardEvent, player: Player, screen: HTMLElement, help: () => void): void {
  const target = event.target as Element
  if (target.closest('dialog')) return
  const action = actionOf(event, target, getComputedStyle(screen).direction === 'rtl')
  if (!action) return
  act(action, player, screen, help)
  event.preventDefault()
  event.stopPropagation()
}

function act(action: Action, player: Player, screen: HTMLElement, help: () => void): void {
  const does: Record<Action, () => void> = {
    toggle: () => player.toggle(),
    back: () => player.goBy(-STEP_S),
    on: () => player.goBy(STEP_S),
    louder: () => player.turn(1),
    softer: () => player.turn(-1),
    mute: () => player.mute(),
    captions: () => player.toggleCaptions(),
    sign: () => player.sign && player.toggleSign(),
    beginning: () => player.goToBeginning(),
    live: () => player.goLive(),
    window: () => void togglePictureInPicture(player, screen),
    whole: () => void toggleFullscreen(screen),
    help,
  }
  does[action]()
}
