import { addDays, type Day, startOf } from '#app/domain/calendar.ts'
import { foldName } from '#app/domain/name.ts'
import { PLAN_128 } from '#app/domain/regulation.ts'
import { canonicalJson, type ReportContent, type ReportFigures, reportPeriods } from '#app/domain/report.ts'
import { liveFigures } from '#app/queries/report-figures.server.ts'
import { hashOf } from '#app/queries/report-signing.server.ts'
import { prepared, transact } from '#db/client.server.ts'
import { inserterOf } from '#db/inserter.server.ts'
import { seal } from '#db/keys.server.ts'
import { collectionDay, collectionPoint, difficulty, offer, offerRequest, outreach, report } from '#db/schema.ts'
import { Dice } from './dice.ts'
import type { MadeUpNumbers } from './made-up-numbers.ts'
import { personName } from './names.ts'
import type { People } from './people.ts'
import { DIFFICULTIES, OFFERS, outreachOf, pointsOf, scribeOf, signingsOf } from './reporting.ts'
import { DAY_MS, HOUR_MS, STANDS_AT, TODAY } from './rhythm.ts'
import { CAMPAIGN_ID, logStep } from './steps.server.ts'
import type { Tree, Unit } from './tree.server.ts'

const WISHES = 36
/** Time until an office answers (ms). */
const ANSWERED_AFTER_MS = 4 * DAY_MS

/** Writes outreach, collection points, offers with wishes, and difficulties. */
export function writeFieldWork(tree: Tree, people: People, numbers: MadeUpNumbers) {
  transact(() => {
    writeOutreach(tree, people)
    writePoints(tree, people)
    writeOffers(tree, people, numbers)
    writeDifficulties(tree, people)
  })
}

const officeOf = (people: People, role: 'campaign_office' | 'telecom_office') =>
  people.grants.find(grant => grant.role === role)?.accountId ?? 1

function writeOutreach(tree: Tree, people: People) {
  const insert = inserterOf(outreach)
  const rows = outreachOf(tree, people, new Dice(31))
  rows.forEach(({ unit, ...row }, n) => {
    insert({
      ...row,
      id: n + 1,
      campaignId: CAMPAIGN_ID,
      unitId: unit.id,
      localityCode: unit.localityCode,
      createdAt: Math.min(startOf(row.heldOn) + 17 * HOUR_MS, STANDS_AT - HOUR_MS),
      createdBy: scribeOf(people, unit) ?? 1,
    })
  })
  logStep('outreach', { count: rows.length })
}

function writePoints(tree: Tree, people: People) {
  const insert = inserterOf(collectionPoint)
  const insertDay = inserterOf(collectionDay)
  const points = pointsOf(tree, people, new Dice(32))
  points.forEach(({ unit, days, isCancelled, ...row }, n) => {
    const pointId = n + 1
    const by = scribeOf(people, unit) ?? 1
    insert({
      ...row,
      id: pointId,
      campaignId: CAMPAIGN_ID,
      unitId: unit.id,
      createdAt: Math.min(startOf(row.fromOn) - 3 * DAY_MS, STANDS_AT - DAY_MS),
      createdBy: by,
      cancelledAt: isCancelled ? startOf(row.fromOn) - DAY_MS : null,
    })
    for (const day of days) insertDay({ ...day, pointId, enteredAt: startOf(day.day) + 17 * HOUR_MS, enteredBy: by })
  })
  logStep('collection_point', { count: points.length })
}

function writeOffers(tree: Tree, people: People, numbers: MadeUpNumbers) {
  const insert = inserterOf(offer)
  const by = officeOf(people, 'telecom_office')
  OFFERS.forEach((row, n) => {
    insert({
      ...row,
      id: n + 1,
      campaignId: CAMPAIGN_ID,
      createdAt: startOf(row.fromOn) + 9 * HOUR_MS,
      createdBy: by,
    })
  })
  const dice = new Dice(33)
  const communes = tree.units.filter(unit => unit.kind === 'commune' && scribeOf(people, unit) !== undefined)
  const near = communes.filter(unit => unit.districtCode === '689')
  const insertWish = inserterOf(offerRequest)
  for (let id = 1; id <= WISHES; id++) {
    const unit = dice.pick(dice.chance(0.7) && near.length > 0 ? near : communes)
    const askedOn = addDays(TODAY, -dice.int(1, 30))
    const sealed = (column: string, plain: string) =>
      seal({ campaignId: CAMPAIGN_ID }, { table: 'offer_request', column, rowId: id }, plain)
    const sex = dice.chance(0.5) ? 'male' : 'female'
    insertWish({
      id,
      campaignId: CAMPAIGN_ID,
      offerId: dice.int(1, OFFERS.length),
      localityCode: unit.localityCode,
      hamlet: dice.pick(['Ấp 1', 'Ấp 3', 'Khu phố 2', '']),
      citizenNameCipher: sealed('citizen_name', personName(dice, sex, 0.1)),
      citizenPhoneCipher: sealed('citizen_phone', numbers.phone()),
      consentVersion: '2024-04/offer',
      consentChannel: dice.pick(['own_phone', 'paper', 'spoken_witnessed'] as const),
      askedAt: startOf(askedOn) + 10 * HOUR_MS,
      askedBy: scribeOf(people, unit) ?? 1,
      handedAt: askedOn < '2024-05-25' ? startOf('2024-05-25') + 9 * HOUR_MS : null,
    })
  }
  logStep('offer', { count: OFFERS.length })
}

function writeDifficulties(tree: Tree, people: People) {
  const insert = inserterOf(difficulty)
  let id = 0
  for (const { unit: name, on, ...row } of DIFFICULTIES) {
    const unit = tree.units.find(one => one.name === name)
    const by = unit && scribeOf(people, unit)
    if (unit === undefined || by === undefined) continue
    id += 1
    const raisedAt = startOf(on) + 10 * HOUR_MS
    insert({
      ...row,
      id,
      campaignId: CAMPAIGN_ID,
      unitId: unit.id,
      folded: foldName([row.title, row.body, row.answer ?? ''].join(' ')),
      raisedAt,
      raisedBy: by,
      answeredAt: row.answer === null ? null : raisedAt + ANSWERED_AFTER_MS,
      answeredBy: row.answer === null ? null : officeOf(people, row.route),
    })
  }
  logStep('difficulty', { count: id })
}

/**
 * Writes the weekly reports since the first, signed by heads in time, late or not at all, and one correction. Runs
 * after the tallies are computed. Frozen figures grow from week to week. They are slightly lower than today's figures
 * for the same days, because records were confirmed and verified since.
 */
export function writeReports(tree: Tree, people: People) {
  const dice = new Dice(34)
  const insert = inserterOf(report)
  const { id: regulationId } = prepared<{ id: number }>(
    'select id from regulation where campaign_id = ? order by version desc',
  ).one(CAMPAIGN_ID)
  const { code } = prepared<{ code: string }>('select code from campaign where id = ?').one(CAMPAIGN_ID)
  const periods = reportPeriods(PLAN_128, code).filter(({ kind, endsOn }) => kind === 'weekly' && endsOn < TODAY)
  const titleOf = (unitId: number) => prepared<string>('select head_title from unit where id = ?').pluck().one(unitId)
  const names = new Map(people.accounts.map(row => [row.id, row.displayName]))
  let written = 0
  for (const unit of tree.units) {
    const head = people.chairs.get(unit.id)?.head
    if (head === undefined || !['provincial_agency', 'district', 'commune', 'department'].includes(unit.kind)) continue
    const now = liveFigures({ campaignId: CAMPAIGN_ID, unitId: unit.id, unitPath: unit.path, endsOn: TODAY })
    if (now.officials === 0) continue
    const signings = signingsOf(unit, periods, dice)
    periods.forEach(({ kind, endsOn }, n) => {
      const signedAt = signings[n]
      if (signedAt === null || signedAt === undefined || signedAt > STANDS_AT) return
      const figures = asOfThen(unit, endsOn, now)
      const versions = isCorrected(unit, endsOn) ? 2 : 1
      for (let version = 1; version <= versions; version++) {
        const content: ReportContent = {
          campaign: code,
          unitId: unit.id,
          unitName: unit.name,
          kind,
          endsOn,
          version,
          reason: version === 1 ? '' : 'Bổ sung các trường hợp của Tổ công nghệ số cộng đồng ghi muộn.',
          difficulties: dice.pick(REMARKS),
          proposals: dice.pick(PROPOSALS),
          signedAt: signedAt + (version - 1) * 3 * DAY_MS,
          signerName: names.get(head) ?? '',
          signerCapacity: 'head',
          signerTitle: titleOf(unit.id),
          earlyReason: null,
          documentNumber: null,
          documentOn: null,
          regulationId,
          figures:
            version < versions ? { ...figures, reported: figures.reported - figures.awaiting, awaiting: 0 } : figures,
        }
        const text = canonicalJson(content)
        insert({
          campaignId: CAMPAIGN_ID,
          unitId: unit.id,
          kind,
          endsOn,
          version,
          reason: content.reason,
          difficulties: content.difficulties,
          proposals: content.proposals,
          preparedAt: content.signedAt - HOUR_MS,
          preparedBy: scribeOf(people, unit) ?? head,
          signedAt: content.signedAt,
          signedBy: head,
          signerCapacity: 'head',
          signerName: content.signerName,
          regulationId,
          figures: text,
          hash: hashOf(text),
        })
        written += 1
      }
    })
  }
  logStep('report', { count: written })
}

const isCorrected = (unit: Unit, endsOn: Day) =>
  endsOn === '2024-05-31' && /^(UBND xã Tân Thành|Sở Y tế)$/.test(unit.name)

const REMARKS = [
  '',
  'Một số người dân dùng điện thoại 2G, chưa có điều kiện đổi máy.',
  'Sóng 4G yếu ở khu vực vùng ven; người dân đi làm cả ngày, phải gặp buổi tối.',
  'Nhiều SIM chưa chính chủ, sang tên mất thời gian.',
]
const PROPOSALS = [
  '',
  'Đề nghị nhà mạng cử nhân viên đến điểm lưu động buổi tối.',
  'Đề nghị tăng lịch thu nhận lưu động vào thứ bảy, chủ nhật.',
]

/**
 * Returns the figures that a report signed then would have had: fewer verified and confirmed, some people not yet at
 * their target.
 */
function asOfThen(unit: Unit, endsOn: Day, now: ReportFigures): ReportFigures {
  const figures = liveFigures({ campaignId: CAMPAIGN_ID, unitId: unit.id, unitPath: unit.path, endsOn })
  const share = now.counted === 0 ? 0 : figures.counted / now.counted
  const verifiedSince = Math.floor(figures.by_extract * 0.12)
  const confirmedSince = Math.floor(figures.by_unit * 0.04)
  const scaled = (value: number, least: number) => Math.floor(value * (least + (1 - least) * share))
  return {
    ...figures,
    counted: figures.counted - confirmedSince,
    awaiting: figures.awaiting + confirmedSince,
    verified: figures.verified - Math.min(figures.verified, verifiedSince),
    by_extract: figures.by_extract - verifiedSince,
    by_unit: figures.by_unit + verifiedSince - confirmedSince,
    quota_reached: scaled(now.quota_reached, 0),
    obligations_met: scaled(now.obligations_met, 0.3),
    sim_signature_met: scaled(now.sim_signature_met, 0.4),
    phone_4g_met: scaled(now.phone_4g_met, 0.7),
    portal_login_met: scaled(now.portal_login_met, 0.4),
  }
}
