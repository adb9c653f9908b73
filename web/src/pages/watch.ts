/** The entry of the watch page. */
import { startPage } from '../page'
import Watch from './Watch.svelte'

startPage(Watch)
