import { randomUUID } from 'node:crypto'
import { writeSync } from 'node:fs'
import type { Person } from '#app/access/policy.ts'
import type { HelpInput } from '#app/domain/help.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { recordHelp } from '#app/queries/help.server.ts'
import { confirmHelp } from '#app/queries/help-confirmation.server.ts'
import { retryBusy } from '#app/queries/retry.server.ts'
import { db, openDatabase, prepared } from '#db/client.server.ts'
import { useMasterKey } from '#db/keys.server.ts'

/**
 * The task of one writing process (JSON in `WRITER_TASK`). Citizens are numbered from `first` on, `every` apart, up to
 * `most` records. `sends`: instead of new records, these numbers of `first…` are sent so often, each with the key that
 * belongs to its number.
 */
export type WriterTask = {
  file: string
  masterKey: string
  people: { officialId: number; actor: Person }[]
  head: Person
  form: HelpInput
  first: number
  every: number
  most: number
  synchronous: 'FULL' | 'NORMAL'
  checkpointPages: number
  sends?: number[]
}

/**
 * Writes help records and confirms every third, as fast as it can, through the same calls as the pages. A line goes out
 * only after the call has returned: `ready`, then `record ID` or `confirm ID`, at last `end`.
 */
const task = JSON.parse(process.env.WRITER_TASK ?? '') as WriterTask
const say = (line: string) => writeSync(1, `${line}\n`)

/** The form about citizen `n`. */
function formOf(n: number, submissionKey: string): HelpInput {
  const number = `070090${String(n).padStart(6, '0')}`
  return { ...task.form, submissionKey, citizen: { ...task.form.citizen, name: `Điểu Thị Mẫu ${n}`, number } }
}

/** Records one, waiting as long as it takes until the other writer lets it; its id. */
async function record(n: number, submissionKey: string): Promise<number> {
  const person = task.people[n % task.people.length] as WriterTask['people'][number]
  const input = formOf(n, submissionKey)
  const made = await patiently(() => recordHelp(person.actor, 1, { officialId: person.officialId, input }))
  if (!made.ok) throw new Error(`refused: ${JSON.stringify(made.problems)}`)
  return made.helpId
}

async function patiently<T>(work: () => T): Promise<T> {
  for (;;) {
    try {
      return await retryBusy(work)
    } catch (thrown) {
      if (!(thrown instanceof Refusal && thrown.kind === 'busy')) throw thrown
    }
  }
}

useMasterKey(task.masterKey)
openDatabase(task.file)
if (db.$client.pragma('synchronous', { simple: true }) !== 2) throw new Error('the connection is not FULL')
if (task.synchronous === 'NORMAL') db.$client.pragma('synchronous = NORMAL')
db.$client.pragma(`wal_autocheckpoint = ${task.checkpointPages}`)
if (db.$client.pragma('mmap_size', { simple: true }) !== 0) throw new Error('writes by mmap cannot be seen')
prepared('select count(*) from event').get()
say('ready')
if (task.sends)
  for (const n of task.sends)
    say(`record ${await record(n, `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`)} ${n}`)
else
  for (let written = 0; written < task.most; written++) {
    const helpId = await record(task.first + written * task.every, randomUUID())
    say(`record ${helpId}`)
    if (written % 3 !== 0) continue
    await patiently(() => confirmHelp(task.head, 1, [helpId]))
    say(`confirm ${helpId}`)
  }
say('end')
process.exit(0)
