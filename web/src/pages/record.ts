/** The page before a record: shows the secret that this browser has of the meeting; opens the record when it is there. */
import '../base.css'
import { openRecord } from '../record/entrance'

const config = document.getElementById('config')?.textContent
if (config) void openRecord(JSON.parse(config))
