/** How unfinished words travel. */
import { expect, test } from 'vitest'
import { Drafting } from '../../../src/desks/captions/drafting'

/** A port whose time and whose answers come when the test says so. */
function port() {
  const sent: string[] = []
  const timers: (() => void)[] = []
  const answers: (() => void)[] = []
  return {
    sent,
    tick: () => {
      for (const call of timers.splice(0)) call()
    },
    answer: async () => {
      answers.shift()?.()
      for (let turn = 0; turn < 5; turn++) await Promise.resolve()
    },
    send: (text: string) => {
      sent.push(text)
      return new Promise<void>((resolve) => answers.push(resolve))
    },
    after: (_ms: number, call: () => void) => {
      timers.push(call)
      return () => timers.splice(timers.indexOf(call), 1)
    },
  }
}

test('what was typed within the time is sent once, as it stands then', () => {
  const line = port()
  const drafting = new Drafting(line)
  drafting.type('h', '')
  drafting.type('he', '')
  expect(line.sent).toEqual([])
  line.tick()
  expect(line.sent).toEqual(['he'])
})

test('on a slow line one draft is on the way and the latest follows', async () => {
  const line = port()
  const drafting = new Drafting(line)
  for (const text of ['a', 'ab', 'abc']) {
    drafting.type(text, '')
    line.tick()
  }
  expect(line.sent).toEqual(['a'])
  await line.answer()
  line.tick()
  expect(line.sent).toEqual(['a', 'abc'])
})

test('a line takes its draft with it', async () => {
  const line = port()
  const drafting = new Drafting(line)
  drafting.type('words', '')
  drafting.sentAsLine()
  line.tick()
  expect(line.sent).toEqual([])
})

test('a draft that was still on the way when the line went out is taken away', async () => {
  const line = port()
  const drafting = new Drafting(line)
  drafting.type('words', '')
  line.tick()
  drafting.sentAsLine()
  await line.answer()
  line.tick()
  expect(line.sent).toEqual(['words', ''])
})
