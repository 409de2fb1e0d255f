import type { DueProcess } from '#app/domain/assessment.ts'
import type { Day } from '#app/domain/calendar.ts'
import { caseState, longerTerms, type TakenStep, type Terms } from '#app/domain/due-process.ts'
import { grouped } from '#app/domain/grouping.ts'
import type { Regulation } from '#app/domain/regulation.ts'
import type { Gate } from '#app/domain/vocabulary.ts'
import { prepared } from '#db/client.server.ts'
import { regulationOf } from './rules.server.ts'

/** The subject of a gate or a case of due process: one official, or one collective. */
export type Subject = { officialId: number } | { unitId: number }

/** The gates in force for an official or a collective on a day, each kind once (domain 9). */
export function gatesOn(campaignId: number, subject: Subject, day: Day): Gate[] {
  const isOfficial = 'officialId' in subject
  const id = isOfficial ? subject.officialId : subject.unitId
  return gatesOf(campaignId, isOfficial ? 'official_id' : 'unit_id', [id], day)(id)
}

function gatesOf(campaignId: number, column: 'official_id' | 'unit_id', ids: readonly number[], day: Day) {
  const rows = prepared<{ id: number; kind: Gate }>(
    `select distinct ${column} as id, kind from gate
      where campaign_id = ? and ${column} in (select value from json_each(?)) and withdrawn_at is null
        and from_on <= ? and (to_on is null or to_on >= ?) order by ${column}, kind`,
  ).all(campaignId, JSON.stringify(ids), day, day)
  const found = grouped(rows, row => row.id)
  return (id: number): Gate[] => (found.get(id) ?? []).map(row => row.kind)
}

/**
 * Returns the open case of an official or a collective with its steps up to `day`, in the order in which they were
 * taken. Undefined if there is none. A withdrawn case counts as never opened.
 */
export function standingCase(
  campaignId: number,
  subject: Subject,
  day: Day,
): { caseId: number; steps: TakenStep[] } | undefined {
  const [condition, id] =
    'officialId' in subject
      ? ['c.official_id = ?', subject.officialId]
      : ['c.official_id is null and c.unit_id = ?', subject.unitId]
  const rows = prepared<TakenStep & { caseId: number }>(
    `select c.id as caseId, s.kind, s.decision, s.taken_on as "on" from review_case c
       join review_step s on s.case_id = c.id
      where c.campaign_id = ? and ${condition} and c.withdrawn_at is null and s.taken_on <= ?
      order by c.id desc, s.id`,
  ).all(campaignId, id, day)
  const first = rows[0]
  return first && { caseId: first.caseId, steps: rows.filter(row => row.caseId === first.caseId) }
}

/** What an assessment reads of due process on `day` (plan V.4). */
export function dueProcessOn(campaignId: number, subject: Subject, day: Day, regulation: Regulation): DueProcess {
  const found = standingCase(campaignId, subject, day)
  if (!found) return caseState([], day, regulation).dueProcess
  return caseState(found.steps, day, termsOf(found.caseId, regulation)).dueProcess
}

/** Returns the terms of a case under a regulation: those in its notice, or longer ones. */
export function termsOf(caseId: number, regulation: Regulation): Terms {
  const row = prepared<{ regulationId: number | null }>(
    'select regulation_id as regulationId from review_case where id = ?',
  ).get(caseId)
  const told = row?.regulationId ?? null
  return told === null ? regulation : longerTerms(regulationOf(told).regulation, regulation)
}

/** What an assessment reads of an official besides their standing, on some day. */
type Dated = { dueProcess: DueProcess; gates: Gate[] }

/** Due process and gates of many officials on `day`, read together: a statement for each. */
export function datedFactsOf(
  campaignId: number,
  officialIds: readonly number[],
  day: Day,
  regulation: Regulation,
): (officialId: number) => Dated {
  const gates = gatesOf(campaignId, 'official_id', officialIds, day)
  // a case says something as soon as there is one; hardly anybody has one
  const cases = new Set(
    prepared<number>(
      `select official_id from review_case
        where campaign_id = ? and official_id in (select value from json_each(?)) and withdrawn_at is null`,
    )
      .pluck()
      .all(campaignId, JSON.stringify(officialIds)),
  )
  const nothing = caseState([], day, regulation).dueProcess
  return officialId => ({
    dueProcess: cases.has(officialId) ? dueProcessOn(campaignId, { officialId }, day, regulation) : nothing,
    gates: gates(officialId),
  })
}
