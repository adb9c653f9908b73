/** What a typed line is taken for. */
import { expect, test } from 'vitest'
import {
  beginsTurn,
  isLongPaste,
  isRemark,
  speakerKey,
  speakersInOrder,
} from '../../../src/desks/captions/writing'
import type { MeetingView } from '../../../src/live/types'

test('a line that stands in brackets is a remark', () => {
  expect(['(applause)', ' [music] ', 'Hello (again)', '(a) and (b)', '(open'].map(isRemark)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ])
})

test('another speaker begins a turn, also over a remark', () => {
  const lines = [
    { id: 'a', speaker: 'ana' },
    { id: 'b', remark: true },
  ]
  expect([
    beginsTurn('ana', lines),
    beginsTurn('ben', lines),
    beginsTurn('', lines),
    beginsTurn('', []),
  ]).toEqual([false, true, true, true])
})

test('what is long or has lines is not pasted into the field', () => {
  expect(['short', 'one\ntwo', 'one\n', 'x'.repeat(241)].map(isLongPaste)).toEqual([false, true, false, true])
})

test('speakers of the open session come first', () => {
  const speakers = ['a', 'b', 'c'].map((id) => ({ id, name: id }))
  const session = { id: 's', title: {}, starts: 0, minutes: 1, speakers: ['c', 'gone', 'b'] }
  const meeting = { speakers, sessions: [session] } as unknown as MeetingView
  const ids = (open: string) => speakersInOrder(meeting, open).map((each) => each.id)
  expect([ids('s'), ids(''), speakersInOrder(null, 's')]).toEqual([['c', 'b', 'a'], ['a', 'b', 'c'], []])
})

test('function keys and digits with Alt choose a speaker', () => {
  const press = (key: string, code: string, altKey = false, ctrlKey = false) =>
    speakerKey({ key, code, altKey, ctrlKey, metaKey: false })
  expect([
    press('F1', 'F1'),
    press('F9', 'F9'),
    press('¡', 'Digit1', true),
    press('1', 'Digit1'),
    press('F10', 'F10'),
    press('F4', 'F4', true),
    press('F1', 'F1', false, true),
  ]).toEqual([0, 8, 0, -1, -1, -1, -1])
})
