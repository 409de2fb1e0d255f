import { type Actor, accountOf, can, permit } from '#app/access/policy.ts'
import type { Day } from '#app/domain/calendar.ts'
import type { Indicator } from '#app/domain/campaign-indicator.ts'
import { indicatorNamed } from '#app/domain/campaign-indicator.ts'
import { type ExceptionProblem, exceptionProblem, hasExceptions, type StatedGoal } from '#app/domain/goal.ts'
import type { Result } from '#app/domain/refusal.ts'
import { prepared, transact } from '#db/client.server.ts'
import { goalException } from '#db/schema.ts'
import { listGoals, listIndicators } from './campaign-indicator.server.ts'
import { campaignNow, campaignToday } from './clock.server.ts'
import { logEvent } from './event.server.ts'
import { indicatorTargets } from './indicator.server.ts'
import { findLocality, listLocalitiesBelow } from './locality.server.ts'
import { rootUnit } from './unit.server.ts'

const keyOf = (code: string, indicator: string) => `${code} ${indicator}`

/** How many people goals leave out, by locality and indicator, as entered. */
function enteredExceptions(campaignId: number): Map<string, number> {
  const rows = prepared<{ code: string; indicator: string; people: number }>(
    'select locality_code as code, indicator, people from goal_exception where campaign_id = ?',
  ).all(campaignId)
  return new Map(rows.map(({ code, indicator, people }) => [keyOf(code, indicator), people]))
}

/**
 * Returns how many people a goal leaves out in a locality on a day: as entered for it, else the sum of those below it;
 * undefined where nobody told.
 */
export function exceptionsOn(campaignId: number, day: Day): (code: string, indicator: string) => number | undefined {
  const entered = enteredExceptions(campaignId)
  if (entered.size === 0) return () => undefined
  return (code, indicator) => {
    const own = entered.get(keyOf(code, indicator))
    if (own !== undefined) return own
    const parts = listLocalitiesBelow(code, day).flatMap(part => entered.get(keyOf(part.code, indicator)) ?? [])
    return parts.length === 0 ? undefined : parts.reduce((sum, part) => sum + part, 0)
  }
}

/** One goal whose plan leaves people out, with its indicator's words. */
export type ExceptedGoal = StatedGoal & Pick<Indicator, 'name' | 'shortName'>

export const mayEnterExceptions = (actor: Actor) => can(actor, 'goal.except', { unitPath: rootUnit().path })

/**
 * The people left out of each goal in a locality and in those below it, beside what the annex assigns, for an office
 * that enters them. Undefined without such a goal or locality; throws 403 for others.
 */
export function findExceptionForm(actor: Actor, campaignId: number, code: string) {
  permit(actor, 'goal.except', { unitPath: rootUnit().path })
  const own = findLocality(code, campaignToday())
  if (!own) return undefined
  const indicators = listIndicators(campaignId)
  const goals = listGoals(campaignId)
    .filter(hasExceptions)
    .map((goal): ExceptedGoal => {
      const { name = goal.indicator, shortName = name } = indicatorNamed(indicators, goal.indicator) ?? {}
      return { ...goal, name, shortName }
    })
  const entered = enteredExceptions(campaignId)
  const targets = indicatorTargets(campaignId)
  const rows = [own, ...listLocalitiesBelow(code, campaignToday())].map(row => ({
    code: row.code,
    name: `${row.type} ${row.name}`,
    hasParts: listLocalitiesBelow(row.code, campaignToday()).length > 0,
    cells: Object.fromEntries(
      goals.map(({ indicator }) => [
        indicator,
        {
          people: entered.get(keyOf(row.code, indicator)) ?? null,
          total: targets.get(keyOf(row.code, indicator))?.total ?? null,
        },
      ]),
    ),
  }))
  return { code, name: `${own.type} ${own.name}`, parentCode: own.parentCode, goals, rows }
}

/** One number of people; `people` null takes it back. */
export type NewException = { localityCode: string; indicator: string; people: number | null }

/** `index`: which of them. */
type RefusedException = { index: number; reason: ExceptionProblem | 'indicator_unknown' | 'locality_unknown' }

/**
 * Enters how many people goals leave out, all or none, with the document that the numbers come from; each change is
 * logged. What a locality must reach follows at once where the regulation judges by goals; what is frozen stays.
 */
export function recordExceptions(
  actor: Actor,
  campaignId: number,
  { document, exceptions }: { document: string; exceptions: readonly NewException[] },
): Result<{ saved: number }, RefusedException[]> {
  return transact(tx => {
    permit(actor, 'goal.except', { unitPath: rootUnit().path })
    const goals = new Set(
      listGoals(campaignId)
        .filter(hasExceptions)
        .map(({ indicator }) => indicator),
    )
    const entered = enteredExceptions(campaignId)
    const targets = indicatorTargets(campaignId)
    const problemOf = ({ localityCode, indicator, people }: NewException): RefusedException['reason'] | null => {
      if (!findLocality(localityCode, campaignToday())) return 'locality_unknown'
      if (!goals.has(indicator)) return 'indicator_unknown'
      return exceptionProblem(people, targets.get(keyOf(localityCode, indicator))?.total ?? null)
    }
    const problems = exceptions.flatMap((exception, index) => {
      const reason = problemOf(exception)
      return reason ? [{ index, reason }] : []
    })
    if (problems.length > 0) return { ok: false, problems }
    const changed = exceptions.filter(
      ({ localityCode, indicator, people }) => (entered.get(keyOf(localityCode, indicator)) ?? null) !== people,
    )
    for (const { localityCode, indicator, people } of changed) {
      const key = { campaignId, indicator, localityCode }
      const values = { people: people ?? 0, document, enteredAt: campaignNow(), enteredBy: accountOf(actor) }
      if (people === null)
        prepared(
          'delete from goal_exception where campaign_id = @campaignId and indicator = @indicator and locality_code = @localityCode',
        ).run(key)
      else
        tx.insert(goalException)
          .values({ ...key, ...values })
          .onConflictDoUpdate({
            target: [goalException.campaignId, goalException.indicator, goalException.localityCode],
            set: values,
          })
          .run()
      logEvent(tx, actor, {
        verb: 'record',
        subject: 'goal_exception',
        subjectId: localityCode,
        campaignId,
        data: { indicator, from: entered.get(keyOf(localityCode, indicator)) ?? null, to: people, document },
      })
    }
    return { ok: true, saved: changed.length }
  })
}
