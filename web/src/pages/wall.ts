/** The entry of the wall screen. */
import { startPage } from '../page'
import Wall from './wall/Wall.svelte'
import './wall/wall.css'

startPage(Wall)
