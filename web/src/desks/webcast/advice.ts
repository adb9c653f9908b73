/** The words of the advice that the server gives by its codes: what is the matter, and what to do next. */
import { n, t } from '../../i18n'
import type { AdviceView } from '../../live/wire'
import type { Way } from './ways'

export interface Said {
  what: string
  next: string
}

/** What advice is about: the channel's language in words, '' for the floor, and how it comes, where that is known. */
interface About {
  language: string
  way: Way | null
}

export function saidOf(advice: AdviceView, about: About): Said {
  return (
    ofSound(advice, about) ??
    ofPicture(advice) ??
    ofLine(advice) ??
    ofSenders(advice, about) ??
    ofAddress(advice, about) ??
    ofServer(advice, about) ?? { what: t('Something is off ({code}).', { code: advice.code }), next: '' }
  )
}

function ofSound({ code, value = '' }: AdviceView, { language }: About): Said | null {
  switch (code) {
    case 'silent':
      return language
        ? {
            what: t('The {language} channel has been silent for {seconds} s.', { language, seconds: value }),
            next: t(
              'Ask the interpreter to speak, or look whether the microphone is muted. Until then listeners hear the floor.',
            ),
          }
        : {
            what: t('Nothing has been heard on the floor for {seconds} s.', { seconds: value }),
            next: t(
              'Look whether the microphones on stage are open, and whether the encoder has their sound.',
            ),
          }
    case 'quiet':
      return {
        what: t('The sound is too quiet.'),
        next: t('Turn it up where it is sent, until speech stands between −30 and −14 dB.'),
      }
    case 'loud':
      return {
        what: t('The sound is too loud.'),
        next: t('Turn it down where it is sent, until speech stands between −30 and −14 dB.'),
      }
    case 'no_sound':
      return {
        what: t('No sound arrives.'),
        next: t('Choose a microphone or a sound input in the encoder, and AAC as its form.'),
      }
  }
  return null
}

function ofPicture({ code, value = '' }: AdviceView): Said | null {
  switch (code) {
    case 'no_picture':
      return {
        what: t('No picture arrives.'),
        next: t('Choose a camera or a scene in the encoder, and H.264 as its form.'),
      }
    case 'picture_codec':
      return {
        what: t('The picture comes in a form that cannot be sent on: {form}.', { form: value }),
        next: t('Choose H.264 in the encoder.'),
      }
    case 'rare_keyframes':
      return {
        what: t('A whole picture (keyframe) comes only every {seconds} s.', { seconds: value }),
        next: t(
          'Set the keyframe interval to 2 s in the encoder. In OBS: Settings → Output → Advanced → Streaming.',
        ),
      }
    case 'encoder_slow':
      return {
        what: t('This server is too slow to encode the picture.'),
        next: t('Send H.264 with a keyframe interval of 2 s: that passes through as it is.'),
      }
    case 'lower_given_up':
      return {
        what: t('This server is too slow to make a smaller picture.'),
        next: t(
          'Everybody gets the picture as it is. A lower bitrate from the encoder helps those on a bad line.',
        ),
      }
    case 'slow_frames':
      return {
        what: t('Only {count} frames a second arrive.', { count: value }),
        next: t(
          'Look whether the sending computer has too much to do. Lip-reading and signing need 20 or more.',
        ),
      }
  }
  return null
}

function ofLine({ code, value = '' }: AdviceView): Said | null {
  switch (code) {
    case 'unstable':
      return {
        what: n('The line has broken {count} time.', 'The line has broken {count} times.', Number(value)),
        next: t('Use a cable in place of Wi-Fi where it is sent, or a lower bitrate.'),
      }
    case 'leaps':
      return {
        what: t('The clock of the sender has leapt.'),
        next: t(
          'It is set right by itself. If it happens again, look whether the sending computer has too much to do.',
        ),
      }
  }
  return null
}

function ofSenders({ code, value = '' }: AdviceView, { way }: About): Said | null {
  switch (code) {
    case 'second_sender':
      return {
        what: t('Somebody else tries to send with this key, from {address}.', { address: value }),
        next: t('A key has one sender: stop the other one. If nobody knows it, replace the key.'),
      }
    case 'wrong_key':
      return {
        what: value
          ? t('Somebody has sent with a key that is not known, from {address}.', { address: value })
          : t('Somebody has sent with another passphrase.'),
        next:
          way?.kind === 'srt'
            ? t('If that was your encoder, copy the whole address into it again.')
            : t(
                'If that was your encoder, copy the key into it again. After ten wrong keys it has to wait for a minute.',
              ),
      }
    case 'no_port':
      return {
        what: t('Another program has the port on which senders arrive: {port}.', { port: value }),
        next: t(
          'Ask who runs this server to stop that program, or to set INTERCOMMUNITY_RTMP_PORT to another port.',
        ),
      }
    case 'port_taken':
      return {
        what: t('Another program has the port of this source.'),
        next: t('Write another number into the meeting file, as from = "srt:9002", and load it again.'),
      }
  }
  return null
}

function ofAddress({ code }: AdviceView, { way }: About): Said | null {
  const host = way?.origin || '…'
  const again = t('It is tried again by itself.')
  switch (code) {
    case 'unreachable':
      return {
        what: t('Nothing answers at {host}.', { host }),
        next: `${t('Look whether the address and its port are right, and whether that server runs.')} ${again}`,
      }
    case 'host_unknown':
      return {
        what: t('There is no host of the name {host}.', { host }),
        next: t('Look for a mistake in the address in the meeting file, and load it again.'),
      }
    case 'address_inside':
      return {
        what: t('The address leads into this server’s own network, which is not allowed.'),
        next: t(
          'Use a public address, or ask who runs this server to set INTERCOMMUNITY_PULL_FROM_INSIDE=yes.',
        ),
      }
    case 'not_found':
      return {
        what: t('There is no such stream at {host}.', { host }),
        next: `${t('Look whether it has begun, and whether the end of the address is right.')} ${again}`,
      }
    case 'denied':
      return {
        what: t('The server at {host} does not let us in.', { host }),
        next: t('Ask who runs it for an address that we may read.'),
      }
    case 'server_failed':
      return {
        what: t('The server at {host} has a fault of its own.', { host }),
        next: `${t('Tell who runs it.')} ${again}`,
      }
    case 'key_refused':
      return {
        what: t('The server at {host} does not take our passphrase.', { host }),
        next: t('Look whether passphrase= in the address is what has been set there.'),
      }
  }
  return null
}

function ofServer({ code }: AdviceView, { way }: About): Said | null {
  switch (code) {
    case 'no_stream':
      return {
        what: t('What is there holds no picture and no sound that can be used.'),
        next:
          way?.kind === 'file'
            ? t('Look whether the file plays on your own computer. MP4 with H.264 and AAC is right.')
            : t('Look whether the address leads to the stream itself, and not to a page that shows it.'),
      }
    case 'file_missing':
      return {
        what: t('There is no file {file}.', { file: way?.origin || '…' }),
        next: t('Put it into the folder “programmes” in the server’s data folder, under exactly this name.'),
      }
    case 'file_outside':
      return {
        what: t('The file lies outside the folder for programmes.'),
        next: t('Put it into the folder “programmes” in the server’s data folder, under exactly this name.'),
      }
    case 'no_ffmpeg':
      return {
        what: t('FFmpeg is missing on the server.'),
        next: t('Ask who runs this server to install ffmpeg.'),
      }
  }
  return null
}
