// What a viewer sees, hears and reads of the page's <video>; brought in from outside, no part of the product. All times
// are ms of the wall clock. `window.sensed` gathers what happens until it is taken.
;async ({ ears, pitches, hums }) => {
  const WHITE = 180
  const video = document.querySelector('video')
  const sensed = (window.sensed = [])
  const note = (kind, at, more) => sensed.push({ kind, at, place: video.currentTime, ...more })

  const context = new AudioContext({ sampleRate: 48000 })
  await context.resume()
  await context.audioWorklet.addModule(URL.createObjectURL(new Blob([ears], { type: 'text/javascript' })))
  const node = new AudioWorkletNode(context, 'ears', {
    numberOfOutputs: 1,
    channelCount: 1,
    channelCountMode: 'explicit',
    processorOptions: { pitches, hums },
  })
  const burst = context.baseLatency * 1000 // The element takes the first sample of a burst to sound when it is fetched.
  node.port.onmessage = ({ data: { kind, at, ...more } }) => note(kind, at + burst, more)
  context.createMediaElementSource(video).connect(node)
  node.connect(new GainNode(context, { gain: 0 })).connect(context.destination)

  const canvas = new OffscreenCanvas(16, 9)
  const drawing = canvas.getContext('2d', { willReadFrequently: true })
  let white = true
  const look = (now, { expectedDisplayTime }) => {
    video.requestVideoFrameCallback(look)
    drawing.drawImage(video, 0, 0, 16, 9)
    const { data } = drawing.getImageData(0, 0, 16, 9)
    const brightness = data.reduce((sum, each, i) => (i % 4 === 1 ? sum + each : sum), 0) / (16 * 9)
    const wasWhite = white
    white = brightness > WHITE
    if (white && !wasWhite) note('flash', Date.now() + expectedDisplayTime - performance.now())
  }
  video.requestVideoFrameCallback(look)

  let standing = new Set()
  const read = () => {
    const words = new Set(Array.from(document.querySelectorAll('.words p'), (each) => each.textContent.trim()))
    for (const each of words)
      if (!standing.has(each)) requestAnimationFrame(() => note('words', Date.now(), { words: each }))
    standing = words
  }
  new MutationObserver(read).observe(document.querySelector('.player'), { childList: true, subtree: true, characterData: true })
  read()

  for (const kind of ['waiting', 'playing', 'pause', 'seeking', 'seeked', 'emptied'])
    video.addEventListener(kind, () => note(kind, Date.now()))
  document.addEventListener('change', ({ target }) => note('choice', Date.now(), { value: target.value }), true)
}
