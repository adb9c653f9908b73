/** What a multivariant playlist offers. */
import { describe, expect, it } from 'vitest'
import { channelOf, offerIn, soundsAlone } from '../../src/player/renditions'

const ADDRESS = 'https://forum.example/live/forum/hls/main.m3u8'
const PLAYLIST = `#EXTM3U
#EXT-X-VERSION:7
#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="sound",NAME="Floor, as it is",LANGUAGE="mul",DEFAULT=YES,URI="run/sound/floor/list.m3u8"
#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="sound",NAME="español",LANGUAGE="es",DEFAULT=NO,URI="run/sound/es/list.m3u8"
#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="captions",NAME="español",LANGUAGE="es",URI="run/captions/es/list.m3u8"
#EXT-X-STREAM-INF:BANDWIDTH=2700000,CODECS="avc1.42c01e,mp4a.40.2",RESOLUTION=1280x720,AUDIO="sound"
run/picture/list.m3u8
#EXT-X-STREAM-INF:BANDWIDTH=700000,CODECS="avc1.42c01e,mp4a.40.2",RESOLUTION=640x360,AUDIO="sound"
run/lower/list.m3u8
#EXT-X-STREAM-INF:BANDWIDTH=57600,CODECS="mp4a.40.2",AUDIO="sound"
run/sound/floor/list.m3u8
`
const SIGNED = `${PLAYLIST}#EXT-X-MEDIA:TYPE=VIDEO,GROUP-ID="picture",NAME="Signs",LANGUAGE="ase",URI="run/sign/list.m3u8"\n`
const FOLDER = 'https://forum.example/live/forum/hls/run'

describe('an offer', () => {
  it('names the channels in their order, and what the smallest of each needs', () => {
    const offer = offerIn(PLAYLIST, ADDRESS)
    expect(offer.channels).toEqual([
      { language: 'mul', name: 'Floor, as it is', address: `${FOLDER}/sound/floor/list.m3u8` },
      { language: 'es', name: 'español', address: `${FOLDER}/sound/es/list.m3u8` },
    ])
    expect([offer.pictureBits, offer.soundBits, offer.sign]).toEqual([700_000, 57_600, ''])
  })

  it('names the picture in sign language where there is one', () => {
    expect(offerIn(SIGNED, ADDRESS).sign).toBe(`${FOLDER}/sign/list.m3u8`)
  })

  it('is nothing where there is nothing', () => {
    expect(offerIn('<html>', ADDRESS).channels).toEqual([])
  })

  it('has the floor for a language that is not interpreted', () => {
    const offer = offerIn(PLAYLIST, ADDRESS)
    expect(['mul', 'es', 'ar'].map((language) => channelOf(offer, language))).toEqual([0, 1, 0])
  })

  it('of sounds alone has a variant a channel, in the same order, told apart by their rate', () => {
    const alone = offerIn(PLAYLIST, ADDRESS)
    const lines = soundsAlone(alone).trim().split('\n')
    expect(lines.filter((each) => !each.startsWith('#'))).toEqual(alone.channels.map((each) => each.address))
    expect(new Set(lines.filter((each) => each.includes('BANDWIDTH'))).size).toBe(2)
  })
})
