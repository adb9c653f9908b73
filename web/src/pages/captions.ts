/** The entry of the caption desk. */
import CaptionDesk from '../desks/captions/CaptionDesk.svelte'
import { startPage } from '../page'

startPage(CaptionDesk)
