import { beforeEach, describe, expect, test } from 'vitest'
import { Live } from '../../../src/live/live'
import { Reader } from '../../../src/pages/watch/reader.svelte'
import { settled, TestWorld } from '../../live/world'

const lines = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => ({
    id: `hub-${from + index}`,
    start: from + index,
    text: 'words',
  }))

describe('a reader', () => {
  let world: TestWorld
  let live: Live
  let reader: Reader
  const begin = (language: string, from: number, to: number, earlier = from > 0) =>
    live.state.begin({
      id: 'L.1',
      views: {},
      lines: { [`captions/${language}`]: { lines: lines(from, to), earlier } },
    })
  const take = (language: string) => reader.take(language, live.state.track(language))
  const shownIds = () => [reader.shown.language, reader.shown.lines[0]?.id, reader.shown.lines.at(-1)?.id]

  beforeEach(() => {
    world = new TestWorld()
    live = new Live('forum', null, world)
    reader = new Reader(live)
    begin('en', 1_000, 1_060)
    take('en')
  })

  test('follows what is said', () => {
    live.state.change({ lines: { 'captions/en': lines(1_060, 1_062) } })
    take('en')
    expect(shownIds()).toEqual(['en', 'hub-1000', 'hub-1061'])
    expect([reader.following, reader.fresh]).toEqual([true, 0])
  })

  test('counts what is new while somebody reads back, and none after the return', () => {
    reader.leaveLive()
    live.state.change({ lines: { 'captions/en': lines(1_060, 1_063) } })
    take('en')
    expect(reader.fresh).toBe(3)
    reader.backToLive()
    expect([reader.following, reader.fresh]).toEqual([true, 0])
  })

  test('keeps what it shows while another language is on its way', () => {
    take('es')
    expect(shownIds()).toEqual(['en', 'hub-1000', 'hub-1059'])
    begin('es', 1_000, 1_060)
    take('es')
    expect(shownIds()).toEqual(['es', 'hub-1000', 'hub-1059'])
  })

  test('shows another language only once it reaches back to the place that is read', async () => {
    reader.leaveLive()
    reader.place = { id: 'hub-900', start: 900 }
    world.answer(200, { lines: lines(500, 1_000), earlier: true })
    begin('es', 1_000, 1_060)
    take('es')
    expect(reader.shown.language).toBe('en')
    await settled()
    expect(shownIds()).toEqual(['es', 'hub-750', 'hub-1059'])
    expect(reader.shown.earlier).toBe(true)
  })

  test('fetches earlier lines on scrolling back', async () => {
    reader.leaveLive()
    world.answer(200, { lines: lines(900, 1_000), earlier: true })
    await reader.showEarlier()
    expect(shownIds()).toEqual(['en', 'hub-900', 'hub-1059'])
  })

  test('finds a line however far back it is', async () => {
    world.answer(200, { lines: lines(500, 1_000), earlier: true })
    world.answer(200, { lines: lines(0, 500) })
    expect((await reader.goTo({ line: 'hub-3' }))?.id).toBe('hub-3')
    expect([shownIds()[1], reader.shown.later, reader.following]).toEqual(['hub-0', true, false])
  })

  test('finds what was said at a moment, and the first line for one before all', async () => {
    expect((await reader.goTo({ moment: 1_030 }))?.id).toBe('hub-1030')
    world.answer(200, { lines: lines(999, 1_000) })
    expect((await reader.goTo({ moment: 5 }))?.id).toBe('hub-999')
  })

  test('has nothing for a line that is not there', async () => {
    begin('en', 0, 10)
    take('en')
    expect(await reader.goTo({ line: 'elsewhere-1' })).toBeNull()
  })
})
