import { readFileSync } from 'node:fs'
import { readTable } from '#app/imports/table.ts'

/** Reads a table and prints how many rows it has, how long that took and how much memory it added at most. */
const bytes = readFileSync(process.argv[2] ?? '')
const before = process.memoryUsage().rss
let most = before
const watch = setInterval(() => {
  most = Math.max(most, process.memoryUsage().rss)
}, 20)
const start = performance.now()
let read = 0
for await (const _ of readTable(bytes)) {
  read += 1
  if (read % 1000 === 0) most = Math.max(most, process.memoryUsage().rss)
}
clearInterval(watch)
process.stdout.write(JSON.stringify({ read, ms: performance.now() - start, mb: (most - before) / 2 ** 20 }))
