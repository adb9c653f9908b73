import { beforeEach, describe, expect, test } from 'vitest'
import type { Message } from '../../src/live/sse'
import { type Connection, Stream } from '../../src/live/stream'
import { settled, TestWorld } from './world'

class Notes {
  messages: Message[] = []
  connections: Connection[] = []
  onMessage = (message: Message) => void this.messages.push(message)
  onConnection = (connection: Connection) => void this.connections.push(connection)
}

describe('a stream', () => {
  let world: TestWorld
  let notes: Notes
  const open = (token: string | null = null) => {
    const stream = new Stream({ address: '/live/forum/stream?lang=es', token, speaks: 'es' }, notes, world)
    void stream.run()
    return stream
  }

  beforeEach(() => {
    world = new TestWorld()
    notes = new Notes()
  })

  test('hands messages on and says that it is live', async () => {
    const server = world.stream()
    open('secret')
    await settled()
    server.say('event: now\nid: L1.1\ndata: {}\n\n')
    await settled()
    expect(notes.messages).toEqual([{ event: 'now', id: 'L1.1', data: '{}' }])
    expect(notes.connections).toEqual([{ state: 'live' }])
    expect(world.header(0, 'Authorization')).toBe('Bearer secret')
    expect(world.header(0, 'Last-Event-ID')).toBeUndefined()
  })

  test('resumes after a break from the last id, not from what had none', async () => {
    const [before, after] = [world.stream(), world.stream()]
    open()
    await settled()
    before.say('id: L1.7\ndata: {}\n\ndata: {}\n\n')
    await settled()
    before.break()
    await settled()
    expect(notes.connections.at(-1)).toEqual({ state: 'interrupted', since: 1_000_000 })
    await world.pass(2_000)
    after.say(': still here\n\n')
    await settled()
    expect(world.header(1, 'Last-Event-ID')).toBe('L1.7')
    expect(notes.connections.at(-1)).toEqual({ state: 'live' })
  })

  test('takes silence for a break, but not a heartbeat', async () => {
    const server = world.stream()
    open()
    await settled()
    server.say(': hello\n\n')
    await world.pass(34_000)
    server.say(': heartbeat\n\n')
    await world.pass(34_000)
    expect(notes.connections).toEqual([{ state: 'live' }])
    await world.pass(1_000)
    expect(notes.connections.at(-1)).toEqual({ state: 'interrupted', since: 1_069_000 })
  })

  test('waits longer from attempt to attempt, and says only once since when', async () => {
    open()
    await world.pass(13_999)
    expect(world.requests.length).toBe(3)
    await world.pass(1)
    expect(world.requests.length).toBe(4)
    expect(notes.connections).toEqual([{ state: 'interrupted', since: 1_000_000 }])
  })

  test('starts with short waits again after it was live', async () => {
    open()
    await world.pass(5_999)
    const server = world.stream()
    await world.pass(1)
    server.say(': hello\n\n')
    await settled()
    server.break()
    await world.pass(2_000)
    expect(world.requests.length).toBe(4)
  })

  test('tries soon when the device wakes up', async () => {
    open()
    await world.pass(14_100)
    expect(world.requests.length).toBe(4)
    world.wake()
    await world.pass(500)
    expect(world.requests.length).toBe(5)
  })

  test('doubts on waking up what was silent for long, and only that', async () => {
    const server = world.stream()
    open()
    await settled()
    server.say(': hello\n\n')
    await settled()
    world.time += 19_000
    world.wake()
    await settled()
    expect(notes.connections).toEqual([{ state: 'live' }])
    world.time += 2_000
    world.wake()
    await settled()
    expect(notes.connections.at(-1)).toEqual({ state: 'interrupted', since: 1_021_000 })
  })

  test('breaks off as soon as the network is lost, and is back soon after it is', async () => {
    const [before, after] = [world.stream(), world.stream()]
    open()
    await settled()
    before.say('id: L1.7\ndata: {}\n\n')
    await settled()
    world.lose()
    await settled()
    expect(notes.connections.at(-1)).toEqual({ state: 'interrupted', since: 1_000_000 })
    world.wake()
    await world.pass(500)
    after.say(': still here\n\n')
    await settled()
    expect(world.header(1, 'Last-Event-ID')).toBe('L1.7')
    expect(notes.connections.at(-1)).toEqual({ state: 'live' })
    expect(world.watched).toBe(1)
  })

  test.each([401, 403, 404])('says so and stops when it is refused with %d', async (status) => {
    world.answer(status, { code: 'token_revoked', message: 'Este enlace ya no vale.' })
    open()
    await world.pass(60_000)
    expect(notes.connections).toEqual([
      { state: 'refused', code: 'token_revoked', message: 'Este enlace ya no vale.' },
    ])
    expect(world.requests.length).toBe(1)
  })

  test.each([429, 502, 503])('tries again after %d', async (status) => {
    world.answer(status, {})
    open()
    await world.pass(2_000)
    expect(world.requests.length).toBe(2)
  })

  test('says nothing more once it is stopped', async () => {
    const server = world.stream()
    const stream = open()
    await settled()
    server.say('data: {}\n\n')
    stream.stop()
    await world.pass(60_000)
    expect([notes.messages, notes.connections, world.requests.length]).toEqual([[], [], 1])
  })
})
