/** How sources are called, measured and reached. */
import { expect, test } from 'vitest'
import { breakable } from '../../../src/desks/webcast/breakable'
import { decibels, pictureFigures, seconds, soundFigures } from '../../../src/desks/webcast/figures'
import { loudness, place } from '../../../src/desks/webcast/loudness'
import { fetchWays, withoutKey } from '../../../src/desks/webcast/ways'
import {
  breakSaid,
  faultSaid,
  needsLook,
  nextStep,
  sourceTitle,
  stateName,
  sumOf,
} from '../../../src/desks/webcast/wording'
import type { SourceView } from '../../../src/live/wire'

test('a source is called by what it is, also one that is neither floor nor language', () => {
  expect(['floor', 'sign', 'es'].map(sourceTitle)).toEqual([
    'Programme: picture and floor',
    'Sign language',
    'Spanish channel',
  ])
})

test('a state is said in words, and what to do only where the server gives no reason', () => {
  const broken = { name: 'es', state: 'broken', last: 1_000 }
  expect(stateName(broken, 6_000)).toBe('Broken off 5 sec. ago')
  const waiting = { name: 'es', state: 'waiting' }
  expect(nextStep(waiting, null)).toBe('Start the stream in the encoder.')
  expect(nextStep({ ...waiting, advice: [{ code: 'wrong_key' }] }, null)).toBe('')
  expect(nextStep({ name: 'es', state: 'arriving' }, null)).toBe('')
})

test('a source that has broken off has advice, whatever else the server says of it', () => {
  const broken = { state: 'broken', last: 1_000, advice: [{ code: 'wrong_key' }] }
  const said = ['floor', 'sign', 'es'].map((name) => breakSaid({ ...broken, name }, null))
  expect(said.map((each) => each?.what)).toEqual([
    'The audience sees a slate.',
    'The audience sees no sign language.',
    'Listeners hear the floor.',
  ])
  for (const each of said) expect(each?.next).toContain('Look whether the encoder still sends')
  const way = { source: 'es', kind: 'pull' as const, server: '', key: '', origin: 'radio.example' }
  expect(breakSaid({ ...broken, name: 'es' }, way)?.next).toContain('It is tried again by itself.')
  expect(breakSaid({ name: 'es', state: 'arriving' }, null)).toBeNull()
})

test('only what needs a person counts', () => {
  const counts = (state: string, ...codes: string[]) =>
    needsLook({ name: 'es', state, advice: codes.map((code) => ({ code })) })
  expect([counts('waiting'), counts('unknown'), counts('arriving'), counts('arriving', 'leaps')]).toEqual([
    false,
    false,
    false,
    false,
  ])
  expect([
    counts('broken'),
    counts('refused'),
    counts('arriving', 'quiet'),
    counts('waiting', 'no_port'),
  ]).toEqual([true, true, true, true])
})

test('all sources are summed up by what matters most', () => {
  const [waiting, arriving, broken] = ['waiting', 'arriving', 'broken'].map((state) => ({
    name: state,
    state,
  }))
  const said = (...sources: (SourceView | undefined)[]) => sumOf(sources.filter((each) => each !== undefined))
  expect(said(waiting, arriving, broken)).toEqual({ said: '1 source needs a look.', off: true })
  expect(said(waiting, arriving)).toEqual({ said: '1 source has not come yet.', off: false })
  expect(said(arriving)).toEqual({ said: 'Everything arrives as it should.', off: false })
})

test('addresses and settings go on in the next line at a pause, and nowhere in a word', () => {
  expect(breakable('rtmp://localhost:19350/live')).toEqual(['rtmp://', 'localhost:19350/', 'live'])
  expect(breakable('set INTERCOMMUNITY_RTMP=yes. Or / so')).toEqual([
    'set INTERCOMMUNITY_',
    'RTMP=yes. Or / so',
  ])
})

test('every fault of the packager has words of its own, and what to do next', () => {
  const said = ['disk_full', 'disk_failed', 'no_ffmpeg', 'new_fault'].map(faultSaid)
  expect(new Set(said.map((each) => each.what)).size).toBe(4)
  expect(said.filter((each) => each.next === '')).toEqual([])
  expect(said.at(-1)?.what).toContain('new_fault')
})

test('loudness has four words and a place on the meter', () => {
  expect([-99, -50, -49, -38, -8, -7, 0].map(loudness)).toEqual([
    'silent',
    'silent',
    'quiet',
    'good',
    'good',
    'loud',
    'loud',
  ])
  expect([-99, -60, -30, 0, 3].map(place)).toEqual([0, 0, 0.5, 1, 1])
})

test('what arrives is told in figures that people know', () => {
  const picture = { codec: 'avc1.64001f', width: 1280, height: 720, fps: 25, kbit: 2310 }
  expect(pictureFigures(picture)).toEqual(['H.264', '1280 × 720', '25 frames a second', '2,310 kbit/s'])
  expect(soundFigures({ codec: 'aac', rate: 44_100, channels: 1, level: -20 })).toEqual([
    'AAC',
    '44.1 kHz',
    'mono',
  ])
  expect([seconds(420), decibels(-23.4)]).toEqual(['0.4 s', '-23 dB'])
})

test('an address is shown without the key that stands in it', () => {
  const way = {
    source: 'es',
    kind: 'srt' as const,
    server: 'srt://h:9001?passphrase=secret',
    key: 'secret',
    origin: '',
  }
  expect(withoutKey(way)).toBe('srt://h:9001?passphrase=…')
  expect(withoutKey({ ...way, server: 'rtmp://h/live' })).toBe('rtmp://h/live')
})

test('ways are asked for with the link’s secret; who may not see them is told none', async () => {
  const asked: [string, RequestInit][] = []
  const answering = (response: Response | null) => async (address: string, request: RequestInit) => {
    asked.push([address, request])
    if (response === null) throw new TypeError('no network')
    return response
  }
  const found = await fetchWays('forum', 't1', answering(Response.json({ streams: [{ source: 'es' }] })))
  expect(found).toEqual([{ source: 'es' }])
  expect(asked[0]?.[0]).toBe('/live/forum/streams')
  expect(asked[0]?.[1].headers).toEqual({ Authorization: 'Bearer t1' })
  expect(await fetchWays('forum', 't1', answering(new Response('{}', { status: 403 })))).toBeNull()
  expect(await fetchWays('forum', 't1', answering(null))).toBeNull()
})
