/** The entry of the webcast desk. */
import WebcastDesk from '../desks/webcast/WebcastDesk.svelte'
import { startPage } from '../page'

startPage(WebcastDesk)
