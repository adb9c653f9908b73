/** What people are told of each code that the server may give. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { saidOf } from '../../../src/desks/webcast/advice'
import type { Way } from '../../../src/desks/webcast/ways'

const SENT: Way = { source: 'es', kind: 'rtmp', server: 'rtmp://here/live', key: 'k', origin: '' }
const FETCHED: Way = { source: 'es', kind: 'pull', server: '', key: '', origin: 'radio.example' }
const CHANNEL = { language: 'Spanish', way: SENT }

/** The codes as docs/protocol.md lists them. */
const protocol = readFileSync('../docs/protocol.md', 'utf8')
const listed = protocol.slice(
  protocol.indexOf('and `advice?`: `code`'),
  protocol.indexOf('`GET /live/{slug}/streams`, for'),
)
const codes = [...listed.matchAll(/`([a-z_]+)`/g)]
  .map((each) => each[1] ?? '')
  .filter((each) => !['code', 'value'].includes(each))

test('every code has words, and what to do next', () => {
  expect(codes.length).toBeGreaterThan(20)
  for (const code of codes) {
    const said = saidOf({ code, value: '3' }, CHANNEL)
    expect(said.what, code).not.toContain(`(${code})`)
    expect(said.next, code).not.toBe('')
  }
})

test('a silent channel is told with its language, a silent floor as such', () => {
  const advice = { code: 'silent', value: '20' }
  expect(saidOf(advice, CHANNEL).what).toBe('The Spanish channel has been silent for 20 s.')
  expect(saidOf(advice, { language: '', way: SENT }).what).toBe(
    'Nothing has been heard on the floor for 20 s.',
  )
})

test('an address is told by its host, and a wrong key by where it came from', () => {
  expect(saidOf({ code: 'not_found' }, { language: 'Spanish', way: FETCHED }).what).toBe(
    'There is no such stream at radio.example.',
  )
  expect(saidOf({ code: 'wrong_key', value: '192.0.2.7' }, CHANNEL).what).toContain('192.0.2.7')
  expect(saidOf({ code: 'wrong_key' }, CHANNEL).what).toBe('Somebody has sent with another passphrase.')
})

test('a code of a newer server is told as it is', () => {
  expect(saidOf({ code: 'too_blue' }, CHANNEL).what).toContain('too_blue')
})
