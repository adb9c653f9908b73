/** The entry of the player, which the watch page takes in when somebody presses play. */
import '../player/player.css'
import '../player/overlay.css'
import '../player/signing.css'
import '../player/controls.css'
import '../player/choices.css'
import '../player/whole.css'
import '../player/small.css'
import '../player/place.css'
import { startPlayer } from '../player/start'

startPlayer()
