import Database from 'better-sqlite3'
import { type Answer, type Asked, closedLoop, EMPTY, openLoop, quantile } from './client.ts'
import { freshForm } from './database.ts'
import type { Report } from './figures.ts'
import { memoryOf, type Running } from './running.ts'

/** Who acts in a load: signed-in officials, leaders of boards, and what coordinators may confirm. */
export type Cast = {
  officials: readonly string[]
  leader: string
  units: readonly number[]
  queues: { unitId: number; cookie: string; waiting: number[] }[]
}

const any = <T>(list: readonly T[]): T => {
  const found = list[Math.floor(Math.random() * list.length)]
  if (found === undefined) throw new Error('nothing to choose from')
  return found
}

/** The form that records a citizen, as the page sends it. */
export function helpPost(cookie: string): Asked {
  const { citizen, submissionKey, helpedOn } = freshForm()
  const outcomes = ['vneid_installed', 'eid_activated', 'sim_signature'].flatMap(outcome => [
    [`outcome_${outcome}`, 'achieved'],
    [`outcome_${outcome}_on`, helpedOn],
  ])
  const form = {
    submissionKey,
    citizenName: citizen.name,
    citizenNumber: citizen.number,
    birthYear: String(citizen.birthYear),
    localityCode: citizen.localityCode,
    helpedOn,
    place: 'home',
    ...Object.fromEntries(outcomes),
    consentChannel: 'own_phone',
    consent: 'on',
  }
  return { path: '/ho-tro/moi', cookie, form }
}

/** 70 % reads (homes, boards), 25 % help records, 5 % confirmations. */
export function mixOf({ officials, leader, units, queues }: Cast): () => Asked {
  const confirm = (): Asked => {
    const queue = any(queues)
    const helpId = queue.waiting.pop()
    return helpId === undefined
      ? { path: `/don-vi/${queue.unitId}`, cookie: queue.cookie }
      : {
          path: `/don-vi/${queue.unitId}/xac-nhan/truong-hop`,
          cookie: queue.cookie,
          form: { chon: `${helpId}.1` },
        }
  }
  return () => {
    const drawn = Math.random()
    if (drawn < 0.4) return { path: '/', cookie: any(officials) }
    if (drawn < 0.7) return { path: drawn < 0.5 ? '/tong-hop' : `/don-vi/${any(units)}`, cookie: leader }
    return drawn < 0.95 ? helpPost(any(officials)) : confirm()
  }
}

/** Records that wait for confirmation, by unit, with the coordinator's cookie. */
export function queuesOf(file: string, cookies: ReadonlyMap<number, string>): Cast['queues'] {
  const database = new Database(file, { readonly: true })
  const coordinators = database
    .prepare(
      "select account_id as id, unit_id as unitId from role_grant where role = 'coordinator' order by id limit 60",
    )
    .all() as { id: number; unitId: number }[]
  const waiting = database.prepare(
    `select h.id from help h join posting p on p.official_id = h.official_id
      where h.campaign_id = 1 and h.verdict_reason = 'awaiting_confirmation' and p.unit_id = ? limit 200`,
  )
  const queues = coordinators.flatMap(({ id, unitId }) => {
    const cookie = cookies.get(id)
    return cookie ? [{ unitId, cookie, waiting: (waiting.all(unitId) as { id: number }[]).map(row => row.id) }] : []
  })
  database.close()
  return queues
}

/** Help records over HTTP beside an action that only reads a form, in turns. */
export async function measureWrites(report: Report, port: number, { officials }: Cast) {
  const rates = { empty: [] as number[], help: [] as number[] }
  for (let round = 0; round < 3; round++) {
    const empty = await closedLoop(port, 16, 4000, () => ({ ...helpPost(any(officials)), path: EMPTY }))
    const help = await closedLoop(port, 16, 4000, () => helpPost(any(officials)))
    expectAll(empty.answers, 302)
    expectAll(help.answers, 302)
    rates.empty.push(empty.perSecond)
    rates.help.push(help.perSecond)
  }
  const empty = quantile(rates.empty, 0.5)
  const help = quantile(rates.help, 0.5)
  report.note('writes', 'empty action over HTTP', empty, 'a second')
  report.note('writes', 'help record over HTTP', help, 'a second', { least: 400 })
  report.note('writes', 'help record ÷ empty action', help / empty, '×', { least: 0.5 })
}

function expectAll(answers: readonly Answer[], status: number) {
  const other = answers.find(answer => answer.status !== status)
  if (other) throw new Error(`${other.status} instead of ${status}`)
}

const isServed = ({ status }: Answer) => status === 200 || status === 302

/** The mixed load at `rate` a second for `ms`: how it was answered. */
export async function measureMix(
  report: Report,
  server: Running,
  next: () => Asked,
  { rate, ms, name }: { rate: number; ms: number; name: string },
) {
  const answers = await openLoop(server.port, rate, ms, next)
  const failed = answers.filter(answer => !isServed(answer))
  const took = answers.map(answer => answer.ms)
  report.note(name, `${rate} requests a second: median`, quantile(took, 0.5), 'ms')
  report.note(name, `${rate} requests a second: p99`, quantile(took, 0.99), 'ms', { most: 100 })
  report.note(name, 'not answered', failed.length, 'requests', { most: 0 })
}

/**
 * Sends twice what the server can do, for a minute: what it still does, what the other requests get, how soon it
 * recovers.
 */
export async function measureOverload(report: Report, server: Running, next: () => Asked, ms: number) {
  const closed = await closedLoop(server.port, 24, 10_000, next)
  const peak = (closed.answers.filter(isServed).length / closed.answers.length) * closed.perSecond
  report.note('overload', 'peak', peak, 'a second')
  const before = Math.max(...memoryOf(server))
  const answers = await openLoop(server.port, peak * 2, ms, next, 512)
  const served = answers.filter(isServed)
  const refused = answers.filter(({ status }) => status === 503)
  report.note('overload', 'goodput ÷ peak at twice the peak', served.length / (ms / 1000) / peak, '×', { least: 0.8 })
  report.note(
    'overload',
    'refused with 503 and Retry-After',
    refused.filter(({ headers }) => headers['retry-after']).length / Math.max(1, answers.length - served.length),
    'of the rest',
    { least: 1 },
  )
  report.note(
    'overload',
    'p99 of those served',
    quantile(
      served.map(answer => answer.ms),
      0.99,
    ),
    'ms',
  )
  report.note('overload', 'memory after', Math.max(...memoryOf(server)), 'MB', { most: before + 200 })
  await new Promise(resolve => setTimeout(resolve, 5000))
  const after = await openLoop(server.port, peak / 3, 5000, next)
  report.note(
    'overload',
    'p99 from 5 s after, at a third of the peak',
    quantile(
      after.map(answer => answer.ms),
      0.99,
    ),
    'ms',
    { most: 100 },
  )
}
