/** The player's own decisions, with an engine that does as it is told. */
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { WatchPage } from '../../src/pages/watch/page.svelte'
import type { Wish } from '../../src/player/engine'
import { Player, type Playing } from '../../src/player/player.svelte'
import { NOTHING } from '../../src/player/renditions'
import { settings } from '../../src/player/settings'

const BEGAN = 1_700_000_000_000
const CHANNELS = ['mul', 'en', 'es'].map((language) => ({
  language,
  name: language,
  address: `/${language}`,
}))
const LINE = { id: 'hub-1', start: BEGAN + 10_000, end: BEGAN + 12_000, text: 'The bridge is open.' }

/** A <video> that plays when it is told to; nobody hears it. */
function madeVideo() {
  const video = document.createElement('video')
  const state = { paused: false, readyState: 4, ended: false, currentTime: 12 }
  for (const name of Object.keys(state) as (keyof typeof state)[])
    Object.defineProperty(video, name, {
      get: () => state[name],
      set: (value) => (state[name] = value as never),
    })
  video.play = async () => Object.assign(state, { paused: false }) as never
  video.pause = () => Object.assign(state, { paused: true })
  return { video, state }
}

function madeEngine() {
  const wishes: Wish[] = []
  const heard: string[] = []
  const engine: Playing = {
    offer: { ...NOTHING, channels: CHANNELS, pictureBits: 700_000, soundBits: 57_600 },
    languages: CHANNELS.map((each) => each.language),
    lost: false,
    moment: BEGAN + 12_000,
    isThere: true,
    span: [0, 20],
    ended: false,
    isLive: false,
    carries: 0,
    isSmaller: false,
    open: async (wish) => void wishes.push(wish),
    close: () => {},
    hear: (language) => void heard.push(language),
    goTo: () => {},
    goToMoment: () => {},
    momentOf: () => null,
    hurry: () => {},
  }
  return { engine, wishes, heard }
}

function madePage() {
  const followed: string[][] = []
  const views: Record<string, unknown> = { media: { run: 'first' } }
  const state = {
    view: (topic: string) => views[topic] ?? null,
    track: () => ({ lines: [LINE], earlier: false }),
    serverNow: () => BEGAN + 20_000,
  }
  const live = {
    state,
    slug: 'forum',
    token: null,
    follow: (languages: string[]) => void followed.push(languages),
    followAgain: () => page.live.follow(['']),
    fetchEarlier: async () => false,
  }
  const page = { live, reading: 'en', reader: { until: Infinity }, floor: null, goTo: async () => {} }
  return { page: page as unknown as WatchPage, followed, views, reader: page.reader }
}

function playing() {
  const [video, engine, page] = [madeVideo(), madeEngine(), madePage()]
  const player = new Player(video.video, page.page, () => engine.engine)
  player.start()
  return { player, ...video, ...engine, ...page, beats: (ms: number) => vi.advanceTimersByTime(ms) }
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'setTimeout', 'performance'] })
  Object.assign(settings, { mode: 'picture', sound: '', captions: '', lastCaptions: '', atOnce: false })
  return () => {
    vi.clearAllTimers()
    vi.useRealTimers()
  }
})

describe('the player', () => {
  it('begins at live, in the language that is read where it is interpreted', () => {
    const { player, wishes, beats } = playing()
    expect(wishes).toEqual([{ picture: true, language: 'mul', moment: null }])
    beats(100)
    expect(player.sound).toBe('en')
  })

  it('shows words when they are heard, and at once where that is wanted', () => {
    const { player, reader, engine, beats } = playing()
    Object.assign(engine, { moment: LINE.start - 1 })
    beats(100)
    expect([reader.until, player.captions]).toEqual([LINE.start - 1, []])
    Object.assign(engine, { moment: LINE.start })
    beats(100)
    expect([reader.until, player.captions.map((each) => each.text)]).toEqual([LINE.start, [LINE.text]])
    settings.atOnce = true
    beats(100)
    expect(reader.until).toBe(Infinity)
  })

  it('leaves the words as they are while something is being opened', () => {
    const { reader, engine, beats } = playing()
    Object.assign(engine, { moment: LINE.start })
    beats(100)
    Object.assign(engine, { moment: null, isThere: false })
    beats(1_000)
    expect(reader.until).toBe(LINE.start)
  })

  it('goes down to the sound at its place where the line is too slow, and says so', () => {
    const { player, state, wishes, beats } = playing()
    beats(1_000)
    state.readyState = 2
    beats(6_000)
    expect(wishes.slice(1)).toEqual([{ picture: false, language: 'en', moment: BEGAN + 12_000 }])
    state.readyState = 4
    beats(500)
    expect([player.mode, player.lowered, player.notice]).toEqual(['sound', true, 'no_picture'])
  })

  it('waits for a server that is away, says so, and stays what it is', () => {
    const { player, state, engine, wishes, beats } = playing()
    beats(1_000)
    state.readyState = 2
    Object.assign(engine, { lost: true })
    beats(60_000)
    expect([wishes.length, player.mode, player.notice]).toEqual([1, 'picture', 'lost'])
  })

  it('hears another language without opening anything, and remembers it', () => {
    const { player, heard, wishes } = playing()
    player.hear('es')
    expect([heard, wishes.length, settings.sound, player.sound]).toEqual([['es'], 1, 'es', 'es'])
  })

  it('keeps its place from mode to mode, and follows live where it was there', () => {
    const { player, engine, wishes } = playing()
    player.choose('sound')
    Object.assign(engine, { isLive: true })
    player.choose('picture')
    expect(wishes.slice(1).map((each) => each.moment)).toEqual([BEGAN + 12_000, null])
  })

  it('puts captions away and brings the same ones back', () => {
    const { player, followed } = playing()
    player.caption('es')
    player.toggleCaptions()
    expect(player.track).toBe('none')
    player.toggleCaptions()
    expect([player.track, followed]).toEqual(['es', [['en', 'es'], ['en'], ['en', 'es']]])
  })

  it('opens another webcast where one takes the place of the first', () => {
    const { views, wishes, beats } = playing()
    beats(100)
    views.media = { run: 'second' }
    beats(100)
    expect(wishes.length).toBe(2)
  })

  it('plays again from the beginning when all has been played', () => {
    const { player, state, engine } = playing()
    const went: number[] = []
    Object.assign(engine, { goTo: (place: number) => void went.push(place), ended: true })
    Object.assign(state, { ended: true, paused: true })
    player.toggle()
    expect(went).toEqual([0])
  })
})
