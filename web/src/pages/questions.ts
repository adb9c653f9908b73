/** The entry of the question desk. */
import QuestionDesk from '../desks/questions/QuestionDesk.svelte'
import { startPage } from '../page'

startPage(QuestionDesk)
