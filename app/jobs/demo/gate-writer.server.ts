import { type Day, startOf } from '#app/domain/calendar.ts'
import type { Gate } from '#app/domain/vocabulary.ts'
import { prepared } from '#db/client.server.ts'
import { inserterOf } from '#db/inserter.server.ts'
import { gate } from '#db/schema.ts'
import { HOUR_MS } from './rhythm.ts'
import { CAMPAIGN_ID, logStep } from './steps.server.ts'

const GATES: readonly { kind: Gate; documentNumber: string; on: Day; unit?: string }[] = [
  { kind: 'complaint', documentNumber: '118/SNV-TTr', on: '2024-05-29' },
  { kind: 'violation_inspection', documentNumber: '45/QĐ-TTr', on: '2024-06-03', unit: 'Sở Xây dựng' },
]

/** Writes two gates over standings that are summed up: one of an eligible official, one of a unit. */
export function writeGates() {
  const homeAffairs = prepared<number>("select id from account where login = 'noivu'").pluck().one()

  const insertGate = inserterOf(gate)
  const eligible = prepared<{ officialId: number }>(
    `select s.official_id as officialId from standing s join unit u on u.id = s.unit_id
      where s.campaign_id = ? and s.result = 'eligible' and u.guard_path is null and u.kind = 'provincial_agency'
      order by s.official_id limit 1`,
  ).get(CAMPAIGN_ID)
  for (const { kind, documentNumber, on, unit: name } of GATES) {
    const unit = name ? prepared<{ id: number }>('select id from unit where name = ?').get(name) : undefined
    if (!unit && !eligible) continue
    insertGate({
      campaignId: CAMPAIGN_ID,
      officialId: unit ? null : eligible?.officialId,
      unitId: unit?.id ?? null,
      kind,
      documentNumber,
      documentOn: on,
      fromOn: on,
      createdAt: startOf(on) + 14 * HOUR_MS,
      createdBy: homeAffairs,
    })
  }
  logStep('gate', { gates: GATES.length })
}
