import { rmSync } from 'node:fs'
import { recount } from '#app/queries/judging/index.server.ts'
import { closeDatabase, openDatabase, prepared } from '#db/client.server.ts'
import { CAMPAIGN } from '#tests/make.ts'
import { prepareSite, renew, startWriter } from './crash-write.ts'

const PROCESSES = 3
/** Sends of one record are so close together that the processes compete for it. */
const NEAR = 6

/**
 * Has three processes send `count` records, each 2–5 times at the same time under its own key. Checks that each was
 * made once, that every send was answered with that record, and that the figures match the facts.
 */
export async function sendAtOnce(count: number) {
  const site = await prepareSite()
  try {
    renew(site)
    const sends: number[][] = Array.from({ length: PROCESSES }, () => [])
    let sent = 0
    for (let n = 0; n < count; n++) {
      const times = 2 + (n % 4)
      sent += times
      for (let time = 0; time < times; time++) sends[(n + time) % PROCESSES]?.push(site.next + n)
    }
    for (const list of sends) shuffleNear(list)
    const made = new Map<string, Set<string>>()
    let answers = 0
    const hear = (line: string) => {
      const [verb, helpId = '', n = ''] = line.split(' ')
      if (verb !== 'record') return
      answers += 1
      made.set(n, (made.get(n) ?? new Set()).add(helpId))
    }
    const writers = sends.map(list => startWriter(site, { ...site.task, first: 0, sends: list }, {}, hear))
    const codes = await Promise.all(writers.map(writer => writer.said))
    if (codes.some(code => code !== 0)) throw new Error(`writers ended with ${codes.join(', ')}`)
    const twice = [...made.values()].filter(ids => ids.size > 1).length
    openDatabase(site.file)
    const stored = prepared("select count(*) from help where submission_key not like 'base-%'").pluck().get() as number
    const events = prepared("select count(*) from event where subject = 'help' and verb = 'record'")
      .pluck()
      .get() as number
    const before = prepared("select count(*) from help where submission_key like 'base-%'").pluck().get() as number
    const differences = recount(CAMPAIGN).length
    closeDatabase()
    process.stdout.write(
      `${sent} sends of ${count} records by ${PROCESSES} processes: ${answers} answered, ${stored} records made, ${twice} answered as two, ${differences} differences\n`,
    )
    if (answers !== sent || stored !== count || events !== before + count || twice > 0 || differences > 0)
      throw new Error('a record sent again was not the same record')
  } finally {
    rmSync(site.folder, { recursive: true, force: true })
  }
}

/** Moves each a few places, so that no process walks in step with another. */
function shuffleNear(list: number[]) {
  for (let n = 0; n + NEAR < list.length; n++) {
    const other = n + Math.floor(Math.random() * NEAR)
    ;[list[n], list[other]] = [list[other] as number, list[n] as number]
  }
}
