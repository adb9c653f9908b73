/** Which size of the picture is fetched, as the line goes down and comes back. */
import { describe, expect, it } from 'vitest'
import { Sizing } from '../../src/player/sizing'

const SMALL = 400_000
const LARGE = 2_000_000
const PLAYS = 2

/** A segment of the large picture on its way over a line that carries so many bits a second. */
const underway = (carries: number, ms: number, inHand: number) => ({
  loaded: (carries * ms) / 8_000,
  total: (LARGE * PLAYS) / 8,
  ms,
  plays: PLAYS,
  inHand,
})

/** Segments that come at so many bits a second, one every two seconds; the size after each. */
function fed(sizing: Sizing, pace: number, from: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) => {
    sizing.came(pace, sizing.size ? LARGE : SMALL, from + index * PLAYS * 1_000)
    return sizing.size
  })
}

const large = () => new Sizing([SMALL, LARGE], LARGE)

describe('at first', () => {
  it('takes the largest that the line is known to carry', () => {
    expect(large().size).toBe(1)
    expect(new Sizing([SMALL, LARGE], LARGE - 1).size).toBe(0)
    expect(new Sizing([SMALL], SMALL / 2).size).toBe(0)
  })

  it('goes up with the first segment that shows that it can', () => {
    expect(fed(new Sizing([SMALL, LARGE], SMALL), 3 * LARGE, 0, 1)).toEqual([1])
  })
})

describe('down', () => {
  it('stays while the rest comes in time', () => {
    const sizing = large()
    sizing.look(underway(LARGE, 1_000, 2), 0)
    sizing.look(underway(LARGE / 2, 100, 0.5), 0)
    expect(sizing.size).toBe(1)
  })

  it('goes in the middle of a segment that would come too late', () => {
    const sizing = large()
    sizing.look(underway(LARGE / 2, 500, 2.5), 0)
    expect(sizing.size).toBe(0)
  })

  it('does not where the smaller one would take longer than the rest', () => {
    const sizing = large()
    sizing.look(underway(LARGE / 2, 3_500, 0.1), 0)
    expect(sizing.size).toBe(1)
  })

  it('goes where nothing comes at all, and not before an answer can be there', () => {
    const sizing = large()
    const nothing = { loaded: 0, total: 0, plays: PLAYS, inHand: 2 }
    sizing.look({ ...nothing, ms: 600 }, 0)
    expect(sizing.size).toBe(1)
    sizing.look({ ...nothing, ms: 2_000 }, 0)
    expect(sizing.size).toBe(0)
  })

  it('takes the largest that comes in time', () => {
    const sizing = new Sizing([SMALL, LARGE / 2, LARGE], LARGE)
    sizing.look(underway(LARGE * 0.7, 500, 2), 0)
    expect(sizing.size).toBe(1)
  })
})

describe('up', () => {
  function lowered(): Sizing {
    const sizing = large()
    sizing.look(underway(LARGE / 2, 500, 1), 0)
    return sizing
  }

  it('waits until three segments have come fast enough', () => {
    expect(fed(lowered(), 2 * LARGE, 2_000, 4)).toEqual([0, 0, 1, 1])
    expect(fed(lowered(), LARGE, 2_000, 20)).not.toContain(1)
  })

  it('goes by what the large picture was, and not by what was told of it', () => {
    const sizing = new Sizing([SMALL, SMALL], LARGE)
    fed(sizing, LARGE, 0, 1)
    sizing.look(underway(LARGE / 2, 500, 1), 2_000)
    expect(fed(sizing, LARGE, 4_000, 20)).not.toContain(1)
  })

  it('waits twice as long each time that it was of no use', () => {
    const sizing = lowered()
    const waited: number[] = []
    let now = 0
    for (let tried = 0; tried < 3; tried++) {
      const from = now
      for (; !sizing.size; now += sizing.size ? 0 : 1_000) fed(sizing, 2 * LARGE, now, 1)
      waited.push(now - from)
      sizing.look(underway(LARGE / 2, 500, 1), now)
    }
    expect(waited).toEqual([6_000, 12_000, 24_000])
  })
})
