/** The pages that are only read: their stylesheet, and their times told in the reader's own zone. */
import '../base.css'

const told = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: 'full', timeStyle: 'short' })

for (const time of document.querySelectorAll('time')) {
  const at = new Date(time.dateTime)
  if (!Number.isNaN(at.valueOf())) time.textContent = told.format(at)
}
