/** Choices that come faster than the floor changes. */
import { expect, test } from 'vitest'
import { Giving, type Place } from '../../../src/desks/host/giving'
import type { FloorView } from '../../../src/live/types'

const STAGE = { language: 'en', node: 'quito' }

/** A floor that changes when the test says so, and what was sent to it; `answer` answers the oldest open wish. */
function stage(floor: FloorView | null = null) {
  const world = { floor, sent: [] as Place[], answers: [] as ((answer: unknown) => void)[] }
  const giving = new Giving(
    () => world.floor,
    (place) => {
      world.sent.push(place)
      return new Promise((answer) => world.answers.push(answer))
    },
  )
  const answer = async (answered: unknown = {}) => {
    await new Promise((done) => setTimeout(done))
    world.answers.shift()?.(answered)
    await new Promise((done) => setTimeout(done))
  }
  return { world, giving, answer }
}

test('a second choice keeps the first, which the floor has not shown yet, and goes out after it', async () => {
  const { world, giving, answer } = stage()
  giving.give({ speaker: 'luis', language: 'es' }, STAGE)
  giving.give({ node: 'kisumu' }, STAGE)
  await answer()
  expect(world.sent).toEqual([
    { speaker: 'luis', language: 'es', node: 'quito' },
    { speaker: 'luis', language: 'es', node: 'kisumu' },
  ])
})

test('what was refused is forgotten', async () => {
  const { world, giving, answer } = stage({ speaker: 'ada', language: 'en', node: 'quito' })
  giving.give({ speaker: 'nobody-knows' })
  await answer(null)
  giving.give({ language: 'es' })
  await answer()
  expect(world.sent.at(-1)).toEqual({ speaker: 'ada', language: 'es', node: 'quito' })
})

test('what somebody else has given since is where the next choice begins', async () => {
  const { world, giving, answer } = stage()
  giving.give({ speaker: 'luis', language: 'es' }, STAGE)
  await answer()
  world.floor = { speaker: 'ada', language: 'en', node: 'kisumu' }
  giving.give({ language: 'es' })
  await answer()
  expect(world.sent.at(-1)).toEqual({ speaker: 'ada', language: 'es', node: 'kisumu' })
})
