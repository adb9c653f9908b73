import { expect, test } from 'vitest'
import { Announcer } from '../../../src/pages/watch/announcing'

const line = (id: number, words: number) => ({ id: `hub-${id}`, text: Array(words).fill(`w${id}`).join(' ') })

test('whole lines are announced, each once', () => {
  const announcer = new Announcer()
  expect(announcer.next(0)).toBeNull()
  announcer.add([line(1, 2), line(2, 1)])
  expect(announcer.next(0)).toEqual({ lines: ['w1 w1', 'w2'], left: 0 })
  expect(announcer.next(60_000)).toBeNull()
})

test('what is being spoken is not interrupted', () => {
  const announcer = new Announcer()
  announcer.add([line(1, 10)])
  announcer.next(0)
  announcer.add([line(2, 1)])
  expect(announcer.next(5_999)).toBeNull()
  expect(announcer.next(6_000)).toEqual({ lines: ['w2'], left: 0 })
})

test('of more than can be borne the newest are said, and how many were left out', () => {
  const announcer = new Announcer()
  announcer.add([line(1, 30), line(2, 30), line(3, 30)])
  expect(announcer.next(0)).toEqual({ lines: [line(2, 30).text, line(3, 30).text], left: 1 })
})

test('a line that is too long alone is said nevertheless', () => {
  const announcer = new Announcer()
  announcer.add([line(1, 5), line(2, 200)])
  expect(announcer.next(0)).toEqual({ lines: [line(2, 200).text], left: 1 })
})
