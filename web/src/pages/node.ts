/** The entry of the node desk. */
import NodeDesk from '../desks/node/NodeDesk.svelte'
import { startPage } from '../page'

startPage(NodeDesk)
