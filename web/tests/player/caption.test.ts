/** Which words stand in the picture. */
import { describe, expect, it } from 'vitest'
import type { LineView } from '../../src/live/types'
import { captionsAt, LINGER_MS, MOST_CHARACTERS, partsOf } from '../../src/player/caption'

const line = (number: number, start: number, end: number, text: string): LineView => ({
  id: `hub-${number}`,
  start,
  end,
  text,
})
const texts = (lines: readonly LineView[], moment: number) =>
  captionsAt(lines, moment).map((each) => each.text)
const LONG =
  'The gauge at the old mill has shown less water than everybody who lives beside the river has seen this week, and nobody knows why that is so.'

describe('captions', () => {
  const LINES = [
    line(1, 1_000, 3_000, 'One.'),
    line(2, 3_000, 5_000, 'Two.'),
    line(3, 20_000, 22_000, 'Three.'),
  ]

  it('stand from the moment at which they were said', () => {
    expect(texts(LINES, 999)).toEqual([])
    expect(texts(LINES, 1_000)).toEqual(['One.'])
  })

  it('stand with the short one before, and go when nobody speaks after them', () => {
    expect(texts(LINES, 3_000)).toEqual(['One.', 'Two.'])
    expect(texts(LINES, 3_000 + LINGER_MS + 1)).toEqual(['Two.'])
    expect(texts(LINES, 5_000 + LINGER_MS + 1)).toEqual([])
    expect(texts(LINES, 20_000)).toEqual(['Three.'])
  })

  it('are the same after going back as when they came', () => {
    const before = texts(LINES, 4_000)
    texts(LINES, 21_000)
    expect(texts(LINES, 4_000)).toEqual(before)
  })

  it('are corrected in their place', () => {
    const corrected = [line(1, 1_000, 3_000, 'Won.'), ...LINES.slice(1)]
    expect(texts(corrected, 2_000)).toEqual(['Won.'])
  })

  it('of a long line are the part that is being said', () => {
    const lines = [line(1, 0, 1_000, 'Short.'), line(2, 1_000, 11_000, LONG)]
    const first = partsOf(LONG)[0]
    expect(texts(lines, 1_000)).toEqual([first])
    expect(texts(lines, 10_500)).toEqual([partsOf(LONG).at(-1)])
    expect(captionsAt(lines, 1_000)[0]?.id).not.toBe(captionsAt(lines, 10_500)[0]?.id)
  })

  it('of a long line without an end go on at the pace of speech', () => {
    const lines = [{ id: 'hub-1', start: 0, text: LONG }]
    expect(texts(lines, 0)).toEqual([partsOf(LONG)[0]])
    expect(texts(lines, LONG.length * 65)).toEqual([partsOf(LONG).at(-1)])
  })
})

describe('parts', () => {
  it.each([
    ['short', 'A word.'],
    ['long', LONG],
    [
      'Arabic',
      'هل يبقى الجسر مفتوحًا في الشتاء كما كان في السنوات الماضية أم يغلق عندما يرتفع منسوب المياه في النهر؟',
    ],
  ])('of a text (%s) hold all its words and have room', (_, text) => {
    const parts = partsOf(text)
    expect(parts.join(' ')).toBe(text)
    for (const part of parts) expect(part.length).toBeLessThanOrEqual(MOST_CHARACTERS)
  })

  it('of a text without spaces are cut too', () => {
    const text = '水'.repeat(200)
    expect(partsOf(text).join('')).toBe(text)
    expect(Math.max(...partsOf(text).map((part) => part.length))).toBeLessThanOrEqual(MOST_CHARACTERS)
  })
})
