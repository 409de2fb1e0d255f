import { recordHelp } from '#app/queries/help.server.ts'
import { rotateKeys } from '#app/queries/key-rotation.server.ts'
import { db, prepared } from '#db/client.server.ts'
import { seal } from '#db/keys.server.ts'
import { CAMPAIGN, dropProvince, helpForm, makeOfficial, makeProvince, system, unitNamed } from '#tests/make.ts'

type Maker = ReturnType<typeof makeOfficial>

/**
 * Measures how fast a rotation seals records again, each with a name, a number and a phone. Meanwhile a page writes
 * four times a second. `RECORDS` sets how many; a province has up to 3,000,000.
 */
const RECORDS = Number(process.env.RECORDS ?? 300_000)

makeProvince()
const [bearer, writer] = [1, 2].map(() => makeOfficial(unitNamed('Sở Nội vụ').id)) as [Maker, Maker]
const record = (n: number, by: Maker) =>
  recordHelp(by.actor, CAMPAIGN, { officialId: by.officialId, input: helpForm(n) })
const made = record(1, bearer)
if (!made.ok) throw new Error('no record')
const columns = (prepared('pragma table_info(help)').all() as { name: string }[]).map(column => column.name)
const own: Record<string, string> = {
  id: '@id',
  submission_key: `'bench-' || @id`,
  citizen_hash: `'bench-' || @id`,
  citizen_name_cipher: '@name',
  citizen_number_cipher: '@number',
  citizen_phone_cipher: '@phone',
}
const insert = prepared(
  `insert into help (${columns.join(', ')}) select ${columns.map(name => own[name] ?? name).join(', ')} from help where id = ${made.helpId}`,
)
const owner = { campaignId: CAMPAIGN }
db.$client.pragma('synchronous = OFF')
db.$client.transaction(() => {
  for (let id = 1000; id < 1000 + RECORDS; id++) {
    const slot = (column: string) => ({ table: 'help', column, rowId: id })
    insert.run({
      id,
      name: seal(owner, slot('citizenName'), 'Nguyễn Thị Hồng Thắm'),
      number: seal(owner, slot('citizenNumber'), '070090000001'),
      phone: seal(owner, slot('citizenPhone'), '0912000001'),
    })
  }
})()
db.$client.pragma('synchronous = FULL')

let writes = 0
const pages = setInterval(() => {
  writes += 1
  record(1 + writes, writer)
}, 250)
const begun = performance.now()
const { rows, destroyed } = await rotateKeys(system)
const seconds = (performance.now() - begun) / 1000
clearInterval(pages)
process.stdout.write(
  `${rows} rows sealed anew in ${seconds.toFixed(1)} s (${Math.round(rows / seconds)}/s; 3,000,000 in ${((3e6 / rows) * (seconds / 60)).toFixed(1)} min), ${writes} records written meanwhile, ${destroyed} keys destroyed\n`,
)
dropProvince()
