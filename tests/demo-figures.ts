import { createHash } from 'node:crypto'
import type { Person } from '#app/access/policy.ts'
import { personOf } from '#app/queries/account.server.ts'
import { findAnnex } from '#app/queries/campaign.server.ts'
import { closingForJob, listClosings, startClosing } from '#app/queries/closing.server.ts'
import { freezeClosing } from '#app/queries/closing-freeze.server.ts'
import { listCollectives } from '#app/queries/collective-assessment.server.ts'
import { indicatorsOf } from '#app/queries/indicator.server.ts'
import { rulesOf } from '#app/queries/judging/index.server.ts'
import { findLocalityBoard } from '#app/queries/locality-board.server.ts'
import { countAssessments } from '#app/queries/official-assessment.server.ts'
import { readPublicBoard } from '#app/queries/public-board.server.ts'
import { prepared } from '#db/client.server.ts'
import { CAMPAIGN } from './make.ts'

const TODAY = '2024-06-12'

/** The account that holds an office's role over the whole province. */
export function holderOf(role: string): Person {
  const id = prepared<number>(
    `select g.account_id from role_grant g join unit u on u.id = g.unit_id
      where g.role = ? and u.parent_id is null order by g.account_id limit 1`,
  )
    .pluck()
    .get(role)
  const person = personOf(id ?? 0, TODAY)
  if (!person) throw new Error(`nobody holds ${role}`)
  return person
}

const rows = (text: string) => prepared(text).all() as Record<string, unknown>[]

function annex() {
  const { rows: lines, sums } = findAnnex(CAMPAIGN)
  const cells = (figures: object) =>
    Object.entries(figures as Record<string, { total: number; daily: number }>).map(([code, { total, daily }]) => [
      code,
      total,
      daily,
    ])
  return [...lines.map(({ localityCode, figures }) => [localityCode, cells(figures)]), cells(sums)]
}

function boards(places: Parameters<typeof indicatorsOf>[1]) {
  const { regulation } = rulesOf(CAMPAIGN)
  const campaign = { id: CAMPAIGN, code: prepared<string>('select code from campaign').pluck().get() ?? '' }
  return places.map(place => {
    const board = findLocalityBoard(holderOf('campaign_office'), campaign, place.code, { regulation, today: TODAY })
    return (
      board && {
        code: board.code,
        help: board.help,
        indicators: board.indicators,
        feasibility: board.feasibility,
        goals: board.goals.map(goal => [
          goal.indicator,
          goal.share,
          goal.code === 'part_of_annex' ? goal.wanted : null,
        ]),
        running: board.running,
      }
    )
  })
}

/** The results of a rehearsed close: what each official and each collective would be frozen with. */
async function rehearsed() {
  startClosing(holderOf('campaign_office'), CAMPAIGN, { reason: 'rehearsal', note: '' })
  const rehearsal = closingForJob(listClosings(CAMPAIGN)[0]?.id ?? 0)
  if (rehearsal) await freezeClosing(holderOf('home_affairs'), rehearsal, () => undefined)
  return {
    officials: rows('select official_id, unit_id, result from official_assessment order by official_id'),
    collectives: rows('select unit_id, result, facts from collective_assessment order by unit_id'),
  }
}

/** All figures of the demo by what they are. Rehearses the close, so it is read once. */
export async function readDemoFigures() {
  const { regulation } = rulesOf(CAMPAIGN)
  const affairs = holderOf('home_affairs')
  const places = prepared(
    'select code, level, name, type, parent_code as parentCode, path from locality order by code',
  ).all() as Parameters<typeof indicatorsOf>[1]
  const { localities, province, units } = readPublicBoard({ kind: 'anonymous' })
  return {
    records: rows('select verdict_reason, verdict_outcome, count(*) as n from help group by 1, 2 order by 1, 2'),
    helpTotals: rows('select * from help_total order by campaign_id, dimension, key'),
    peopleTallies: rows('select * from people_tally order by campaign_id, dimension, key'),
    annex: annex(),
    boards: boards(places),
    indicators: indicatorsOf(CAMPAIGN, places, { regulation, today: TODAY }),
    public: { localities, province, units },
    officials: countAssessments(affairs, CAMPAIGN, { unitPath: '/' }),
    collectives: listCollectives(affairs, CAMPAIGN, { unitPath: '/' }).map(({ unitId, result, reasons }) => [
      unitId,
      result,
      reasons,
    ]),
    close: await rehearsed(),
  }
}

/** Each part of some figures as a hash: two versions that show the same figures give the same. */
export const hashed = (figures: Readonly<Record<string, unknown>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(figures).map(([name, part]) => [
      name,
      createHash('sha256').update(JSON.stringify(part)).digest('hex').slice(0, 16),
    ]),
  )
