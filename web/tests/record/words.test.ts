import { beforeEach, expect, test } from 'vitest'
import { lastAt, Words } from '../../src/record/words'

beforeEach(() => {
  document.body.innerHTML = `
    <details class="chapters"><summary>Chapters <span class="now"></span></summary><ol>
      <li><a data-moment="1000"><span class="name">Water</span></a>
        <ol><li><a data-moment="6000"><span class="name">Tom</span></a></li></ol></li>
    </ol></details>
    <p id="one" data-from="1000" data-until="2000"></p>
    <p id="two" data-from="6000" data-until="8000"></p>`
})

const heard = () => [...document.querySelectorAll('.heard')].map((each) => each.id)

test('the last that has begun is found', () => {
  expect([0, 1, 5, 9].map((moment) => lastAt([1, 5, 5], moment))).toEqual([-1, 0, 2, 2])
})

test('a line stands out while it is heard, and no longer', () => {
  const words = new Words()
  const seen = [500, 1_000, 2_500, 5_500, 6_000, 1_500].map((moment) => {
    words.show(moment)
    return heard()
  })
  expect(seen).toEqual([[], ['one'], ['one'], [], ['two'], ['one']])
})

test('the chapter that is heard is told with its session', () => {
  const words = new Words()
  const now = () => document.querySelector('.now')?.textContent
  words.show(1_500)
  expect(now()).toBe('Water')
  words.show(7_000)
  expect(now()).toBe('Water · Tom')
  expect(document.querySelectorAll('[aria-current]').length).toBe(1)
})
