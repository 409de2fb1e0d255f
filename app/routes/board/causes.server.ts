import { byFirstCause, type Cause } from '#app/domain/official-cause.ts'
import { lastNudges } from '#app/queries/nudge.server.ts'
import { listCaused } from '#app/queries/official-cause.server.ts'
import { unitTitles } from '#app/queries/unit-title.server.ts'
import { formatDay } from '#app/text/format.ts'
import { explainCauses } from '#app/text/official-cause.ts'
import type { Visit } from '../_web/visit.server.ts'

/** So many people of each group are named where all groups are shown, and of the one group that is shown alone. */
const SHOWN = 4
const SHOWN_ALONE = 50

/** A unit as the groups of its board need it; `isOpen`: its people may be seen. */
type Unit = { id: number; path: string; officials: number; isOpen: boolean }

const lacksRecords = ({ causes }: { causes: readonly Cause[] }) =>
  causes.some(cause => cause === 'no_record' || cause === 'stopped' || cause === 'under_way')

/**
 * The groups of a unit's board: who still lacks something, by what blocks first, by name within a group. Null where the
 * reader sees no persons there.
 */
export function causeGroups(
  { actor, campaign, terms, today }: Visit,
  { isOpen, ...unit }: Unit,
  { cause: alone, from }: { cause: Cause | undefined; from: number | undefined },
) {
  if (!isOpen) return null
  const { isWhole, rows } = listCaused(actor, campaign.id, unit, today)
  const groups = byFirstCause(rows).map(group => {
    const start =
      alone === group.cause
        ? Math.max(
            0,
            group.rows.findIndex(row => row.officialId === from),
          )
        : 0
    const most = alone === undefined ? SHOWN : alone === group.cause ? SHOWN_ALONE : 0
    return {
      cause: group.cause,
      count: group.rows.length,
      isFirst: start === 0,
      next: alone === group.cause ? (group.rows[start + most]?.officialId ?? null) : null,
      rows: group.rows.slice(start, start + most),
    }
  })
  const shown = groups.flatMap(group => group.rows)
  const nudged = lastNudges(
    campaign.id,
    shown.map(row => row.officialId),
  )
  const titleOf = unitTitles(new Set([unit.id, ...shown.map(row => row.unitId)]))
  const within = `, ${titleOf(unit.id)}`
  /** below the unit whose board it is, whose name would only be repeated */
  const placeOf = (title: string) => (title.endsWith(within) ? title.slice(0, -within.length) : title)
  return {
    isWhole,
    alone: alone ?? null,
    groups: groups.map(group => ({
      ...group,
      rows: group.rows.map(({ officialId, name, unitId, ...row }) => {
        const nudgedOn = nudged.get(officialId)
        return {
          ...{ officialId, name },
          // what a row lacks is left out
          ...(unitId !== unit.id && { unitName: placeOf(titleOf(unitId)) }),
          said: explainCauses(row, terms.names) + (nudgedOn === undefined ? '' : ` · đã nhắc ${formatDay(nudgedOn)}`),
          ...(lacksRecords(row) && { lacksRecords: true }),
          ...(officialId === actor.officialId && { isSelf: true }),
        }
      }),
    })),
  }
}
