import { type Actor, can } from '#app/access/policy.ts'
import type { Day } from '#app/domain/calendar.ts'
import { type Indicator, indicatorNamed } from '#app/domain/campaign-indicator.ts'
import { checkFigure, type FigureProblem } from '#app/domain/indicator.ts'
import type { Result } from '#app/domain/refusal.ts'
import type { FigureOrigin } from '#app/domain/vocabulary.ts'
import { prepared, transact } from '#db/client.server.ts'
import { indicatorFigure } from '#db/schema.ts'
import { listIndicators } from './campaign-indicator.server.ts'
import { campaignNow, campaignToday } from './clock.server.ts'
import { logEvent } from './event.server.ts'
import { IS_IN_FORCE } from './indicator.server.ts'
import { rulesOf } from './judging/index.server.ts'
import { findLocality, governingUnit, type LocalityRow, listLocalitiesBelow } from './locality.server.ts'

/** One cumulative figure; `value` null takes the day's figure back. */
export type NewFigure = { localityCode: string; indicator: string; value: number | null }

/** Figures of one day from one source, as they were typed, read from a file, or sent through the interface. */
type NewFigures = {
  asOfOn: Day
  source: string
  /** why present figures are replaced, or lower than before; '': neither is so */
  reason: string
  origin: FigureOrigin
  figures: readonly NewFigure[]
  /** through the interface: with which token */
  tokenId?: number
}

/** `index`: which of the figures. */
type RefusedFigure = {
  index: number
  reason: FigureProblem | 'locality_unknown' | 'indicator_unknown' | 'figure_not_yours'
}

/**
 * Returns true if the actor may report an indicator's figures for a locality: its district's people, the campaign
 * office, of what telecoms deliver (plan V.2) the telecom office.
 */
function mayRecordFigure(
  actor: Actor,
  locality: Pick<LocalityRow, 'path'>,
  { source }: Pick<Indicator, 'source'>,
): boolean {
  const paths = locality.path
    .split('/')
    .filter(code => code !== '')
    .flatMap(code => governingUnit(code)?.path ?? [])
  return paths.some(
    unitPath =>
      can(actor, 'figure.record', { unitPath }) ||
      (source === 'telecom' && can(actor, 'figure.record_telecom', { unitPath })),
  )
}

/** Returns the indicators of a campaign that the actor may report for a locality. */
export function recordableIndicators(
  actor: Actor,
  campaignId: number,
  locality: Pick<LocalityRow, 'path'>,
): Indicator[] {
  return listIndicators(campaignId).filter(indicator => mayRecordFigure(actor, locality, indicator))
}

/**
 * Records the cumulative figures of one day (plan IV.2), all or none. A figure that differs from the present one
 * becomes the newest version of its day; former versions stay. Returns the number of new figures, or the problem of
 * each refused one.
 */
export function recordFigures(
  actor: Actor,
  campaignId: number,
  { asOfOn, source, reason, origin, figures, tokenId }: NewFigures,
): Result<{ saved: number; unchanged: number }, RefusedFigure[]> {
  return transact(tx => {
    const { changed, problems } = checkFigures(actor, campaignId, { asOfOn, reason, figures })
    if (problems.length > 0) return { ok: false, problems }
    const enteredAt = campaignNow()
    for (const figure of changed)
      tx.insert(indicatorFigure)
        .values({
          ...figure,
          campaignId,
          asOfOn,
          origin,
          source,
          reason,
          enteredAt,
          enteredBy: tokenId === undefined && actor.kind === 'person' ? actor.accountId : null,
          tokenId,
        })
        .run()
    if (changed.length > 0)
      logEvent(tx, actor, {
        verb: 'record',
        subject: 'indicator_figure',
        subjectId: asOfOn,
        campaignId,
        data: { count: changed.length, source, localityCode: changed[0]?.localityCode, tokenId },
      })
    return { ok: true, saved: changed.length, unchanged: figures.length - changed.length }
  })
}

/**
 * Checks figures as `recordFigures` takes them, for its preview too: those that differ from the present ones, and the
 * problem of each refused one. Writes nothing.
 */
export function checkFigures(
  actor: Actor,
  campaignId: number,
  { asOfOn, reason, figures }: Pick<NewFigures, 'asOfOn' | 'reason' | 'figures'>,
): { changed: NewFigure[]; problems: RefusedFigure[] } {
  const { regulation } = rulesOf(campaignId)
  const today = campaignToday()
  const indicators = listIndicators(campaignId)
  const changed: NewFigure[] = []
  const check = (figure: NewFigure): RefusedFigure['reason'] | null => {
    const locality = findLocality(figure.localityCode, today)
    if (!locality) return 'locality_unknown'
    const indicator = indicatorNamed(indicators, figure.indicator)
    if (!indicator) return 'indicator_unknown'
    if (!mayRecordFigure(actor, locality, indicator)) return 'figure_not_yours'
    const known = knownFigures(campaignId, figure, asOfOn)
    if (known.sameDay === figure.value) return null
    changed.push(figure)
    return checkFigure({ on: asOfOn, value: figure.value, reason }, known, today, regulation)
  }
  const problems = figures.flatMap((figure, index) => {
    const found = check(figure)
    return found ? { index, reason: found } : []
  })
  return { changed, problems }
}

/** The figure in force of that day, and the newest one of the days before; null: none. */
function knownFigures(campaignId: number, { localityCode, indicator }: NewFigure, day: Day) {
  const sameDay = prepared<number | null>(
    `select value from indicator_figure where campaign_id = ? and locality_code = ? and indicator = ? and as_of_on = ?
      order by id desc limit 1`,
  )
    .pluck()
    .get(campaignId, localityCode, indicator, day)
  const before = prepared<number>(
    `select value from indicator_figure f where campaign_id = @campaignId and locality_code = @localityCode
        and indicator = @indicator and as_of_on < @day and ${IS_IN_FORCE}
      order by as_of_on desc limit 1`,
  )
    .pluck()
    .get({ campaignId, localityCode, indicator, day })
  return { sameDay: sameDay ?? null, before: before ?? null }
}

/**
 * Returns a locality and those below it with the figures of one day, for a form. `indicators` are those that the actor
 * may report; undefined if there are none.
 */
export function findFigureForm(actor: Actor, campaignId: number, code: string, day: Day) {
  const own = findLocality(code, campaignToday())
  const indicators = own ? recordableIndicators(actor, campaignId, own) : []
  if (!own || indicators.length === 0) return undefined
  const rows = [own, ...listLocalitiesBelow(code, campaignToday())].map(row => ({
    code: row.code,
    name: `${row.type} ${row.name}`,
    values: Object.fromEntries(
      indicators.map(({ code }) => [
        code,
        knownFigures(campaignId, { localityCode: row.code, indicator: code, value: null }, day),
      ]),
    ),
  }))
  return { code, name: `${own.type} ${own.name}`, indicators, rows }
}
