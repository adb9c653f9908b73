/** The entry of the panel screen. */
import PanelScreen from '../desks/panel/PanelScreen.svelte'
import { startPage } from '../page'

startPage(PanelScreen)
