/** The entry of the watch page. */
import { startPage } from '../page'
import Watch from './watch/Watch.svelte'
import './watch/watch.css'
import './watch/words.css'
import './watch/beside.css'
import './watch/room.css'

startPage(Watch)
