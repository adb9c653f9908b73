import { describe, expect, test } from 'vitest'
import { Parser } from '../../src/live/sse'

const STREAM =
  'event: now\nid: L1.1\ndata: {"a":1}\n\n: heartbeat\n\nid: L1.2\ndata: {\ndata: }\n\ndata:draft\n\n'
const MESSAGES = [
  { event: 'now', id: 'L1.1', data: '{"a":1}' },
  { event: 'message', id: 'L1.2', data: '{\n}' },
  { event: 'message', id: null, data: 'draft' },
]

describe('the parser', () => {
  test('reads messages with and without an id, and no comments', () => {
    expect(new Parser().push(STREAM)).toEqual(MESSAGES)
  })

  test.each(['\r\n', '\r', '\n'])('reads the same in pieces of one character, lines ending in %j', (end) => {
    const parser = new Parser()
    const text = `${STREAM.replaceAll('\n', end)}:${end}`
    expect([...text].flatMap((character) => parser.push(character))).toEqual(MESSAGES)
  })

  test('keeps what is unfinished for the next piece', () => {
    const parser = new Parser()
    expect(parser.push('data: half')).toEqual([])
    expect(parser.push('\n')).toEqual([])
    expect(parser.push('\n')).toEqual([{ event: 'message', id: null, data: 'half' }])
  })

  test('takes away one space only', () => {
    expect(new Parser().push('data:  two\n\n')).toEqual([{ event: 'message', id: null, data: ' two' }])
  })
})
