import { beforeEach, describe, expect, test } from 'vitest'
import { Refusal, randomKey, sendCommand, Unreachable } from '../../src/live/commands'
import { TestWorld } from './world'

const PORT = { address: '/live/forum/commands', token: 'secret', speaks: 'es' }
const ASK = { kind: 'ask_question', text: '¿Por qué?', language: 'es' } as const

describe('sending a command', () => {
  let world: TestWorld
  beforeEach(() => {
    world = new TestWorld()
  })
  const bodies = () => world.requests.map(({ request }) => JSON.parse(String(request.body)))

  test('resolves to the ids that came of it', async () => {
    world.answer(200, { ids: ['hub-9'] })
    expect(await sendCommand(ASK, PORT, world)).toEqual({ ids: ['hub-9'] })
    expect(world.header(0, 'Authorization')).toBe('Bearer secret')
    expect(bodies()[0]).toEqual({ ...ASK, key: expect.stringMatching(/^[0-9a-f]{32}$/) })
  })

  test('tries again under the same key when nothing comes back', async () => {
    const sent = sendCommand(ASK, PORT, world)
    await world.pass(499)
    expect(world.requests.length).toBe(1)
    world.answer(200, { ids: ['hub-9'] })
    await world.pass(1)
    expect(await sent).toEqual({ ids: ['hub-9'] })
    expect(bodies()[0].key).toBe(bodies()[1].key)
  })

  test('tries again when a server in between fails', async () => {
    world.answer(502, {})
    world.answer(200, { ids: [] })
    const sent = sendCommand(ASK, PORT, world)
    await world.pass(500)
    expect(await sent).toEqual({ ids: [] })
  })

  test('hands on the sentence of a refusal and does not insist', async () => {
    world.answer(409, {
      code: 'poll_closed',
      message: 'La votación está cerrada.',
      details: { poll: 'hub-2' },
    })
    const refusal = await sendCommand(ASK, PORT, world).catch((error) => error)
    expect(refusal).toBeInstanceOf(Refusal)
    expect([refusal.status, refusal.code, refusal.message, refusal.details]).toEqual([
      409,
      'poll_closed',
      'La votación está cerrada.',
      { poll: 'hub-2' },
    ])
    expect(world.requests.length).toBe(1)
  })

  test('gives up in the end', async () => {
    const sent = sendCommand(ASK, PORT, world).catch((error) => error)
    await world.pass(15_500)
    expect(await sent).toBeInstanceOf(Unreachable)
    expect(world.requests.length).toBe(6)
  })

  test('every wish has a key of its own', () => {
    expect(randomKey()).not.toBe(randomKey())
  })
})
