/** The entry of the host desk. */
import HostDesk from '../desks/host/HostDesk.svelte'
import { startPage } from '../page'

startPage(HostDesk)
