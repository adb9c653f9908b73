/** The entry of the record's pages: makes of the browser's player one that knows the languages and the words. */
import { RecordPlayer } from '../record/player'
import type { Told } from '../record/told'

const root = document.getElementById('recording')
const video = root?.querySelector('video')
const told = document.getElementById('recorded')?.textContent
if (root && video && told) new RecordPlayer(root, video, JSON.parse(told) as Told).start()
