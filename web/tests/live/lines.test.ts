import { expect, test } from 'vitest'
import { lineAt, prependLines, putLines, type Track } from '../../src/live/lines'

const line = (id: string, start: number, text = id) => ({ id, start, text })
const track = (...lines: Track['lines'][number][]): Track => ({ lines, earlier: false })
const ids = (of: Track) => of.lines.map((each) => each.id)

test('lines stand in the order in which they were said, whatever order they come in', () => {
  const put = putLines(track(line('hub-2', 20)), [line('hub-9', 30), line('hub-1', 10), line('hub-10', 30)])
  expect(ids(put)).toEqual(['hub-1', 'hub-2', 'hub-9', 'hub-10'])
})

test('a corrected line stays in its place, a retimed one moves', () => {
  const before = track(line('hub-1', 10), line('hub-2', 20), line('hub-3', 30))
  const put = putLines(before, [line('hub-2', 20, 'better'), line('hub-1', 25)])
  expect(put.lines).toEqual([line('hub-2', 20, 'better'), line('hub-1', 25), line('hub-3', 30)])
})

test('a struck line goes', () => {
  expect(ids(putLines(track(line('hub-1', 10), line('hub-2', 20)), [{ id: 'hub-1', struck: true }]))).toEqual(
    ['hub-2'],
  )
})

test('a late line from before what is held waits for the rest of its time', () => {
  const held = { lines: [line('hub-5', 50)], earlier: true }
  expect(ids(putLines(held, [line('hub-1', 10), line('hub-6', 60)]))).toEqual(['hub-5', 'hub-6'])
})

test('earlier lines come before, each once', () => {
  const held = { lines: [line('hub-2', 20), line('hub-3', 30)], earlier: true }
  const older = { lines: [line('hub-1', 10), line('hub-2', 20)], earlier: false }
  expect(prependLines(held, older)).toEqual(track(line('hub-1', 10), line('hub-2', 20), line('hub-3', 30)))
})

test('the line at a moment is the last one said by then', () => {
  const { lines } = track(line('hub-1', 10), line('hub-2', 20))
  expect([9, 10, 19, 20, 99].map((moment) => lineAt(lines, moment))).toEqual([-1, 0, 0, 1, 1])
})
