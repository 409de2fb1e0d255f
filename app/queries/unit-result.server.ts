import { type Actor, can } from '#app/access/policy.ts'
import { transact } from '#db/client.server.ts'
import { type Figures, figuresOf, withoutRows } from './aggregate.server.ts'
import { campaignToday } from './clock.server.ts'
import { logEvent } from './event.server.ts'
import { indicatorsOf } from './indicator.server.ts'
import { rulesOf } from './judging/index.server.ts'
import { findLocality } from './locality.server.ts'
import { listChildren, unitForPaper } from './unit.server.ts'

/**
 * Returns the figures of a unit with everything below it, and of the units directly below, for its báo cáo kết quả.
 * Undefined if not visible.
 */
export function unitResult(actor: Actor, campaignId: number, unitId: number) {
  const unit = unitForPaper(unitId)
  if (!can(actor, 'unit.view', { unitPath: unit.path })) return undefined
  const children = listChildren(actor, unitId)
  const [own, ...below] = figuresOf(
    campaignId,
    'unit',
    [unitId, ...children.map(row => row.id)].map(id => String(id)),
  ) as [Figures, ...Figures[]]
  const parts = children.flatMap((row, n) => {
    const figures = below[n]
    return figures && hasAny(figures) ? [{ id: row.id, name: row.name, ...figures }] : []
  })
  const rest = withoutRows(own, parts)
  return {
    unit,
    total: { id: unitId, name: unit.name, ...own },
    indicators: indicatorsAt(campaignId, unit.localityCode),
    parts,
    /** what the units below do not include: people of the unit itself; null: nobody, or it has no units below */
    rest: parts.length > 0 && hasAny(rest) ? rest : null,
  }
}

const hasAny = ({ help, people }: Figures) => people.officials > 0 || help.reported > 0

/** The annex indicators of a unit's locality that have a target; `done` null: no figure is known. */
function indicatorsAt(campaignId: number, localityCode: string | null) {
  const locality = localityCode === null ? undefined : findLocality(localityCode, campaignToday())
  if (!locality) return []
  const { regulation } = rulesOf(campaignId)
  const [row] = indicatorsOf(campaignId, [locality], { regulation, today: campaignToday() })
  return (row?.indicators ?? []).flatMap(({ indicator, total, value, asOfOn }) =>
    total === null ? [] : [{ indicator, target: total, done: value, asOfOn }],
  )
}

/** Notes that a unit's result, or the list of its pledges, was taken out as a document. */
export function logUnitPaper(
  actor: Actor,
  campaignId: number,
  { unitId, document, rows }: { unitId: number; document: string; rows: number },
) {
  transact(tx =>
    logEvent(tx, actor, { verb: 'export', subject: 'unit', subjectId: unitId, campaignId, data: { document, rows } }),
  )
}
