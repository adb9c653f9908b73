/** Which sentences of a source are found. */
import { expect, test } from 'vitest'
import { messagesOf } from '../build/messages.mjs'

test('sentences in either kind of quotes are found, and only those of t and n', () => {
  const source = `<p title={t("Say \\"hi\\"")}>{t('it\\'s', {})} {n('{count} line', '{count} lines', 3)} {at("no")} {x.t("no")}</p>`
  expect(messagesOf(source)).toEqual(['Say "hi"', "it's", ['{count} line', '{count} lines']])
})

test('a call may be spread over lines', () => {
  expect(messagesOf('t(\n  "Far",\n  { a }\n)')).toEqual(['Far'])
})
