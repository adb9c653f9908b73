/** The entry of the player, which the watch page takes in when somebody presses play. */
import '../player/player.css'
import { startPlayer } from '../player/start'

startPlayer()
