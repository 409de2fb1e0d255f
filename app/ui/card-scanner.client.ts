import type { CardReading, ScanProblem } from '#app/domain/card.ts'
import { MAX_SIDE, type Pixels } from './card-decoder.ts'
import type { CardAnswer, CardQuestion } from './card-worker.ts'

/**
 * Scanning in the browser: pictures and the camera's frames are drawn here and read in a worker. Nothing leaves the
 * phone. Loaded when somebody first scans.
 */
export type Scanned = CardReading | { ok: false; reason: ScanProblem }

const failed: Scanned = { ok: false, reason: 'scanner_failed' }

let worker: Worker | undefined
let asked = 0
const waiting = new Map<number, (scanned: Scanned) => void>()

function startWorker(): Worker {
  const started = new Worker(new URL('./card-worker.ts', import.meta.url), { type: 'module' })
  started.addEventListener('message', ({ data: { id, decoded } }: MessageEvent<CardAnswer>) => settle(id, decoded))
  started.addEventListener('error', () => {
    for (const id of waiting.keys()) settle(id, null)
    started.terminate()
    worker = undefined
  })
  return started
}

function settle(id: number, decoded: Scanned | null) {
  waiting.get(id)?.(decoded ?? failed)
  waiting.delete(id)
}

/** `steps`: how thoroughly to look; all of them where left out. */
function ask(picture: Pixels, steps?: number): Promise<Scanned> {
  worker ??= startWorker()
  const reader = worker
  const id = ++asked
  return new Promise(resolve => {
    waiting.set(id, resolve)
    reader.postMessage({ id, picture, steps } satisfies CardQuestion, [picture.data.buffer])
  })
}

/** A picture as points, no larger than helps; undefined where it has none. */
function draw(source: CanvasImageSource, width: number, height: number): Pixels | undefined {
  const scale = Math.min(1, MAX_SIDE / Math.max(width, height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(width * scale)
  canvas.height = Math.round(height * scale)
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (!context || canvas.width === 0 || canvas.height === 0) return undefined
  context.drawImage(source, 0, 0, canvas.width, canvas.height)
  const { data } = context.getImageData(0, 0, canvas.width, canvas.height)
  return { data, width: canvas.width, height: canvas.height }
}

/** Reads the card's code in a picture from the gallery. */
export async function scanPicture(file: File): Promise<Scanned> {
  const bitmap = await createImageBitmap(file).catch(() => undefined)
  const picture = bitmap && draw(bitmap, bitmap.width, bitmap.height)
  bitmap?.close()
  return picture ? await ask(picture) : { ok: false, reason: 'not_a_picture' }
}

/** The lamp is missing from the platform's types, though phones' browsers have it. */
declare global {
  interface MediaTrackCapabilities {
    torch?: boolean
  }
  interface MediaTrackConstraintSet {
    torch?: boolean
  }
}

/** Turns the camera's lamp on or off. */
export type Torch = (isOn: boolean) => Promise<void>

/**
 * Opens the rear camera into `video` and hands over what each frame holds until `signal` ends it. Returns the lamp where
 * the camera has one, or why there is no camera.
 */
export async function openCamera(
  video: HTMLVideoElement,
  { signal, onFrame }: { signal: AbortSignal; onFrame: (scanned: Scanned) => void },
): Promise<{ ok: true; torch: Torch | null } | { ok: false; reason: ScanProblem }> {
  const wanted = { facingMode: { ideal: 'environment' }, width: { ideal: 1920 }, height: { ideal: 1080 } }
  try {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: false, video: wanted })
    const close = () => {
      for (const track of stream.getTracks()) track.stop()
      video.srcObject = null
    }
    if (signal.aborted) {
      close()
      return { ok: true, torch: null }
    }
    signal.addEventListener('abort', close, { once: true })
    video.srcObject = stream
    await video.play()
    void watchFrames(video, signal, onFrame)
    const [track] = stream.getVideoTracks()
    return { ok: true, torch: track ? torchOf(track) : null }
  } catch (error) {
    return { ok: false, reason: cameraProblem(error instanceof Error ? error.name : '') }
  }
}

function cameraProblem(name: string): ScanProblem {
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'camera_refused'
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'no_camera'
  return name === 'NotReadableError' || name === 'AbortError' ? 'camera_busy' : 'scanner_failed'
}

function torchOf(track: MediaStreamTrack): Torch | null {
  if (track.getCapabilities?.().torch !== true) return null
  return isOn => track.applyConstraints({ advanced: [{ torch: isOn }] })
}

/** One frame after the other, the next when the last has been read; every third one more thoroughly. */
async function watchFrames(video: HTMLVideoElement, signal: AbortSignal, onFrame: (scanned: Scanned) => void) {
  for (let n = 1; !signal.aborted; n++) {
    const frame = draw(video, video.videoWidth, video.videoHeight)
    if (frame) {
      const scanned = await ask(frame, n % 3 === 0 ? 2 : 1)
      if (signal.aborted) return
      onFrame(scanned)
    }
    await new Promise(resolve => requestAnimationFrame(resolve))
  }
}
