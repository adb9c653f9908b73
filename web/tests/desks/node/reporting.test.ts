/** How a room's report goes out. */
import { expect, test } from 'vitest'
import { type Reported, Reporting } from '../../../src/desks/node/reporting.svelte'

function port() {
  const sent: Reported[] = []
  const timers = new Set<() => void>()
  const answers: ((arrived: boolean) => void)[] = []
  return {
    sent,
    tick: () => {
      for (const call of [...timers]) call()
      timers.clear()
    },
    answer: async () => {
      answers.shift()?.(true)
      await Promise.resolve()
      await Promise.resolve()
    },
    send: (report: Reported) => {
      sent.push(report)
      return new Promise<boolean>((resolve) => answers.push(resolve))
    },
    after: (_ms: number, call: () => void) => {
      timers.add(call)
      return () => timers.delete(call)
    },
  }
}

const last = { people: 40, state: 'trouble', at: 0, note: 'No sound' }

test('several changes go out as one report, on top of the last one', () => {
  const line = port()
  const reporting = new Reporting(line)
  reporting.change(last, { people: 41 })
  reporting.change(last, { people: 42 })
  reporting.change(last, { state: 'ready' })
  line.tick()
  expect(line.sent).toEqual([{ people: 42, state: 'ready', note: 'No sound' }])
})

test('what is changed is shown until it has arrived, then what the server says', async () => {
  const line = port()
  const reporting = new Reporting(line)
  reporting.change(undefined, { people: 3 })
  expect(reporting.now(undefined).people).toBe(3)
  line.tick()
  expect(reporting.now(undefined).people).toBe(3)
  await line.answer()
  expect([reporting.now(last).people, reporting.sending]).toEqual([3, false])
  line.tick()
  expect(reporting.now(last)).toEqual({ people: 40, state: 'trouble', note: 'No sound' })
})

test('a change while a report is on its way is not lost', async () => {
  const line = port()
  const reporting = new Reporting(line)
  reporting.change(undefined, { people: 3 })
  line.tick()
  reporting.change(undefined, { people: 4 })
  await line.answer()
  line.tick()
  expect(line.sent.map((report) => report.people)).toEqual([3, 4])
})

test('a head count is a whole number from nobody upwards', () => {
  const line = port()
  const reporting = new Reporting(line)
  const shown = [-1, 2.6, Number.NaN, 5_000_000].map((people) => {
    reporting.change(undefined, { people })
    return reporting.now(undefined).people
  })
  expect(shown).toEqual([0, 3, 0, 1_000_000])
})
