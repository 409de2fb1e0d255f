import { writeRoster } from '#app/documents/roster-template.ts'
import { unitLabels } from '#app/domain/roster/units.ts'
import { retryBusy } from '#app/queries/retry.server.ts'
import { exportRoster } from '#app/queries/roster.server.ts'
import { titleOfUnit } from '#app/queries/unit-title.server.ts'
import { found, idOf, reads } from '../_web/visit.server.ts'
import { workbookResponse } from '../_web/workbook.server.ts'

export const loader = reads(async ({ actor, at }, { params }) => {
  const { unit, units, people } = found(await retryBusy(() => exportRoster(actor, idOf(params.unitId))))
  const names = unitLabels(units)
  const bytes = await writeRoster({
    title: `DANH SÁCH NGƯỜI THỰC HIỆN – ${titleOfUnit(unit.id).toLocaleUpperCase('vi')}`,
    asOf: at,
    entries: people.map(({ unitId, ...person }) => ({ ...person, unit: names.get(unitId) ?? null })),
  })
  return workbookResponse(bytes, `nguoi-thuc-hien-${unit.id}`, null)
})
