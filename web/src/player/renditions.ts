/** What a multivariant playlist (RFC 8216, 4.3.4) offers to see and to hear, and one that offers less; no I/O. */

interface Channel {
  language: string
  name: string
  /** Resolved against the playlist's own. */
  address: string
}

export interface Offer {
  /** The playlist itself, and where it lies. */
  playlist: string
  address: string
  channels: readonly Channel[]
  /** Bits a second at most: of the smallest picture with its sound, of sound alone; 0: there is none. */
  pictureBits: number
  soundBits: number
  /** The playlist of the picture in sign language; '': there is none. */
  sign: string
}

export const NOTHING: Offer = {
  playlist: '',
  address: '',
  channels: [],
  pictureBits: 0,
  soundBits: 0,
  sign: '',
}

export function offerIn(playlist: string, address: string): Offer {
  const channels: Channel[] = []
  const offer = { ...NOTHING, playlist, address, channels }
  for (const line of playlist.split('\n')) {
    const [tag, ...rest] = line.trim().split(':')
    const values = attributes(rest.join(':'))
    if (tag === '#EXT-X-MEDIA' && values.URI) {
      const { LANGUAGE: language = '', NAME: name = language } = values
      const resolved = new URL(values.URI, address).href
      if (values.TYPE === 'AUDIO') channels.push({ language, name, address: resolved })
      if (values.TYPE === 'VIDEO') offer.sign = resolved
    }
    if (tag === '#EXT-X-STREAM-INF') {
      const bits = Number(values.BANDWIDTH)
      if (values.RESOLUTION) offer.pictureBits = Math.min(bits, offer.pictureBits || bits)
      else offer.soundBits = bits
    }
  }
  return offer
}

/** A playlist with a variant a channel, in their order: whoever only listens fetches one list and nothing else. */
export function soundsAlone({ channels, soundBits }: Offer): string {
  const variants = channels.map(
    ({ address }, index) =>
      `#EXT-X-STREAM-INF:BANDWIDTH=${soundBits + index},CODECS="mp4a.40.2"\n${address}\n`,
  )
  return `#EXTM3U\n${variants.join('')}`
}

/** The place of a channel; the first one, which is the floor, stands for a language that is not offered. */
export const channelOf = ({ channels }: Offer, language: string): number =>
  Math.max(
    0,
    channels.findIndex((each) => each.language === language),
  )

function attributes(list: string): Record<string, string> {
  const found = list.matchAll(/([A-Z0-9-]+)=("[^"]*"|[^",]*)/g)
  return Object.fromEntries(Array.from(found, ([, name, value]) => [name, value?.replaceAll('"', '') ?? '']))
}
