import type { Person } from '#app/access/policy.ts'
import { HELP_COLUMNS, type HelpColumn, MAX_HELP_ROWS } from '#app/domain/help-import.ts'
import { WORKLIST_ROWS } from '#app/domain/worklist.ts'
import { findHelpBatch, startHelpApply, uploadHelp } from '#app/queries/help-batch.server.ts'
import { orderInspection } from '#app/queries/inspection-draw.server.ts'
import { confirmDestruction, proposeDestruction } from '#app/queries/key-destruction.server.ts'
import { nameHolds } from '#app/queries/steps.server.ts'
import { findWorklistBatch, startWorklistApply, uploadWorklist } from '#app/queries/worklist-import.server.ts'
import { helpHeaders } from '#app/text/help-import.ts'
import { prepared } from '#db/client.server.ts'
import { agreeToClose } from '#tests/closing.ts'
import { personAt } from './database.ts'
import { doJobs } from './long-work.ts'
import { CAMPAIGN, numberOf } from './province.ts'

/** A citizen's birth year and number: those of the province are born in 1960, these in 1950. */
const citizenOf = (n: number) => ({ number: numberOf(5, n), year: '1950' })

const lastBatch = () => prepared('select max(id) from import_batch').pluck().get() as number

const accountOf = (role: string, unitId: number) =>
  prepared('select account_id from role_grant where role = ? and unit_id = ?').pluck().get(role, unitId) as number

/** Gives an official's account a role in the whole province, and ends their posting before the campaign. */
function appoint(role: string): number {
  const accountId = prepared(
    `select max(a.id) from account a join posting p on p.official_id = a.official_id
      where p.to_on is null and p.from_on = '2020-01-01' and a.id not in (select account_id from role_grant)`,
  )
    .pluck()
    .get() as number
  prepared('update posting set to_on = from_on where official_id = (select official_id from account where id = ?)').run(
    accountId,
  )
  prepared(
    "insert into role_grant (account_id, role, unit_id, from_on, created_at) values (?, ?, 1, '2024-01-01', 0)",
  ).run(accountId, role)
  return accountId
}

/** Imports the longest worklist and the longest list of records of a commune. */
export async function importLists() {
  const unitId = prepared("select id from unit where kind = 'commune' and name like '%Tân Thành%'")
    .pluck()
    .get() as number
  const coordinator = personAt(accountOf('coordinator', unitId))
  await importWorklist(coordinator, unitId, WORKLIST_ROWS)
  await importHelp(coordinator, unitId, MAX_HELP_ROWS)
}

const SYLLABLES = 'An Bình Cúc Dung Hà Hiền Hoa Hương Lan Liên Mai Minh Nga Ngọc Oanh Phương Quyên Thảo Thu Yến'.split(
  ' ',
)

/** The name of the citizen with that number, one of 8,000. */
const nameOf = (n: number) =>
  ['Nguyễn', ...[400, 20, 1].map(place => SYLLABLES[Math.floor(n / place) % SYLLABLES.length])].join(' ')

/** Imports a worklist of so many citizens of a commune, from the upload to the last of them. */
async function importWorklist(coordinator: Person, unitId: number, rows: number) {
  const lines = Array.from({ length: rows }, (_, n) => {
    const { number, year } = citizenOf(n)
    return `${nameOf(n)};${number};${year};Ấp ${n % 9};x`
  })
  const bytes = Buffer.from(['Họ và tên;Số định danh;Năm sinh;Ấp;Chưa kích hoạt', ...lines].join('\n'))
  const about = { name: 'Người dân chưa kích hoạt', legalBasis: 'Kế hoạch 128' }
  uploadWorklist(coordinator, CAMPAIGN, { unitId, fileName: 'nguoi-dan.csv', bytes, ...about })
  await doJobs()
  const content = findWorklistBatch(coordinator, lastBatch())?.content
  if (content?.stage !== 'planned') throw new Error(`the worklist is ${JSON.stringify(content).slice(0, 500)}`)
  if (content.plan.adds.length < rows) throw new Error(JSON.stringify({ ...content.plan, adds: [] }).slice(0, 500))
  startWorklistApply(coordinator, { batchId: lastBatch(), planKey: content.planKey })
  await doJobs()
}

/** Imports so many records of one official, from the upload to the last of them. */
async function importHelp(coordinator: Person, unitId: number, rows: number) {
  const { officialId } = prepared(
    'select official_id as officialId from posting where unit_id = ? and official_id <> ? order by official_id desc',
  ).get(unitId, coordinator.officialId) as { officialId: number }
  const lines = Array.from({ length: rows }, (_, n): Partial<Record<HelpColumn, string>> => {
    const { number, year } = citizenOf(100_000 + n)
    return {
      staffCode: `bp${officialId}`,
      citizenName: 'Điểu Thị Mẫu',
      citizenNumber: number,
      birth: year,
      district: 'Đồng Xoài',
      commune: 'Tân Thành',
      helpedOn: '10/6/2024',
      place: 'Tại nhà',
      vneid_installed: 'x',
      eid_activated: '10/6/2024',
      sim_signature: 'Đã có từ trước',
      consentChannel: 'Bằng văn bản',
      consent: 'x',
    }
  })
  const table = [
    HELP_COLUMNS.map(column => helpHeaders[column].header),
    ...lines.map(line => HELP_COLUMNS.map(column => line[column] ?? '')),
  ]
  const bytes = Buffer.from(table.map(cells => cells.join('\t')).join('\n'))
  uploadHelp(coordinator, { campaignId: CAMPAIGN, unitId, fileName: 'truong-hop.txt', bytes })
  await doJobs()
  const content = findHelpBatch(coordinator, lastBatch())?.content
  if (content?.stage !== 'planned') throw new Error(`the records are ${JSON.stringify(content).slice(0, 500)}`)
  if (content.plan.creates.length < rows) throw new Error(JSON.stringify(content.plan.problems[0]))
  startHelpApply(coordinator, { batchId: lastBatch(), planKey: content.planKey })
  await doJobs()
}

/** Draws the sample of an inspection of the whole province. */
export async function drawProvince(police: Person) {
  const memberIds = [appoint('inspector'), appoint('inspector')]
  const input = { memberIds, untrueShare: 0.01, certainty: 0.95, riskPicks: 20 }
  const ordered = orderInspection(police, CAMPAIGN, { unitId: 1, input })
  if (!ordered.ok) throw new Error(JSON.stringify(ordered.problems))
  await doJobs()
}

/** Closes the campaign for good and destroys its keys; the database cannot be used for records afterwards. */
export async function destroyCampaignKeys(police: Person) {
  moveClock('2024-07-10T09:00+07:00')
  const admin = personAt(appoint('admin'))
  agreeToClose(police, personAt(appoint('home_affairs')))
  await doJobs()
  nameHolds('key_destruction')
  const proposed = proposeDestruction(police, CAMPAIGN)
  if (!proposed.ok) throw new Error(proposed.problem)
  // it may be withdrawn for three days
  moveClock('2024-07-13T09:00+07:00')
  const confirmed = await confirmDestruction(admin, CAMPAIGN)
  if (!confirmed.ok) throw new Error(confirmed.problem)
}

/** Lets the campaign's clock go on from an instant, given in ISO 8601. */
function moveClock(to: string) {
  prepared('update clock set campaign_at = ?, real_at = ?').run(Date.parse(to), Date.now())
}
