import { createHash } from 'node:crypto'
import type { Person } from '#app/access/policy.ts'
import { PLAN_128 } from '#app/domain/regulation.ts'
import { parametersOf } from '#app/domain/scenario.ts'
import type { Role } from '#app/domain/vocabulary.ts'
import { askerOf } from '#app/jobs/asker.server.ts'
import { computeReplay } from '#app/jobs/closing.server.ts'
import { issueToken } from '#app/queries/api-token.server.ts'
import { createCampaign } from '#app/queries/campaign.server.ts'
import { proposeListed } from '#app/queries/candidate-step.server.ts'
import { findCitizenLink, issueCitizenLink } from '#app/queries/citizen-code.server.ts'
import { askByCode } from '#app/queries/citizen-request.server.ts'
import { closingForJob } from '#app/queries/closing.server.ts'
import { freezeClosing } from '#app/queries/closing-freeze.server.ts'
import { addPoint } from '#app/queries/collection.server.ts'
import { raiseDifficulty } from '#app/queries/difficulty.server.ts'
import { askExemption } from '#app/queries/exemption.server.ts'
import { addGate } from '#app/queries/gate.server.ts'
import { recordHelp } from '#app/queries/help.server.ts'
import { drawInspection } from '#app/queries/inspection-draw.server.ts'
import { rejudgeCampaign, writeUnjudged } from '#app/queries/judging/index.server.ts'
import { declareObligation } from '#app/queries/obligation.server.ts'
import { addOffer } from '#app/queries/offer.server.ts'
import { logOutreach } from '#app/queries/outreach.server.ts'
import { publishDay } from '#app/queries/publication.server.ts'
import { dueOf } from '#app/queries/report.server.ts'
import { signReport } from '#app/queries/report-signing.server.ts'
import { giveNotice } from '#app/queries/review-step.server.ts'
import { createRound } from '#app/queries/round.server.ts'
import { createScenario } from '#app/queries/scenario.server.ts'
import { prepareList } from '#app/queries/signed-list.server.ts'
import { assignTargets } from '#app/queries/target.server.ts'
import { formTeam } from '#app/queries/team.server.ts'
import { rootUnit } from '#app/queries/unit.server.ts'
import { db, prepared } from '#db/client.server.ts'
import { unwatchFacts } from '#db/fact-hash.server.ts'
import { extract } from '#db/schema.ts'
import { agreeToClose } from './closing.ts'
import {
  CAMPAIGN,
  confirmNow,
  done,
  grantTo,
  helpForm,
  keepProvince,
  makeOfficial,
  makeProvince,
  NOW,
  system,
  unitNamed,
} from './make.ts'

const quiet = () => undefined

const first = (text: string, ...values: unknown[]) =>
  prepared<number>(text)
    .pluck()
    .get(...values) ?? 0
/** The account with this login, as it acts. */
const actorOf = (login: string) => askerOf(first('select id from account where login = ?', login)) as Person

const COMMUNE = 'UBND xã Tân Thành'

/** Each account of the tests' logins, with its role and where it holds; no role: an official of the commune. */
const CAST: Record<string, { role?: Role; place: string }> = {
  canbo: { place: COMMUNE },
  daumoi: { role: 'coordinator', place: COMMUNE },
  thutruong: { role: 'head', place: COMMUNE },
  truonghuyen: { role: 'head', place: 'Thành phố Đồng Xoài' },
  kiemtra: { role: 'inspector', place: 'Tỉnh Bình Phước' },
  congan: { role: 'campaign_office', place: 'Tỉnh Bình Phước' },
  stttt: { role: 'telecom_office', place: 'Tỉnh Bình Phước' },
  noivu: { role: 'home_affairs', place: 'Tỉnh Bình Phước' },
  lanhdao: { role: 'province_leader', place: 'Tỉnh Bình Phước' },
  kiemtoan: { role: 'auditor', place: 'Tỉnh Bình Phước' },
  quantri: { role: 'admin', place: 'Tỉnh Bình Phước' },
}

/** Posts the accounts of the cast where their roles are, and some officials at the commune. */
function castRoles() {
  for (const [login, { role, place }] of Object.entries(CAST)) {
    const unitId = unitNamed(place).id
    const { actor, accountId } = makeOfficial(unitId)
    if (role) grantTo(actor, role, unitId)
    prepared('update account set login = ? where id = ?').run(login, accountId)
  }
  const second = grantTo(makeOfficial(rootUnit().id).actor, 'inspector', rootUnit().id)
  prepared("update account set login = 'kiemtra2' where id = ?").run(second.accountId)
  for (let n = 0; n < 3; n++) makeOfficial(unitNamed(COMMUNE).id)
}

/** People of the commune without a role. */
const peopleOfCommune = () =>
  prepared<{ officialId: number; accountId: number }>(
    `select p.official_id as officialId, a.id as accountId from posting p join account a on a.official_id = p.official_id
      where p.unit_id = ? and not exists (select 1 from role_grant g where g.account_id = a.id) order by p.official_id`,
  ).all(unitNamed(COMMUNE).id)

/**
 * A province with two campaigns over the same days, people and citizens, who did some of everything in both. The first
 * also has what comes after its end: a close, a round, a case, a scenario.
 */
export async function foundTwo(): Promise<{ file: string; second: number; tokens: Record<number, string> }> {
  makeProvince()
  castRoles()
  const office = actorOf('congan')
  const second = done(
    createCampaign(office, {
      code: '250/KH-UBND',
      name: 'Đợt thứ hai',
      issuer: 'UBND tỉnh',
      issuedOn: '2024-04-01',
      parameters: { ...PLAN_128, startsOn: '2024-04-10', endsOn: '2024-08-30', finalReportOn: '2024-09-10', quota: 5 },
      annexOf: CAMPAIGN,
    }),
  ).campaignId
  await rejudgeCampaign(system, second, quiet)
  endJobs()
  workIn(CAMPAIGN)
  workIn(second)
  const tokens = Object.fromEntries(
    [CAMPAIGN, second].map(campaignId => [
      campaignId,
      done(
        issueToken(office, campaignId, {
          name: `Hệ thống ${campaignId}`,
          unitId: rootUnit().id,
          scopes: ['read', 'figures', 'extracts'],
          days: 90,
        }),
      ).token,
    ]),
  )
  await closeFirst()
  endJobs()
  return { file: keepProvince('two'), second, tokens }
}

/** What a worker would have done meanwhile is done. */
const endJobs = () => prepared("update job set state = 'done'").run()

/** Some of everything that people do in a campaign. */
function workIn(campaignId: number) {
  const commune = unitNamed('UBND xã Tân Thành')
  const people = peopleOfCommune()
  const head = actorOf('thutruong')
  const coordinator = actorOf('daumoi')
  const made = people.flatMap(({ officialId, accountId }, n) =>
    [0, 1, 2].map(
      m =>
        done(
          recordHelp(askerOf(accountId), campaignId, {
            officialId,
            input: helpForm(500 + n * 3 + m, { helpedOn: '2024-05-20' }),
          }),
        ).helpId,
    ),
  )
  confirmNow(head, campaignId, made.slice(0, 8))
  const [one] = people
  if (!one) throw new Error('nobody works in the commune')
  done(
    declareObligation(askerOf(one.accountId) as Person, campaignId, {
      officialId: one.officialId,
      declaration: { part: 'phone_4g', maker: 'Samsung', model: 'A15', has4g: true },
      evidence: { mediaType: 'application/pdf', content: Buffer.from(`%PDF-1.7 ${campaignId}`) },
    }),
  )
  done(
    assignTargets(head, campaignId, {
      officialIds: [one.officialId],
      input: { target: 12, documentNumber: null, reason: null },
    }),
  )
  done(
    askExemption(coordinator, campaignId, {
      officialId: people[1]?.officialId ?? 0,
      input: {
        parts: ['quota'],
        reason: 'maternity',
        reasonText: null,
        documentNumber: '9/GM',
        fromOn: '2024-05-01',
        toOn: '2024-06-30',
      },
    }),
  )
  done(
    prepareList(coordinator, campaignId, {
      unitId: commune.id,
      officialIds: people.map(({ officialId }) => officialId),
      days: { simSignatureBy: '2024-06-30', phone4gBy: '2024-06-30', portalLoginBy: '2024-06-30' },
    }),
  )
  formTeam(head, campaignId, {
    unitId: commune.id,
    input: { kind: 'digital_community', name: 'Tổ của đợt hai', hamlet: '', decisionNumber: '5/QĐ' },
  })
  raiseDifficulty(coordinator, campaignId, {
    unitId: commune.id,
    route: 'campaign_office',
    title: 'Sóng yếu ở ấp 2',
    body: 'Cần thêm trạm.',
  })
  done(
    logOutreach(coordinator, campaignId, {
      unitId: commune.id,
      input: {
        channel: 'meeting',
        heldOn: '2024-05-21',
        place: 'Hội trường',
        people: 40,
        localityCode: commune.localityCode ?? '',
        note: null,
      },
    }),
  )
  done(
    addPoint(coordinator, campaignId, {
      unitId: commune.id,
      input: {
        kind: 'mobile',
        name: 'Điểm của đợt hai',
        place: 'Nhà văn hóa',
        localityCode: commune.localityCode ?? '',
        fromOn: '2024-06-12',
        toOn: '2024-06-20',
        hours: '7:30–11:30',
        dailyCapacity: 30,
      },
    }),
  )
  addOffer(actorOf('stttt'), campaignId, {
    carrier: 'viettel',
    kind: 'sim',
    name: 'SIM của đợt hai',
    price: 50_000,
    terms: null,
    documentNumber: null,
    fromOn: '2024-05-01',
    toOn: null,
  })
  const [period] = dueOf(campaignId, commune.id)
  if (period) done(signReport(head, campaignId, { unitId: commune.id, slug: period.slug, earlyReason: '' }))
  addGate(actorOf('noivu'), campaignId, {
    subject: { officialId: one.officialId },
    input: { kind: 'complaint', documentNumber: '3/ĐT', documentOn: '2024-06-01', fromOn: '2024-06-01', toOn: null },
  })
  for (const kind of ['help', 'worklist'] as const)
    prepared(
      `insert into import_batch (kind, unit_id, file_name, plan_cipher, created_at, created_by, campaign_id)
       values (?, ?, 'x.xlsx', x'', 1, ?, ?)`,
    ).run(kind, commune.id, coordinator.accountId, campaignId)
  writeUnjudged(tx =>
    tx
      .insert(extract)
      .values({
        campaignId,
        source: 'police',
        asOfOn: '2024-06-10',
        outcomes: JSON.stringify(['eid_activated']),
        isFullList: false,
        state: 'read',
        summary: JSON.stringify({ counts: { rows: 1, valid: 1, repeated: 0, problems: 0, subjects: 1 } }),
      })
      .run(),
  )
  const memberIds = [actorOf('kiemtra').accountId, actorOf('kiemtra2').accountId]
  done(
    drawInspection(actorOf('congan'), campaignId, {
      unitId: commune.id,
      input: { certainty: 0.95, untrueShare: 0.05, riskPicks: 0, memberIds },
    }),
  )
  publishDay(system, campaignId)
}

/** Sets the clock of the sample to an instant, backwards too. */
const setClock = (at: number) =>
  prepared('update clock set real_at = ?, campaign_at = ? where id = 1').run(Date.now(), at)

/** What the sample's campaign has only after its end; the clock goes back to the sample's day afterwards. */
async function closeFirst() {
  const office = actorOf('congan')
  const homeAffairs = actorOf('noivu')
  askRequests()
  publishDay(system, CAMPAIGN)
  setClock(Date.parse('2024-07-10T09:00+07:00'))
  const moved = { office: { ...office, on: '2024-07-10' }, homeAffairs: { ...homeAffairs, on: '2024-07-10' } }
  agreeToClose(moved.office, moved.homeAffairs)
  const closingId = first('select max(id) from closing')
  const closing = closingForJob(closingId)
  if (!closing) throw new Error('nothing is being closed')
  await freezeClosing(moved.office, closing, quiet)
  const { roundId } = done(
    createRound(moved.homeAffairs, CAMPAIGN, {
      kind: 'commendation',
      name: 'Tổng kết đợt một',
      proposalsDueOn: '2024-07-20',
      individualCap: null,
      collectiveCap: null,
    }),
  )
  const commune = unitNamed('UBND xã Tân Thành')
  const eligible = prepared<number>(
    `select official_id from official_assessment where campaign_id = ? and unit_id = ? and result = 'eligible' limit 2`,
  )
    .pluck()
    .all(CAMPAIGN, commune.id)
  if (eligible.length > 0)
    proposeListed(actorOf('thutruong'), CAMPAIGN, {
      roundId,
      kind: 'official',
      ids: eligible,
      form: 'province_certificate',
      achievement: 'Vượt chỉ tiêu.',
    })
  const { scenarioId } = createScenario(moved.homeAffairs, CAMPAIGN, {
    closingId,
    name: 'Phương án của đợt một',
    parameters: { ...parametersOf(PLAN_128), quota: 8 },
  })
  await computeReplay({ scenarioId }, system, quiet)
  const short = prepared<number>(
    `select official_id from standing where campaign_id = ? and unit_id = ? and result = 'not_completed_open' limit 1`,
  )
    .pluck()
    .get(CAMPAIGN, commune.id)
  if (short !== undefined)
    giveNotice(actorOf('thutruong'), CAMPAIGN, {
      subject: { officialId: short },
      documentNumber: '31/TB',
      body: 'Đề nghị giải trình.',
    })
  setClock(NOW)
}

/** A citizen of a record asks by its code for something. */
function askRequests() {
  const { officialId, actor } = {
    officialId: first("select official_id from account where login = 'canbo'"),
    actor: actorOf('canbo'),
  }
  const helpId = first(
    "select id from help where official_id = ? and campaign_id = ? and verdict_reason <> 'withdrawn' order by id limit 1",
    officialId,
    CAMPAIGN,
  )
  issueCitizenLink(actor, CAMPAIGN, helpId)
  const { code } = findCitizenLink(actor, CAMPAIGN, { id: helpId, officialId })
  if (code) askByCode(code, { kind: 'correct', message: 'Họ tên của tôi viết sai.' })
}

/* ---------- a campaign taken out of the file ---------- */

type Reference = { table: string; from: string; to: string | null }

/** What stays: that the campaign is there, by which rules, under which keys, and who looks at it. */
const STAYS = ['campaign', 'regulation', 'wrapped_key', 'session', 'key_destruction']

const tables = () =>
  prepared<string>(
    "select name from sqlite_schema where type = 'table' and name not like 'sqlite_%' and sql not like '%virtual%'",
  )
    .pluck()
    .all()
const columnsOf = (table: string) => prepared<string>('select name from pragma_table_info(?)').pluck().all(table)
/** The references of a table; a key that holds the campaign itself, which cannot lead into another, is left out. */
const referencesOf = (table: string) =>
  prepared<Reference>(
    `select k."table", k."from", k."to" from pragma_foreign_key_list(@table) k where not exists (
       select 1 from pragma_foreign_key_list(@table) other where other.id = k.id and other."to" = 'campaign_id')`,
  ).all({ table })

/** The tables whose rows are of one campaign. */
const campaignTables = () => tables().filter(table => columnsOf(table).includes('campaign_id'))

/** Deletes all that was ever written in a campaign, as if nobody had worked in it. */
export function emptyCampaign(campaignId: number) {
  const { $client } = db
  $client.pragma('foreign_keys = off')
  unwatchFacts($client)
  for (const name of prepared<string>("select name from sqlite_schema where type = 'trigger' and sql like '%raise(%'")
    .pluck()
    .all())
    $client.exec(`drop trigger "${name}"`)
  const own = new Set(campaignTables())
  for (const table of own)
    if (!STAYS.includes(table)) prepared(`delete from "${table}" where campaign_id = ?`).run(campaignId)
  prepared("delete from job where json_extract(input, '$.campaignId') = ?").run(campaignId)
  // what hangs from a row that is gone goes as well
  const hanging = tables().filter(table => !own.has(table))
  for (let isMoving = true; isMoving; )
    isMoving = hanging.some(table =>
      referencesOf(table).some(({ table: parent, from, to }) => {
        const { changes } = prepared(
          `delete from "${table}" where "${from}" is not null and not exists (select 1 from "${parent}" p where p."${to ?? 'id'}" = "${table}"."${from}")`,
        ).run()
        return changes > 0
      }),
    )
}

/** A hash of each table's rows that are of a campaign, or hang from such rows. */
export function rowsOf(campaignId: number): Record<string, string> {
  return Object.fromEntries(
    campaignTables()
      .filter(table => !STAYS.includes(table))
      .map(table => {
        const hash = createHash('sha256')
        for (const row of prepared(`select * from "${table}" where campaign_id = ? order by 1, 2`).all(campaignId))
          hash.update(JSON.stringify(row))
        return [table, hash.digest('hex')]
      }),
  )
}

/** Every reference from a row of one campaign to a row of another. */
export function referencesAcross(): string[] {
  const own = new Set(campaignTables())
  return [...own].flatMap(table =>
    referencesOf(table)
      .filter(({ table: parent }) => own.has(parent))
      .flatMap(({ table: parent, from, to }) => {
        const count = prepared<number>(
          `select count(*) from "${table}" c join "${parent}" p on p."${to ?? 'id'}" = c."${from}"
            where c.campaign_id is not null and p.campaign_id is not null and c.campaign_id <> p.campaign_id`,
        )
          .pluck()
          .one()
        return count > 0 ? [`${table}.${from} → ${parent}: ${count}`] : []
      }),
  )
}
