import { readFileSync, readdirSync } from 'node:fs'
import { readRoster } from './app/imports/roster.ts'
import { readWorkbook } from './app/imports/workbook.ts'
for (const f of readdirSync('tests/fixtures/rosters')) {
  const b = readFileSync('tests/fixtures/rosters/'+f)
  const r = readRoster(b, f.startsWith('assoc') ? {association:'women'} : {})
  console.log('=====', f, r.ok ? '' : r.reason)
  if (!r.ok) continue
  for (const x of r.rows) console.log(JSON.stringify(Object.fromEntries(Object.entries(x).filter(([,v])=>v!==null))))
  for (const x of r.problems) console.log('P', JSON.stringify(x))
  for (const x of r.conversions) console.log('C', x.row, x.column, x.encoding, x.from, '→', x.to)
  for (const x of r.notices) console.log('N', JSON.stringify(x))
}
