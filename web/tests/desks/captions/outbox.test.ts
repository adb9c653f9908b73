/** How lines leave the desk: in order, each once, also over a bad line. */
import { expect, test } from 'vitest'
import { Outbox, type OutboxPort, type Outgoing } from '../../../src/desks/captions/outbox'
import { Refusal, Unreachable } from '../../../src/live/commands'

const line = (text: string): Outgoing => ({
  track: 'en',
  text,
  speaker: '',
  turn: false,
  remark: false,
  entered: 0,
})
const settle = async () => {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve()
}

/** A port that answers each write with what the test has laid ready: an id, or an error. */
function port(answers: (string | Error)[], arrived: (line: Outgoing) => string | null = () => null) {
  const seen = { writes: [] as string[], written: [] as string[], refused: [] as string[], waiting: 0 }
  const timers: (() => void)[] = []
  const made: OutboxPort = {
    write: async (each, late) => {
      seen.writes.push(late ? `${each.text} (late)` : each.text)
      const answer = answers.shift() ?? 'id'
      if (answer instanceof Error) throw answer
      return answer
    },
    arrived,
    refused: (each) => seen.refused.push(each.text),
    written: (each, id) => seen.written.push(`${each.text} ${id}`),
    changed: (waiting) => {
      seen.waiting = waiting.length
    },
    after: (_ms, call) => {
      timers.push(call)
      return () => {}
    },
  }
  const tick = async () => {
    for (const call of timers.splice(0)) call()
    await settle()
  }
  return { made, seen, tick }
}

test('lines go out in the order in which they were entered', async () => {
  const { made, seen } = port(['a-1', 'a-2'])
  const outbox = new Outbox(made)
  outbox.add(line('one'))
  outbox.add(line('two'))
  expect(seen.waiting).toBe(2)
  await settle()
  expect(seen).toEqual({ writes: ['one', 'two'], written: ['one a-1', 'two a-2'], refused: [], waiting: 0 })
})

test('a line that did not get through holds back those behind it, and all go out late', async () => {
  const { made, seen, tick } = port([new Unreachable(), 'a-1', 'a-2'])
  const outbox = new Outbox(made)
  outbox.add(line('one'))
  outbox.add(line('two'))
  await settle()
  expect(seen).toMatchObject({ writes: ['one'], waiting: 2 })
  await tick()
  expect(seen).toMatchObject({ writes: ['one', 'one (late)', 'two (late)'], waiting: 0 })
})

test('a line that arrived without an answer is not sent again', async () => {
  const { made, seen, tick } = port([new Unreachable()], (each) => (each.text === 'one' ? 'a-7' : null))
  new Outbox(made).add(line('one'))
  await settle()
  await tick()
  expect(seen).toMatchObject({ writes: ['one'], written: ['one a-7'], waiting: 0 })
})

test('a refused line is told and does not hold back the next', async () => {
  const { made, seen } = port([new Refusal(403, { code: 'track_not_yours' }), 'a-2'])
  const outbox = new Outbox(made)
  outbox.add(line('one'))
  outbox.add(line('two'))
  await settle()
  expect(seen).toMatchObject({ written: ['two a-2'], refused: ['one'], waiting: 0 })
})

test('too fast is no refusal for good', async () => {
  const { made, seen, tick } = port([new Refusal(429, { code: 'too_fast' }), 'a-1'])
  new Outbox(made).add(line('one'))
  await settle()
  expect(seen.refused).toEqual([])
  await tick()
  expect(seen.written).toEqual(['one a-1'])
})
