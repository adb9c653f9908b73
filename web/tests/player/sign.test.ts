/** A second picture in step with the first. */
import { describe, expect, it } from 'vitest'
import { Patience, paceOf } from '../../src/player/sign'

describe('its pace', () => {
  it('is that of the first where they are in step', () => {
    expect([0, 0.02, -0.02].map(paceOf)).toEqual([1, 1, 1])
  })

  it('is a little faster behind and slower ahead, and never strange', () => {
    expect(paceOf(0.1)).toBeCloseTo(1.05)
    expect(paceOf(-0.1)).toBeCloseTo(0.95)
    expect([0.9, -0.9].map(paceOf)).toEqual([1.1, 0.9])
  })

  it('is none where it has to leap', () => {
    expect([1.1, -5].map(paceOf)).toEqual([null, null])
  })

  it('brings it within a tenth of a second from anywhere it does not leap', () => {
    let behind = 0.95
    for (let beat = 0; beat < 100; beat++) behind -= ((paceOf(behind) ?? 1) - 1) * 0.2
    expect(Math.abs(behind)).toBeLessThan(0.1)
  })
})

describe('its patience', () => {
  it('is over after eight seconds with nothing to show, then after longer, at last every minute', () => {
    const patience = new Patience()
    const over = Array.from({ length: 300 }, (_, second) => second).filter((each) =>
      patience.isOver(false, each * 1000),
    )
    expect(over).toEqual([8, 24, 56, 116, 176, 236, 296])
  })

  it('begins anew as soon as it shows something', () => {
    const patience = new Patience()
    const at = (second: number, shows = false) => patience.isOver(shows, second * 1000)
    expect([at(0), at(7), at(8), at(9, true), at(10), at(17), at(18)]).toEqual([
      false,
      false,
      true,
      false,
      false,
      false,
      true,
    ])
  })
})
