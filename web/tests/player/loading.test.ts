/** How old a playlist is when it comes. */
import { describe, expect, it } from 'vitest'
import { ageOf } from '../../src/player/loading'

const WRITTEN = Date.parse('2026-11-22T18:00:00.250Z')
const PLAYLIST =
  '#EXTM3U\n#EXT-X-TARGETDURATION:2\n# written 2026-11-22T18:00:00.250Z\n#EXTINF:2.00000,\n1.m4s\n'

describe('the age of a playlist', () => {
  it('is counted from when it was written', () => {
    expect(ageOf(PLAYLIST, WRITTEN + 1_700)).toBe(1_700)
  })

  it.each([
    ['is not known where nothing says so', '#EXTM3U\n', WRITTEN],
    ['is nothing by a clock that is behind', PLAYLIST, WRITTEN - 300],
    ['is not believed by a clock that is far ahead', PLAYLIST, WRITTEN + 60_000],
    ['is not read out of an address', '#EXTM3U\n#EXTINF:2,\na # written 2026-11-22T18:00:00Z.m4s\n', WRITTEN],
    ['is not read out of what is no moment', '#EXTM3U\n# written yesterday\n', WRITTEN],
  ])('%s', (_, playlist, now) => {
    expect(ageOf(playlist, now)).toBe(0)
  })
})
