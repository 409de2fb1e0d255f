import { copyFileSync } from 'node:fs'
import { loadDemo } from '#app/jobs/demo/province.ts'
import { db } from '#db/client.server.ts'
import { makeProvince } from '#tests/make.ts'

async function main() {
  makeProvince()
  const t = performance.now()
  let last = 0
  await loadDemo((d, n) => {
    const now = performance.now()
    if (now - last > 1500 || d === n) {
      console.log(`${d}/${n} ${((now - t) / 1000).toFixed(1)}s`)
      last = now
    }
  })
  db.$client.pragma('wal_checkpoint(TRUNCATE)')
  copyFileSync(db.$client.name, '/tmp/demo.sqlite')
}
void main()
