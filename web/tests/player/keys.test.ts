/** The player's keys. */
import { describe, expect, it } from 'vitest'
import { ACTIONS, actionOf, shownOf } from '../../src/player/keys'

const pressed = (key: string, more = {}) => ({ key, ctrlKey: false, altKey: false, metaKey: false, ...more })
const made = (tag: string, type = '') => Object.assign(document.createElement(tag), type ? { type } : {})
const SCREEN = made('div')

describe('a key', () => {
  it.each([
    [' ', 'toggle'],
    ['k', 'toggle'],
    ['K', 'toggle'],
    ['j', 'back'],
    ['ArrowRight', 'on'],
    ['Home', 'beginning'],
    ['0', 'beginning'],
    ['End', 'live'],
    ['c', 'captions'],
    ['f', 'whole'],
    ['?', 'help'],
    ['x', null],
  ])('%s means %s', (key, action) => {
    expect(actionOf(pressed(key), SCREEN, false)).toBe(action)
  })

  it('means nothing with another held down', () => {
    expect(actionOf(pressed('c', { ctrlKey: true }), SCREEN, false)).toBeNull()
    expect(actionOf(pressed('f', { metaKey: true }), SCREEN, false)).toBeNull()
  })

  it('is not taken from who types or chooses', () => {
    expect(actionOf(pressed('k'), made('textarea'), false)).toBeNull()
    expect(actionOf(pressed('k'), made('select'), false)).toBeNull()
    expect(actionOf(pressed(' '), made('button'), false)).toBeNull()
    expect(actionOf(pressed('ArrowLeft'), made('input', 'range'), false)).toBeNull()
    expect(actionOf(pressed('m'), made('input', 'range'), false)).toBe('mute')
  })

  it('is written as it is pressed, in both directions', () => {
    expect([shownOf('back', false), shownOf('back', true)]).toEqual([
      ['J', '←'],
      ['J', '→'],
    ])
    expect(shownOf('beginning', true)).toEqual(['0', 'Home'])
  })

  it('goes the way of the script, where it is an arrow', () => {
    expect(actionOf(pressed('ArrowLeft'), SCREEN, true)).toBe('on')
    expect(actionOf(pressed('j'), SCREEN, true)).toBe('back')
  })

  it('means one thing alone', () => {
    const keys = Object.values(ACTIONS).flatMap((each) => [...each.keys])
    expect(new Set(keys).size).toBe(keys.length)
  })
})
