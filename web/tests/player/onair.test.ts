/** News of what is on the air, as it is heard. */
import { describe, expect, it } from 'vitest'
import { OnAir } from '../../src/player/onair'

const NOW = 1_700_000_000_000

describe('what is on the air', () => {
  it('is as it was when that was said which is heard', () => {
    const onAir = new OnAir()
    const [before, silent, after] = [{}, { floor: ['es'] }, {}]
    onAir.note(before, NOW)
    onAir.note(silent, NOW + 10_000)
    onAir.note(after, NOW + 20_000)
    expect(onAir.at(NOW + 8_000)).toBe(before)
    expect(onAir.at(NOW + 9_000)).toBe(silent)
    expect(onAir.at(NOW + 18_999)).toBe(silent)
    expect(onAir.at(NOW + 19_000)).toBe(after)
    expect(onAir.latest).toBe(after)
  })

  it('is taken to have been so before somebody came', () => {
    const onAir = new OnAir()
    const first = { slate: true }
    onAir.note(first, NOW)
    expect(onAir.at(NOW - 60_000)).toBe(first)
  })

  it('is nothing before anything is known', () => {
    expect(new OnAir().at(NOW)).toBeNull()
  })
})
