import { addDays, type Day, daysFrom, startOf } from '#app/domain/calendar.ts'
import { dailyTarget } from '#app/domain/pace.ts'
import { PLAN_128 } from '#app/domain/regulation.ts'
import { inProportion } from '#app/domain/target-sharing.ts'
import { listIndicatorTargets } from '#app/queries/campaign.server.ts'
import { listIndicators } from '#app/queries/campaign-indicator.server.ts'
import { campaignToday } from '#app/queries/clock.server.ts'
import { listLocalitiesBelow } from '#app/queries/locality.server.ts'
import { prepared, transact } from '#db/client.server.ts'
import { inserterOf } from '#db/inserter.server.ts'
import { indicatorFigure, targetShare, targetSharing } from '#db/schema.ts'
import { Dice } from './dice.ts'
import type { People } from './people.ts'
import { HOUR_MS, STANDS_AT, STARTS_ON, TODAY } from './rhythm.ts'
import { CAMPAIGN_ID, logStep } from './steps.server.ts'

/** Districts whose communes report figures, and whose targets were shared out. */
const WITH_COMMUNES = ['689', '697']
/** Which part of its total each indicator has reached by now, where nothing is special about the district. */
const REACHED: Record<string, number> = {
  id_card_first: 0.86,
  id_card_mobile: 0.41,
  eid_activated: 0.74,
  phone_4g: 0.8,
  sim_signature: 0.47,
}
const SOURCES: Record<string, string> = {
  id_card_first: 'Phòng PC06, Công an tỉnh',
  id_card_mobile: 'Phòng PC06, Công an tỉnh',
  eid_activated: 'Hệ thống định danh và xác thực điện tử',
  phone_4g: 'Sở Thông tin và Truyền thông tổng hợp từ các nhà mạng',
  sim_signature: 'Sở Thông tin và Truyền thông tổng hợp từ các nhà mạng',
}
const sourceOf = (indicator: string) => SOURCES[indicator] ?? ''
const reachedOf = (indicator: string) => REACHED[indicator] ?? 0
/** Days without any reported figure, and one whose figure was corrected. */
const SILENT_DAYS: readonly Day[] = ['2024-05-01', '2024-05-12']
const CORRECTED = { code: '689', indicator: 'eid_activated', day: '2024-06-03' } as const
/** This district has not reported this indicator for a week. */
const LATE = { code: '691', indicator: 'phone_4g' } as const

/** Seventy days of cumulative figures of every district, of the communes of some, and targets handed down there. */
export function writeIndicators(people: People) {
  const dice = new Dice(5)
  const offices = {
    police: people.grants.find(({ role }) => role === 'campaign_office')?.accountId ?? 1,
    telecom: people.grants.find(({ role }) => role === 'telecom_office')?.accountId ?? 1,
  }
  const telecom = new Set(listIndicators(CAMPAIGN_ID).flatMap(row => (row.source === 'telecom' ? [row.code] : [])))
  const insert = inserterOf(indicatorFigure)
  let rows = 0
  const tell = (code: string, indicator: string, total: number, reached: number) => {
    for (const { day, value } of growth(total * reached, dice)) {
      if (code === LATE.code && indicator === LATE.indicator && day > addDays(TODAY, -7)) continue
      const enteredAt = Math.min(startOf(addDays(day, 1)) + 8 * HOUR_MS, STANDS_AT)
      const row = {
        campaignId: CAMPAIGN_ID,
        localityCode: code,
        indicator,
        asOfOn: day,
        origin: 'file' as const,
        source: sourceOf(indicator),
        enteredAt,
        enteredBy: telecom.has(indicator) ? offices.telecom : offices.police,
      }
      const isCorrected = code === CORRECTED.code && indicator === CORRECTED.indicator && day === CORRECTED.day
      if (isCorrected) insert({ ...row, value: value * 10 })
      insert(isCorrected ? { ...row, value, origin: 'typed', reason: 'Nhập thừa một chữ số' } : { ...row, value })
      rows += isCorrected ? 2 : 1
    }
  }
  transact(() => {
    for (const { localityCode, indicator, total } of listIndicatorTargets(CAMPAIGN_ID)) {
      const reached = reachedOf(indicator) * dice.between(0.82, 1.2)
      const communes = WITH_COMMUNES.includes(localityCode) ? shareOut(people, { localityCode, indicator, total }) : []
      tell(localityCode, indicator, total, reached)
      for (const { code, share } of communes) tell(code, indicator, share, reached * dice.between(0.8, 1.2))
    }
  })
  logStep('indicator_figure', { count: rows })
}

/** A cumulative line to `end` on the day before today, with days that bring more and days that bring less. */
function growth(end: number, dice: Dice): { day: Day; value: number }[] {
  const days = daysFrom(STARTS_ON, addDays(TODAY, -1))
  const parts = days.map((_, n) => Math.max(0.1, dice.bell(1, 0.45)) * (0.6 + (0.8 * n) / days.length))
  const whole = parts.reduce((sum, part) => sum + part, 0)
  let sum = 0
  return days.flatMap((day, n) => {
    sum += parts[n] ?? 0
    return SILENT_DAYS.includes(day) ? [] : [{ day, value: Math.round((end * sum) / whole) }]
  })
}

/** Hands a district's total down to its communes by the number of their officials. */
function shareOut(
  people: People,
  { localityCode, indicator, total }: { localityCode: string; indicator: string; total: number },
): { code: string; share: number }[] {
  const districtId = unitOf('district', localityCode)
  const head = people.grants.find(({ role, unitId }) => role === 'head' && unitId === districtId)?.accountId
  if (districtId === undefined || head === undefined) return []
  const communes = listLocalitiesBelow(localityCode, campaignToday()).flatMap(({ code }) => {
    const unitId = unitOf('commune', code)
    return unitId === undefined ? [] : [{ code, unitId }]
  })
  const bases = communes.map(
    ({ unitId }) => people.officials.filter(official => official.postings.at(-1)?.unit.id === unitId).length + 1,
  )
  const shares = inProportion(total, bases)
  const codes = listIndicators(CAMPAIGN_ID).map(({ code }) => code)
  const sharingId = codes.indexOf(indicator) + 1 + WITH_COMMUNES.indexOf(localityCode) * codes.length
  inserterOf(targetSharing)({
    id: sharingId,
    campaignId: CAMPAIGN_ID,
    unitId: districtId,
    indicator,
    documentNumber: `${31 + sharingId}/QĐ-UBND`,
    basis: 'số cán bộ, đoàn viên của từng xã',
    decidedAt: startOf('2024-04-09') + 9 * HOUR_MS,
    decidedBy: head,
  })
  const insertShare = inserterOf(targetShare)
  return communes.map(({ code, unitId }, n) => {
    const share = shares[n] ?? 0
    insertShare({ sharingId, unitId, total: share, daily: dailyTarget(share, PLAN_128) })
    return { code, share }
  })
}

function unitOf(kind: 'district' | 'commune', localityCode: string): number | undefined {
  return prepared<number>('select id from unit where kind = ? and locality_code = ? and closed_on is null')
    .pluck()
    .get(kind, localityCode)
}
