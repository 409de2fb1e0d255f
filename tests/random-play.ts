import type { Person } from '#app/access/policy.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { PLAN_128 } from '#app/domain/regulation.ts'
import { addRegulation, createCampaign } from '#app/queries/campaign.server.ts'
import { answerByCode } from '#app/queries/citizen-answer.server.ts'
import { findCitizenLink, issueCitizenLink } from '#app/queries/citizen-code.server.ts'
import { eraseCitizen } from '#app/queries/citizen-deletion.server.ts'
import { askByCode } from '#app/queries/citizen-request.server.ts'
import { campaignToday, moveClock } from '#app/queries/clock.server.ts'
import { closingProblem, listClosings, startClosing } from '#app/queries/closing.server.ts'
import { freezeClosing } from '#app/queries/closing-freeze.server.ts'
import { validCollectives } from '#app/queries/closing-rows.server.ts'
import { listCollectives } from '#app/queries/collective-assessment.server.ts'
import { askExemption, decideExemption } from '#app/queries/exemption.server.ts'
import { startApplying, startUndoing } from '#app/queries/extract.server.ts'
import { walkExtract } from '#app/queries/extract-apply.server.ts'
import { sealFacts } from '#app/queries/fact-seal.server.ts'
import { editHelp, recordHelp } from '#app/queries/help.server.ts'
import { findHelp } from '#app/queries/help-view.server.ts'
import { restoreHelp, withdrawHelp } from '#app/queries/help-withdrawal.server.ts'
import { change, changePeople, rejudgeCampaign, rulesOf, writeUnjudged } from '#app/queries/judging/index.server.ts'
import { confirmObligations, declareObligation } from '#app/queries/obligation.server.ts'
import { settleAllObligations } from '#app/queries/obligation-evidence.server.ts'
import {
  askReconsideration,
  decideReconsideration,
  findReconsiderationsOf,
} from '#app/queries/reconsideration.server.ts'
import { dueOf } from '#app/queries/report.server.ts'
import { signReport } from '#app/queries/report-signing.server.ts'
import { assignTargets } from '#app/queries/target.server.ts'
import { transferOfficial } from '#app/queries/transfer.server.ts'
import { db, type FactTx, prepared } from '#db/client.server.ts'
import { matchHash } from '#db/keys.server.ts'
import { extract, extractFact, extractScope, inspection, inspectionPick } from '#db/schema.ts'
import { agreeToClose } from './closing.ts'
import {
  CAMPAIGN,
  citizenNumber,
  confirmNow,
  dropProvince,
  grantTo,
  helpForm,
  keepProvince,
  makeOfficial,
  makeProvince,
  NOW,
  returnNow,
  system,
  unitNamed,
} from './make.ts'
import { type Act, type ActOf, CITIZENS } from './random-acts.ts'
import { importRoster } from './roster.ts'

const NAMES = ['Lê Văn Không', 'Lê Văn Một', 'Lê Văn Hai', 'Lê Văn Ba', 'Lê Văn Bốn']
const phoneOf = (citizen: number) => `091234560${citizen}`
const quiet = () => undefined

type Made = { helpId: number; actor: Person; campaignId: number }
type Player = { officialId: number; actor: Person }

/** How often each act was done, or refused, and each situation came up, over all sequences. */
export const occurred = new Map<string, number>()
export function note(what: string, isSo = true) {
  if (isSo) occurred.set(what, (occurred.get(what) ?? 0) + 1)
}

/** Made once: a scene is a copy of its file. */
let first: { file: string; scene: Awaited<ReturnType<typeof foundScene>> } | undefined

/** Some units with officials, and two campaigns that overlap; `isMoved`: a commune changes its district meanwhile. */
export async function makeScene(isMoved: boolean) {
  if (!first) {
    makeProvince()
    const scene = await foundScene()
    await sealFacts(system)
    first = { scene, file: keepProvince('scene') }
    dropProvince()
  }
  makeProvince(NOW, first.file)
  // a sequence is never read again after a power cut
  db.$client.pragma('synchronous = off')
  if (isMoved)
    prepared(
      "insert into locality_belonging (locality_code, from_on, parent_code) values ('25195', '2024-05-01', '688')",
    ).run()
  return { ...first.scene, made: [] as Made[], differences: [] as unknown[] }
}
export type Scene = Awaited<ReturnType<typeof makeScene>>

async function foundScene() {
  const units = [unitNamed('Sở Nội vụ'), unitNamed('UBND xã Tân Thành'), unitNamed('Sở Y tế')]
  closeOthers(units)
  const official = (n: number, options: Parameters<typeof makeOfficial>[1] = {}): Player =>
    makeOfficial(units[n]?.id ?? 0, options)
  // one is an association's member, one a citizen too, one first posted after the cut-off
  const people = [
    official(0),
    official(0, { category: 'member', sex: 'female' }),
    official(1, { number: citizenNumber(4) }),
    official(2),
    official(2, { fromOn: '2024-07-08' }),
  ]
  joinChapters(people)
  const office = grantTo(grantTo(makeOfficial(1).actor, 'campaign_office', 1), 'telecom_office', 1)
  const home = grantTo(makeOfficial(1).actor, 'home_affairs', 1)
  const heads = units.map(unit => grantTo(makeOfficial(unit.id).actor, 'head', unit.id))
  const head = grantTo(grantTo(makeOfficial(units[0]?.id ?? 0).actor, 'head', 1), 'coordinator', 1)
  const second = createCampaign(office, {
    code: '200/KH-UBND',
    name: 'Đợt thứ hai',
    issuer: 'UBND tỉnh',
    issuedOn: '2024-04-25',
    parameters: { ...PLAN_128, startsOn: '2024-05-01', endsOn: '2024-06-30', quota: 3 },
    annexOf: null,
  })
  if (!second.ok) throw new Error('no second campaign')
  await rejudgeCampaign(system, second.campaignId, quiet)
  const coordinator = grantTo(makeOfficial(1).actor, 'coordinator', 1)
  return { units, people, office, home, second: second.campaignId, head, heads, coordinator }
}

/** Closes every other unit before the campaign: a closing then freezes few. */
function closeOthers(units: readonly { path: string }[]) {
  const kept = units.flatMap(({ path }) => path.split('/').filter(id => id !== ''))
  prepared("update unit set closed_on = '2024-01-01' where id not in (select value from json_each(?))").run(
    JSON.stringify(kept.map(Number)),
  )
}

/** Two people belong to chapters, one of them only until the middle of the campaign. */
function joinChapters(people: readonly Player[]) {
  const chapters = prepared("select id from chapter where association = 'youth' order by id desc limit 2")
    .pluck()
    .all() as number[]
  for (const [n, toOn] of [null, '2024-05-05'].entries()) {
    const officialId = people[n]?.officialId ?? 0
    changePeople([officialId], () =>
      prepared("insert into membership (official_id, chapter_id, from_on, to_on) values (?, ?, '2024-01-01', ?)").run(
        officialId,
        chapters[n],
        toOn,
      ),
    )
  }
}

const hashOf = (campaignId: number, n: number) => matchHash({ campaignId }, 'number', citizenNumber(n))

function formOf({
  citizen,
  on,
  outcomes,
  hasPhone,
  commune,
}: Pick<ActOf<'record'>, 'citizen' | 'on' | 'outcomes' | 'hasPhone' | 'commune'>) {
  const fact = (value: (typeof outcomes)['sim_signature']) => ({ value, on: value === 'achieved' ? on : null })
  return helpForm(citizen, {
    helpedOn: on,
    outcomes: {
      vneid_installed: fact(outcomes.vneid_installed),
      eid_activated: fact(outcomes.eid_activated),
      sim_signature: fact(outcomes.sim_signature),
      phone_4g: fact(outcomes.phone_4g),
    },
    citizen: { localityCode: commune, ...(hasPhone ? { phone: phoneOf(citizen), carrier: 'vinaphone' as const } : {}) },
  })
}

/** Whom `who` names: the first are there from the start, the others come by rosters and have a coordinator to record. */
function playerOf({ people, head }: Scene, who: number): Player | undefined {
  const known = people[who]
  if (known) return known
  const brought = prepared("select id from official where staff_code like 'CB%' order by id").pluck().all() as number[]
  const officialId = brought[who % Math.max(1, brought.length)]
  return officialId === undefined ? people[who % people.length] : { officialId, actor: head }
}

const recordAt = ({ made }: Scene, pick: number): Made | undefined =>
  made.length === 0 ? undefined : made[pick % made.length]

type Players = { [Kind in Act['do']]: (scene: Scene, act: ActOf<Kind>) => unknown }

/** Does each act as people do it; the value is whether it was done. */
const PLAY: Players = {
  record(scene, act) {
    const player = playerOf(scene, act.who)
    if (!player) return false
    const campaignId = act.isSecond ? scene.second : CAMPAIGN
    const result = recordHelp(player.actor, campaignId, { officialId: player.officialId, input: formOf(act) })
    if (result.ok) scene.made.push({ helpId: result.helpId, actor: player.actor, campaignId })
    note('record in the second campaign', result.ok && act.isSecond)
    return result.ok
  },
  confirm(scene, { picks }) {
    const records = picks.flatMap(pick => recordAt(scene, pick) ?? [])
    for (const campaignId of new Set(records.map(record => record.campaignId)))
      confirmNow(
        scene.head,
        campaignId,
        records.filter(record => record.campaignId === campaignId).map(({ helpId }) => helpId),
      )
    return records.length > 0
  },
  edit(scene, act) {
    const record = recordAt(scene, act.pick)
    const row = record && findHelp(record.actor, record.campaignId, record.helpId)
    if (!record || !row) return false
    const { helpId, campaignId, actor } = record
    // mostly the same citizen and day, elsewhere: what an extract contradicted, or a day that it spoke about
    const same = prepared('select citizen_hash from help where id = ?').pluck().get(helpId)
    const citizen = act.citizen ?? CITIZENS.find(n => hashOf(campaignId, n) === same) ?? 0
    const input = formOf({ ...act, citizen, on: act.on ?? row.helpedOn })
    return editHelp(actor, campaignId, { helpId, revision: row.revision, input }).ok
  },
  withdraw: (scene, { pick }) =>
    withRecord(scene, pick, (actor, campaignId, id) => withdrawHelp(actor, campaignId, id)),
  restore: (scene, { pick }) => withRecord(scene, pick, (actor, campaignId, id) => restoreHelp(actor, campaignId, id)),
  return: (scene, { pick }) =>
    withRecord(scene, pick, (_, campaignId, helpId) =>
      returnNow(scene.head, campaignId, { helpIds: [helpId], reason: 'Xem lại' }),
    ),
  reconsider(scene, { pick, isUpheld }) {
    const record = recordAt(scene, pick)
    if (!record) return false
    const { actor, campaignId, helpId } = record
    const [kind] = findReconsiderationsOf(actor, campaignId, helpId).mayAsk
    if (kind === undefined) return false
    const proposedOn = kind === 'day' ? '2024-04-20' : null
    if (!askReconsideration(actor, campaignId, { helpId, kind, proposedOn, reason: 'Xem lại' }).ok) return false
    const id = prepared('select max(id) from reconsideration').pluck().get() as number
    const decision = isUpheld ? 'upheld' : 'dismissed'
    decideReconsideration(scene.office, campaignId, { id, decision, reason: 'Đã xem' })
    note(`reconsideration of a ${kind} ${decision}`)
    return true
  },
  erase(scene, { pick }) {
    const record = recordAt(scene, pick)
    if (!record || record.actor === scene.head) return false
    const { actor, campaignId, helpId } = record
    issueCitizenLink(actor, campaignId, helpId)
    const { code } = findCitizenLink(actor, campaignId, { id: helpId, officialId: actor.officialId ?? 0 })
    if (code === null) return false
    askByCode(code, { kind: 'delete', message: '' })
    const requestId = prepared("select max(id) from citizen_request where kind = 'delete'").pluck().get() as number
    return eraseCitizen(scene.office, campaignId, { requestId, reachedBy: 'met' }).ok
  },
  answer(scene, { pick, answer, device }) {
    const record = recordAt(scene, pick)
    if (!record || record.actor === scene.head) return false
    const { actor, campaignId, helpId } = record
    if (!issueCitizenLink(actor, campaignId, helpId).ok) return false
    const { code } = findCitizenLink(actor, campaignId, { id: helpId, officialId: actor.officialId ?? 0 })
    if (code === null) return false
    const outcomes = answer === 'not_quite' ? (['eid_activated'] as const) : []
    return answerByCode(code, { answer, outcomes, consentVersion: '1', deviceHash: device ?? `device ${helpId}` }).ok
  },
  async extract(scene, act) {
    const campaignId = act.isSecond ? scene.second : CAMPAIGN
    const extractId = stage(scene, campaignId, act)
    if (startApplying(scene.office, campaignId, extractId) === undefined) return false
    await walkToEnd(extractId)
    note('extract of a telecom', act.source === 'telecom')
    note('extract that is a full list', act.isFull)
    return true
  },
  async undo(scene, { pick }) {
    const applied = prepared("select id, campaign_id as campaignId from extract where state = 'applied'").all() as {
      id: number
      campaignId: number
    }[]
    const chosen = applied[pick % Math.max(1, applied.length)]
    if (!chosen || startUndoing(scene.office, chosen.campaignId, chosen.id) === undefined) return false
    await walkToEnd(chosen.id)
    return true
  },
  inspect(scene, { pick, result }) {
    const record = recordAt(scene, pick)
    if (record) inspect(record, result, scene.units[0]?.id ?? 0)
    return record !== undefined
  },
  overturn(scene, { pick }) {
    const record = recordAt(scene, pick)
    if (!record) return false
    return touching(record, () =>
      prepared(
        "update inspection_pick set overturned_at = 1 where help_id = ? and result = 'untrue' and overturned_at is null",
      ).run(record.helpId),
    ).changes
  },
  pin(scene, { pick }) {
    const record = recordAt(scene, pick)
    if (!record) return false
    touching(record, () =>
      prepared(
        `insert into credit_pin (campaign_id, citizen_hash, help_id, reason, decided_at)
         select campaign_id, citizen_hash, id, 'Đã xác minh', 1 from help where id = ?
         on conflict do update set help_id = excluded.help_id`,
      ).run(record.helpId),
    )
    return true
  },
  transfer(scene, { who, unit, on }) {
    const player = playerOf(scene, who)
    const to = scene.units[unit]
    if (!player || !to) return false
    const moved = { position: 'Chuyên viên', category: 'public_employee' as const, isLeader: false, fromOn: on }
    return transferOfficial(system, { officialId: player.officialId, unitId: to.id, ...moved }).ok
  },
  exempt(scene, { who, part, toOn }) {
    const player = playerOf(scene, who)
    if (!player) return false
    const { officialId } = player
    const asked = askExemption(scene.coordinator, CAMPAIGN, {
      officialId,
      input: { parts: [part], reason: 'maternity', reasonText: null, documentNumber: '1', fromOn: '2024-05-01', toOn },
    })
    if (!asked.ok) return false
    const exemptionId = prepared('select max(id) from exemption').pluck().get() as number
    decideExemption(scene.head, CAMPAIGN, { exemptionId, decision: 'approved', decisionReason: null })
    return true
  },
  target(scene, { who, citizens }) {
    const player = playerOf(scene, who)
    if (!player) return false
    const input = { target: citizens, documentNumber: '1/QĐ', reason: null }
    return assignTargets(scene.head, CAMPAIGN, { officialIds: [player.officialId], input }).ok
  },
  fulfil(scene, { who }) {
    const player = playerOf(scene, who)
    if (!player || player.actor === scene.head) return false
    const { officialId, actor } = player
    const certificate = { provider: 'VNPT-CA', certificateKind: 'sim' as const }
    const sim = { part: 'sim_signature' as const, phone: phoneOf(who), carrier: 'vinaphone' as const, isOwnName: true }
    const days = { validFromOn: '2024-04-01', validToOn: '2025-04-01' }
    const device = { part: 'phone_4g' as const, maker: 'Samsung', model: 'A15', has4g: true }
    for (const declaration of [{ ...sim, ...certificate, ...days }, device])
      if (!declareObligation(actor, CAMPAIGN, { officialId, declaration, evidence: null }).ok) return false
    // as if declared early, so that full lists lack it
    prepared('update obligation set declared_at = ? where official_id = ?').run(
      Date.parse('2024-04-04T09:00+07:00'),
      officialId,
    )
    const ids = prepared('select id from obligation where official_id = ?').pluck().all(officialId) as number[]
    return confirmObligations(scene.head, CAMPAIGN, ids).confirmed
  },
  async roster(scene, { unit, citizen, hasNumber, claims, on }) {
    const staffCode = `CB${citizen}`
    const before = numberKeyOf(staffCode)
    const number = hasNumber || before === null ? citizenNumber(citizen) : null
    const isHelped = prepared('select count(*) from help where citizen_hash = ?').pluck().get(hashOf(CAMPAIGN, citizen))
    const person = { staffCode, name: NAMES[citizen] ?? '', birthYear: 1990, number }
    const isDone = await importRoster(scene.head, scene.units[unit]?.id ?? 0, [person], on)
    const isNamed = isDone && number !== null && !before
    note('roster that names a citizen with records', isNamed && (isHelped as number) > 0)
    note('roster that gives a known official a number', isNamed && before === null)
    if (isDone && number === null && claims) recordThemself(scene, staffCode, citizen)
    return isDone
  },
  async rules(scene, { changes }) {
    const { version, regulation } = rulesOf(CAMPAIGN)
    const added = addRegulation(scene.office, CAMPAIGN, {
      parameters: { ...regulation, ...changes },
      basedOn: version,
      documentNumber: '1',
      decidedOn: '2024-06-01',
      note: '',
    })
    if (!added.ok) return false
    await rejudgeCampaign(system, CAMPAIGN, quiet)
    const signed = prepared('select count(*) from report where signed_at is not null').pluck().get() as number
    note('rhythm moved', changes.weeklyReport?.weekday === 3)
    note('rhythm moved after a report was signed', changes.weeklyReport?.weekday === 3 && signed > 0)
    return true
  },
  report(scene, { unit, nth }) {
    const unitId = scene.units[unit]?.id ?? 0
    const due = dueOf(CAMPAIGN, unitId)
    const head = scene.heads[unit]
    const period = due[nth % Math.max(1, due.length)]
    return head && period && signReport(head, CAMPAIGN, { unitId, slug: period.slug, earlyReason: 'Ký sớm' }).ok
  },
  clock(scene, { on }) {
    // forward only: what follows is written after the deadline
    return moveClock(scene.office, Date.parse(`${on}T09:00+07:00`))
  },
  async close(scene) {
    const started = beginClosing(scene)
    const open = listClosings(CAMPAIGN).find(row => row.frozenAt === null)
    if (started === undefined || !open) return false
    await freezeClosing(scene.office, open, quiet)
    prepared("update job set state = 'done' where kind = 'closing'").run()
    const isLate = open.summary.on > rulesOf(CAMPAIGN).regulation.finalReportOn
    note(started === 'rehearsal' ? 'rehearsal' : isLate ? 'closing after the final report' : 'closing before it')
    scene.differences.push(...unlikePreview(scene, open.version))
    return true
  },
}

/** Begins the close where it is time, else a version, else a rehearsal; undefined where none may begin. */
function beginClosing({ office, home }: Scene) {
  if (closingProblem(CAMPAIGN, { reason: 'close', withLate: true, isAgreed: true }) === null) {
    if (campaignToday() <= rulesOf(CAMPAIGN).regulation.finalReportOn)
      return startClosing(office, CAMPAIGN, { reason: 'close', note: '' }).ok ? ('close' as const) : undefined
    agreeToClose(office, home)
    return 'close'
  }
  return (['correction', 'rehearsal'] as const).find(
    kind => startClosing(office, CAMPAIGN, { reason: kind, note: 'x', withLate: true }).ok,
  )
}

function withRecord(scene: Scene, pick: number, work: (actor: Person, campaignId: number, helpId: number) => unknown) {
  const record = recordAt(scene, pick)
  return record && work(record.actor, record.campaignId, record.helpId)
}

/** Records an official as a citizen helped by themself, while their number is not known. */
function recordThemself({ head, made }: Scene, staffCode: string, citizen: number) {
  const officialId = prepared('select id from official where staff_code = ?').pluck().get(staffCode) as number
  const result = recordHelp(head, CAMPAIGN, { officialId, input: helpForm(citizen) })
  if (result.ok) made.push({ helpId: result.helpId, actor: head, campaignId: CAMPAIGN })
}

/** Changes a fact about one record that only an office or a team decides. */
function touching<T>({ helpId, campaignId }: Made, write: (tx: FactTx) => T): T {
  const hash = prepared('select citizen_hash from help where id = ?').pluck().get(helpId) as string
  const { officialId } = prepared('select official_id as officialId from help where id = ?').get(helpId) as {
    officialId: number
  }
  return change(campaignId, { citizens: [hash], standings: [officialId] }, write)
}

let inspections = 0

/** A concluded inspection of one record, as its team leaves it. */
function inspect(record: Made, result: 'true' | 'untrue', unitId: number) {
  inspections += 1
  const { campaignId, helpId } = record
  touching(record, tx => {
    const { id } = tx
      .insert(inspection)
      .values({ campaignId, unitId, seed: '1', drawnAt: 1, concludedAt: inspections })
      .returning()
      .get()
    tx.insert(inspectionPick).values({ inspectionId: id, helpId, result }).run()
  })
}

/** An extract as it is once its file has been read. Returns its id. */
function stage({ people }: Scene, campaignId: number, act: ActOf<'extract'>): number {
  return writeUnjudged(tx => {
    const { source, asOf, happened, isFull, scope, byPhone } = act
    const isPolice = source === 'police'
    const outcomes = isPolice ? (['eid_activated'] as const) : (['sim_signature', 'phone_4g'] as const)
    const counts = { rows: 1, valid: 1, repeated: 0, problems: 0, subjects: 1 }
    const { id } = tx
      .insert(extract)
      .values({
        campaignId,
        source,
        asOfOn: asOf,
        outcomes: JSON.stringify(outcomes),
        isFullList: isFull,
        summary: JSON.stringify({ counts }),
      })
      .returning()
      .get()
    const carrier = isPolice ? '' : 'vinaphone'
    tx.insert(extractScope).values({ extractId: id, localityCode: scope, carrier }).run()
    const shown = act.citizens.map(n =>
      byPhone && !isPolice ? matchHash({ campaignId }, 'phone', phoneOf(n)) : hashOf(campaignId, n),
    )
    // a telecom also shows what its list has of the staff
    const staff = isPolice ? [] : act.citizens.flatMap(n => people[n] ?? [])
    const hashes = prepared('select number_hash from official_match where campaign_id = ? and official_id = ?').pluck()
    for (const subjectHash of new Set([
      ...shown,
      ...staff.map(({ officialId }) => hashes.get(campaignId, officialId) as string),
    ]))
      for (const outcome of outcomes)
        tx.insert(extractFact)
          .values({ extractId: id, subjectHash, outcome, happenedOn: outcome === 'phone_4g' ? null : happened })
          .run()
    return id
  })
}

async function walkToEnd(extractId: number) {
  await walkExtract(extractId, quiet)
  await settleAllObligations(extractId, quiet)
  prepared("update job set state = 'done' where kind in ('extract_apply', 'extract_undo')").run()
}

/** null: the official has none; undefined: there is no such official. */
function numberKeyOf(staffCode: string): Buffer | string | null | undefined {
  return prepared('select number_hash from official where staff_code = ?').pluck().get(staffCode) as never
}

/** Results that a closing froze otherwise than lists showed them at that moment; nothing came between. */
function unlikePreview({ office }: Scene, version: number) {
  const shown = new Map(
    listCollectives(office, CAMPAIGN, { unitPath: '/1/' }).map(row => [row.unitId, row.result as string]),
  )
  const units = validCollectives(CAMPAIGN, version).filter(
    row => shown.has(row.unitId) && row.result !== shown.get(row.unitId),
  )
  const people = prepared(
    `select a.official_id, a.result, s.result as shown from official_assessment a
       join standing s on s.campaign_id = a.campaign_id and s.official_id = a.official_id
      where a.campaign_id = ? and a.from_version <= ? and (a.to_version is null or a.to_version > ?)
        and (a.result <> s.result or a.unit_id <> s.unit_id)`,
  ).all(CAMPAIGN, version, version)
  return [...units, ...people]
}

/** Plays one act; what a person may not do is refused, and changes nothing. */
export async function play(scene: Scene, act: Act) {
  const result = await attempt(() => (PLAY[act.do] as (scene: Scene, act: Act) => unknown)(scene, act))
  note(`${act.do} ${isDone(result) ? 'done' : 'refused'}`)
}

async function attempt(work: () => unknown): Promise<unknown> {
  try {
    return await work()
  } catch (thrown) {
    if (thrown instanceof Refusal) return false
    throw thrown
  }
}

function isDone(result: unknown): boolean {
  if (typeof result !== 'object' || result === null) return Boolean(result)
  if ('ok' in result) return result.ok === true
  return 'problem' in result ? result.problem === null : true
}
