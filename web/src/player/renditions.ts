/** What a multivariant playlist (RFC 8216, 4.3.4) offers to hear; no I/O. */

export interface Channel {
  language: string
  name: string
  /** Resolved against the playlist's own. */
  address: string
}

export interface Offer {
  channels: readonly Channel[]
  /** Bits a second of picture and sound at most; 0: there is no picture. */
  pictureBits: number
  soundBits: number
}

export function offerIn(playlist: string, address: string): Offer {
  const channels: Channel[] = []
  const offer = { channels, pictureBits: 0, soundBits: 0 }
  for (const line of playlist.split('\n')) {
    const [tag, ...rest] = line.trim().split(':')
    const values = attributes(rest.join(':'))
    if (tag === '#EXT-X-MEDIA' && values.TYPE === 'AUDIO' && values.URI) {
      const { LANGUAGE: language = '', NAME: name = language } = values
      channels.push({ language, name, address: new URL(values.URI, address).href })
    }
    if (tag === '#EXT-X-STREAM-INF') {
      const bits = Number(values.BANDWIDTH)
      if (values.RESOLUTION) offer.pictureBits = bits
      else offer.soundBits = bits
    }
  }
  return offer
}

function attributes(list: string): Record<string, string> {
  const found = list.matchAll(/([A-Z0-9-]+)=("[^"]*"|[^",]*)/g)
  return Object.fromEntries(Array.from(found, ([, name, value]) => [name, value?.replaceAll('"', '') ?? '']))
}
