import { sendAtOnce } from './crash-idempotency.ts'
import { killWorker } from './crash-worker.ts'
import { cutPower, killWriters } from './crash-write.ts'

/**
 * What no crash may do: `npm run test:crash` runs every part, `npm run test:crash -- PART [COUNT]` one of them. `SEED`
 * repeats the moments and the losses of an earlier run (as far as the machine's own timing lets it).
 */
const PARTS: Record<string, { count: number; run: (count: number, seed: number) => Promise<void> }> = {
  worker: { count: 20, run: killWorker },
  kill: { count: 200, run: killWriters },
  power: { count: 200, run: cutPower },
  idempotency: { count: 10_000, run: sendAtOnce },
}

const [name, count] = process.argv.slice(2)
const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 1_000_000))
const chosen = name === undefined ? Object.values(PARTS) : [PARTS[name]]
for (const part of chosen) {
  if (!part) throw new Error(`unknown part ${name}; known: ${Object.keys(PARTS).join(', ')}`)
  await part.run(Number(count ?? part.count), seed)
}
