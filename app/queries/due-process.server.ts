import type { DueProcess } from '#app/domain/assessment.ts'
import type { Day } from '#app/domain/calendar.ts'
import { type CaseState, caseState, type TakenStep } from '#app/domain/due-process.ts'
import type { Regulation } from '#app/domain/regulation.ts'
import { prepared } from '#db/client.server.ts'
import type { Subject } from './gate.server.ts'

/**
 * The standing case of an official or a collective with its steps up to `day`, in the order in which they were taken;
 * undefined where none stands. A withdrawn case is as if it had never been opened.
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
  const rows = prepared(
    `select c.id as caseId, s.kind, s.decision, s.taken_on as "on" from review_case c
       join review_step s on s.case_id = c.id
      where c.campaign_id = ? and ${condition} and c.withdrawn_at is null and s.taken_on <= ?
      order by c.id desc, s.id`,
  ).all(campaignId, id, day) as (TakenStep & { caseId: number })[]
  const first = rows[0]
  return first && { caseId: first.caseId, steps: rows.filter(row => row.caseId === first.caseId) }
}

/** How the standing case of a subject stands on `day`; undefined where there is none. */
export function standingState(
  campaignId: number,
  subject: Subject,
  day: Day,
  regulation: Regulation,
): CaseState | undefined {
  const found = standingCase(campaignId, subject, day)
  return found && caseState(found.steps, day, regulation)
}

/** What an assessment reads of due process on `day` (plan V.4). */
export function dueProcessOn(campaignId: number, subject: Subject, day: Day, regulation: Regulation): DueProcess {
  return (
    standingState(campaignId, subject, day, regulation)?.dueProcess ?? {
      explanation: 'none',
      finding: 'none',
      appeal: 'none',
    }
  )
}
