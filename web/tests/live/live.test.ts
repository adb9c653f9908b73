import { beforeEach, describe, expect, test } from 'vitest'
import { Live } from '../../src/live/live'
import { settled, TestWorld } from './world'

const now = (...ids: string[]) => {
  const lines = ids.map((id, index) => ({ id, start: 100 + index }))
  return `event: now\nid: L1.1\ndata: ${JSON.stringify({ id: 'L1.1', views: {}, lines: { 'captions/es': { lines, earlier: true } } })}\n\n`
}

describe('a meeting that is followed', () => {
  let world: TestWorld
  let live: Live
  beforeEach(() => {
    world = new TestWorld()
    live = new Live('forum', null, world)
  })

  test('is asked for in every language of the page, the first above all', async () => {
    live.follow(['es', 'en'])
    expect(world.requests[0]?.address).toBe('/live/forum/stream?lang=es&lang=en')
    expect(world.header(0, 'Accept-Language')).toBe('es')
    live.stop()
  })

  test('keeps what it shows until the new language is there', async () => {
    const [spanish, english] = [world.stream(), world.stream()]
    live.follow(['es'])
    await settled()
    spanish.say(now('hub-1'))
    await settled()
    live.follow(['en'])
    await settled()
    expect(live.state.track('es').lines.length).toBe(1)
    english.say(
      'event: now\ndata: {"id": "L1.1", "views": {}, "lines": {"captions/en": {"lines": [{"id": "hub-1"}]}}}\n\n',
    )
    await settled()
    expect([live.state.track('es').lines.length, live.state.track('en').lines.length]).toEqual([0, 1])
    live.stop()
  })

  test('fetches what was said before the first line held', async () => {
    const server = world.stream()
    live.follow(['es'])
    await settled()
    server.say(now('hub-5', 'hub-6'))
    await settled()
    world.answer(200, { lines: [{ id: 'hub-4', start: 50 }] })
    expect(await live.fetchEarlier('es')).toBe(true)
    expect(world.requests.at(-1)?.address).toBe('/live/forum/captions/es?before=100%2Chub-5&most=100')
    expect(live.state.track('es').lines.map((line) => line.id)).toEqual(['hub-4', 'hub-5', 'hub-6'])
    expect(await live.fetchEarlier('es')).toBe(false)
    live.stop()
  })
})
