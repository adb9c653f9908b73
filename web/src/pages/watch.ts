/** The entry of the watch page. */
import { startPage } from '../page'
import Watch from './watch/Watch.svelte'
import './watch/watch.css'

startPage(Watch)
