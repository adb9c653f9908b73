/** A sound kept in step with a picture that is muted for it: in a page from a disk no script can change a file's sound. */

/** A tenth of a second more or less nobody sees on lips; each correction is heard. */
const APART_S = 0.1

export class Beside {
  readonly #video: HTMLVideoElement
  readonly #audio = new Audio()
  #on = false

  constructor(video: HTMLVideoElement) {
    this.#video = video
    const does: Record<string, () => void> = {
      playing: () => this.#play(),
      pause: () => this.#audio.pause(),
      waiting: () => this.#audio.pause(),
      seeked: () => this.#keepStep(0),
      timeupdate: () => this.#keepStep(APART_S),
      ratechange: () => {
        this.#audio.playbackRate = video.playbackRate
      },
      volumechange: () => this.#heed(),
    }
    for (const [name, act] of Object.entries(does)) video.addEventListener(name, () => this.#on && act())
    this.#audio.addEventListener('loadedmetadata', () => this.#keepStep(0))
  }

  /** null: the picture's own sound. */
  sound(address: string | null): void {
    if (this.#on) this.#video.muted = this.#audio.muted
    this.#on = address !== null
    this.#audio.pause()
    this.#audio.removeAttribute('src')
    if (address === null) return
    this.#audio.src = address
    this.#audio.muted = this.#video.muted
    this.#audio.volume = this.#video.volume
    this.#audio.playbackRate = this.#video.playbackRate
    this.#video.muted = true
    if (!this.#video.paused) this.#play()
  }

  #play(): void {
    this.#keepStep(0)
    // Refused where nobody has pressed anything yet; then the picture is too.
    this.#audio.play().catch(() => undefined)
  }

  #keepStep(apart: number): void {
    const { currentTime } = this.#video
    if (Math.abs(this.#audio.currentTime - currentTime) > apart) this.#audio.currentTime = currentTime
  }

  /** The picture stays muted: whoever turns its sound on or off means this one. */
  #heed(): void {
    this.#audio.volume = this.#video.volume
    if (this.#video.muted) return
    this.#audio.muted = !this.#audio.muted
    this.#video.muted = true
  }
}
