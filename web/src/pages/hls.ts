/** The entry of what fetches and feeds HLS where a browser cannot itself: apart from the player, which comes first. */
import Hls from 'hls.js'
import '../player/globals'

window.Hls = Hls
