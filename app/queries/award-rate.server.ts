import { type Actor, permit } from '#app/access/policy.ts'
import type { AwardRate } from '#app/domain/award-rate.ts'
import type { AwardRateInput } from '#app/domain/award-rate-input.ts'
import type { Day } from '#app/domain/calendar.ts'
import type { InputProblem } from '#app/domain/problem.ts'
import { found, type Result } from '#app/domain/refusal.ts'
import { prepared, transact } from '#db/client.server.ts'
import { awardRate } from '#db/schema.ts'
import { campaignNow } from './clock.server.ts'
import { logEvent } from './event.server.ts'
import { rootUnit } from './unit.server.ts'

/** Every rate of bonuses, the earliest first; those ended too. Anybody may read the law. */
export const listAwardRates = () =>
  prepared<AwardRate & { id: number }>(
    `select id, form, part, multiple, base_salary as baseSalary, source, from_on as fromOn, to_on as toOn
       from award_rate order by form, part, from_on, id`,
  ).all()

/** Adds a dated rate with its source; there is no editing, a change is a new one. */
export function addAwardRate(actor: Actor, input: AwardRateInput): number {
  permit(actor, 'legal_basis.edit', { unitPath: rootUnit().path })
  return transact(tx => {
    const createdBy = actor.kind === 'person' ? actor.accountId : null
    const { id } = tx
      .insert(awardRate)
      .values({ ...input, createdAt: campaignNow(), createdBy })
      .returning({ id: awardRate.id })
      .get()
    const { form, part, multiple, baseSalary, fromOn, toOn } = input
    logEvent(tx, actor, {
      verb: 'add',
      subject: 'award_rate',
      subjectId: id,
      data: { form, part, multiple, baseSalary, fromOn, toOn },
    })
    return id
  })
}

/** Ends a rate that has no last day yet; decisions dated later no longer use it. Throws 404 if there is none. */
export function endAwardRate(
  actor: Actor,
  { rateId, toOn }: { rateId: number; toOn: Day },
): Result<object, InputProblem> {
  permit(actor, 'legal_basis.edit', { unitPath: rootUnit().path })
  return transact(tx => {
    const row = found(listAwardRates().find(({ id }) => id === rateId))
    if (row.toOn !== null) return { ok: false, problem: 'basis_ended_already' }
    if (toOn < row.fromOn) return { ok: false, problem: 'ends_before_start' }
    prepared('update award_rate set to_on = ? where id = ?').run(toOn, rateId)
    logEvent(tx, actor, { verb: 'end', subject: 'award_rate', subjectId: rateId, data: { toOn } })
    return { ok: true }
  })
}
