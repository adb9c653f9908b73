// What is heard of a <video>: when a beep begins and in which pitch; which channel hums. An audio worklet.
//
// Times are ms of the wall clock, of the end of the burst in which the samples come: where the clock of the samples
// stands on the wall is the least that has been seen of the difference just now.
const BEEP = 0.2
const QUIET_FRAMES = 48 * 250
const WINDOW = 2048
const SILENT = 0.001
const CLOCK_MS = 600

class Ears extends AudioWorkletProcessor {
  constructor({ processorOptions: { pitches, hums } }) {
    super()
    this.pitches = pitches // Hz, by channel and beep
    this.hums = hums // Hz, by channel
    this.loudAt = -Infinity
    this.beep = null // samples of a beep, from its beginning on
    this.heard = new Float32Array(WINDOW)
    this.filled = 0
    this.channel = undefined
    this.differences = []
  }

  wall(frame) {
    return (frame / sampleRate) * 1000 + this.differences.reduce((least, [, each]) => Math.min(least, each), Infinity)
  }

  process([[samples]]) {
    this.keepClock()
    if (!samples) this.listen(new Float32Array(128))
    else {
      this.catchBeep(samples)
      this.listen(samples)
    }
    return true
  }

  keepClock() {
    const now = Date.now()
    const difference = now - (currentFrame / sampleRate) * 1000
    const last = this.differences.at(-1)
    if (!last || now - last[0] > 50) this.differences.push([now, difference])
    else last[1] = Math.min(last[1], difference)
    while (now - this.differences[0][0] > CLOCK_MS) this.differences.shift()
  }

  catchBeep(samples) {
    for (let i = 0; i < samples.length; i++) {
      if (Math.abs(samples[i]) > BEEP) {
        if (currentFrame + i - this.loudAt > QUIET_FRAMES) this.beep = { frame: currentFrame + i, samples: [] }
        this.loudAt = currentFrame + i
      }
      if (this.beep) this.beep.samples.push(samples[i])
    }
    if (!this.beep || this.beep.samples.length < WINDOW) return
    const loudest = this.pitches.map((beeps) => beeps.map((hz) => power(this.beep.samples, hz)))
    const best = Math.max(...loudest.flat())
    const channel = loudest.findIndex((each) => each.includes(best))
    this.port.postMessage({ kind: 'beep', at: this.wall(this.beep.frame), channel, beep: loudest[channel].indexOf(best) })
    this.beep = null
  }

  listen(samples) {
    this.heard.set(samples, this.filled)
    this.filled += samples.length
    if (this.filled < WINDOW) return
    this.filled = 0
    if (currentFrame - this.loudAt < WINDOW + 4800) return
    const loudest = this.hums.map((hz) => power(this.heard, hz))
    const best = Math.max(...loudest)
    const channel = best < SILENT ? -1 : loudest.indexOf(best)
    if (channel === this.channel) return
    this.channel = channel
    this.port.postMessage({ kind: 'channel', at: this.wall(currentFrame - WINDOW), channel })
  }
}

/** How loud one pitch is (Goertzel): half the amplitude of a sine. */
function power(samples, hz) {
  const step = 2 * Math.cos((2 * Math.PI * hz) / sampleRate)
  let before = 0
  let last = 0
  for (let i = 0; i < samples.length; i++) {
    const now = samples[i] * (0.5 - 0.5 * Math.cos((2 * Math.PI * i) / samples.length)) + step * last - before
    before = last
    last = now
  }
  return Math.sqrt(Math.max(0, before * before + last * last - step * before * last)) / samples.length
}

registerProcessor('ears', Ears)
