import wasmUrl from 'zxing-wasm/reader/zxing_reader.wasm?url'
import { type Decoded, decodeCard, type Pixels, prepareDecoder } from './card-decoder.ts'

/** What the page asks of the worker, and what it answers; `decoded` null where the decoder itself would not run. */
export type CardQuestion = { id: number; picture: Pixels; steps?: number }
export type CardAnswer = { id: number; decoded: Decoded | null }

prepareDecoder({ url: wasmUrl })

addEventListener('message', async ({ data: { id, picture, steps } }: MessageEvent<CardQuestion>) => {
  const decoded = await decodeCard(picture, steps).catch(() => null)
  postMessage({ id, decoded } satisfies CardAnswer)
})
