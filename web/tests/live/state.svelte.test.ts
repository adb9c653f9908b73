import { flushSync } from 'svelte'
import { beforeEach, describe, expect, test } from 'vitest'
import { MeetingState } from '../../src/live/state.svelte'

const NOW = {
  id: 'L1.5',
  time: 1_060_000,
  views: {
    floor: { session: 'opening' },
    'questions/hub-1': { id: 'hub-1' },
    'questions/hub-2': { id: 'hub-2' },
  },
  lines: { 'captions/es': { lines: [{ id: 'hub-3', start: 10, text: 'Hola' }], earlier: true } },
}
const message = (event: string, data: unknown) => ({ event, data: JSON.stringify(data), id: 'L1.6' })

describe('the state of a meeting', () => {
  let state: MeetingState
  beforeEach(() => {
    state = new MeetingState(() => 1_000_000)
    state.onMessage(message('now', NOW))
  })

  test('begins with a snapshot', () => {
    expect(state.view('floor')).toEqual({ session: 'opening' })
    expect(state.views('questions')).toEqual([{ id: 'hub-1' }, { id: 'hub-2' }])
    expect(state.track('es')).toEqual({ lines: [{ id: 'hub-3', start: 10, text: 'Hola' }], earlier: true })
    expect([state.view('nodes'), state.track('en').lines]).toEqual([null, []])
  })

  test('sets views whole and forgets what is null', () => {
    state.onMessage(message('message', { set: { 'questions/hub-1': null, floor: { speaker: 'ana' } } }))
    expect(state.view('floor')).toEqual({ speaker: 'ana' })
    expect(state.views('questions')).toEqual([{ id: 'hub-2' }])
  })

  test('puts lines into their track', () => {
    state.onMessage(
      message('message', { lines: { 'captions/es': [{ id: 'hub-4', start: 20, text: 'Adiós' }] } }),
    )
    expect(state.track('es').lines.map((line) => line.text)).toEqual(['Hola', 'Adiós'])
    expect(state.track('en').lines).toEqual([])
  })

  test('a new beginning voids what was known', () => {
    state.begin({ id: 'L2.1', views: { floor: {} }, lines: {} })
    expect([state.view('floor'), state.views('questions'), state.track('es').lines]).toEqual([{}, [], []])
    expect(state.beginnings).toBe(2)
  })

  test('knows the time of the server on a device with a wrong clock', () => {
    expect(state.serverNow()).toBe(1_060_000)
  })

  test('does not concern readers of a topic with a change of another', () => {
    const seen: unknown[] = []
    const stop = $effect.root(() => {
      $effect(() => void seen.push(state.view('floor')))
    })
    flushSync()
    state.change({ set: { 'draft/es': { text: 'Buenos' } }, lines: { 'captions/es': [{ id: 'hub-9' }] } })
    flushSync()
    expect(seen).toEqual([{ session: 'opening' }])
    state.change({ set: { floor: { session: 'debate' } } })
    flushSync()
    expect(seen).toEqual([{ session: 'opening' }, { session: 'debate' }])
    stop()
  })

  test('shows what comes later to who asked before it was there', () => {
    const seen: unknown[] = []
    const stop = $effect.root(() => {
      const lines = $derived(state.track('en').lines.length)
      const people = $derived(state.view('presence')?.people)
      $effect(() => void seen.push([lines, people]))
    })
    flushSync()
    state.change({ lines: { 'captions/en': [{ id: 'hub-9' }] } })
    flushSync()
    state.change({ set: { presence: { people: 7 } } })
    flushSync()
    expect(seen).toEqual([
      [0, undefined],
      [1, undefined],
      [1, 7],
    ])
    stop()
  })
})
