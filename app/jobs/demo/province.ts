import { hashPassword } from '#app/access/password.server.ts'
import { startOf } from '#app/domain/calendar.ts'
import type { EventSubject } from '#app/domain/event.ts'
import { foldName, nameSortKey } from '#app/domain/name.ts'
import { logEvent } from '#app/queries/event.server.ts'
import { CONSENT_VERSION } from '#app/queries/help.server.ts'
import { rebuildTallies } from '#app/queries/recount.server.ts'
import { storeAllVerdicts } from '#app/queries/verdict.server.ts'
import { prepared, transact } from '#db/client.server.ts'
import { matchHash, seal } from '#db/keys.server.ts'
import {
  account,
  citizenAnswer,
  creditPin,
  exemption,
  extract,
  extractFact,
  extractScope,
  help,
  helpCompanion,
  helpOutcome,
  inspection,
  inspectionPick,
  membership,
  obligation,
  official,
  officialMatch,
  pledge,
  posting,
  roleGrant,
  storedFile,
  targetDecision,
} from '#db/schema.ts'
import { EXTRACTS } from './coverage.ts'
import { Dice } from './dice.ts'
import { exemptionsOf, HOUR_MS, obligationsOf, pledgesOf, STANDS_AT, type TargetDecision, targetDecisionsOf } from './duties.ts'
import { inserterOf } from './inserter.server.ts'
import { MadeUpNumbers } from './made-up-numbers.ts'
import { type Official, type People, peopleOf } from './people.ts'
import { factsOf, inspectionsOf, pinsOf } from './proof.ts'
import { signedList } from './signed-list.ts'
import { growTree } from './tree.server.ts'
import { type Visit, visitsOf } from './visit.ts'

/** Plan 128, the first campaign of a founded database. */
const CAMPAIGN_ID = 1
const PASSWORD = 'demo-4phu'
const JOINED_AT = startOf('2024-04-01')
const CHUNK = 700
/** The rebuild of the tallies, in steps of the progress. */
const REBUILD_STEPS = 4000

type Progress = (done: number, total: number) => void

/**
 * Fills a founded database with the synthetic province: about 5,800 officials and 45,000 help records of plan 128 as of
 * 12/6/2024, 09:00, with everything behind their verdicts. The same each time, but for what is sealed. Facts are
 * written in bulk, then judged and summed up by the functions that every other write uses, so that a recount finds no
 * difference; the log gets one event for each bulk step instead of one for each row. `progress` is told how much is
 * done, of all, outside of transactions.
 *
 * A load that was cut short is begun anew. Throws where the database holds people that are not such a remainder.
 */
export async function loadDemo(progress: Progress): Promise<void> {
  const passwordHash = await hashPassword(PASSWORD)
  clearRemainder()
  const tree = growTree(new Dice(128))
  const numbers = new MadeUpNumbers(new Dice(70))
  const people = peopleOf(tree, new Dice(2024), numbers)
  const targets = targetDecisionsOf(people, tree, new Dice(12))
  const visits = visitsOf(tree, people, new Dice(404), numbers)
  const steps = new Steps(people.officials.length + visits.length * 2 + REBUILD_STEPS, progress)

  writeAccounts(people, passwordHash, steps)
  writeDuties(people, tree, targets)
  await writePledges(people, targets)
  writeVisits(visits, steps)
  writeProofs(people, tree, visits)

  storeAllVerdicts(CAMPAIGN_ID, (done, total) => steps.to(people.officials.length + visits.length * (1 + done / total)))
  transact(tx => {
    rebuildTallies(CAMPAIGN_ID)
    logEvent(
      tx,
      { kind: 'system' },
      { verb: 'rejudge', subject: 'campaign', subjectId: CAMPAIGN_ID, campaignId: CAMPAIGN_ID },
    )
  })
  steps.to(steps.total)
}

class Steps {
  private done = 0

  constructor(
    readonly total: number,
    private readonly progress: Progress,
  ) {}

  to(done: number) {
    this.done = Math.floor(done)
    this.progress(this.done, this.total)
  }

  /** Writes the rows in transactions of a few hundred, telling of each. */
  write<Row>(rows: readonly Row[], write: (row: Row, n: number) => void) {
    for (let start = 0; start < rows.length; start += CHUNK) {
      const chunk = rows.slice(start, start + CHUNK)
      transact(() => chunk.forEach((row, n) => write(row, start + n)))
      this.to(this.done + chunk.length)
    }
  }
}

const WRITTEN = [
  'inspection_pick',
  'inspection',
  'extract_fact',
  'extract_scope',
  'extract',
  'credit_pin',
  'citizen_answer',
  'help_companion',
  'help_outcome',
  'help',
  'target_decision',
  'exemption',
  'obligation',
  'pledge',
  'stored_file',
  'role_grant',
  'session',
  'account',
  'membership',
  'posting',
  'official_match',
  'official',
]

/**
 * Removes what an earlier load left behind when it was cut short. That is told by people without any standing: the load
 * sums them up last, every other way of adding a person does so at once.
 */
function clearRemainder() {
  const has = (table: string) => prepared(`select 1 from ${table} limit 1`).get() !== undefined
  transact(() => {
    const isEmpty = !has('official') && !has('account')
    if (!isEmpty && (!has('official') || has('standing'))) throw new Error('the database is not empty')
    if (!isEmpty) for (const table of WRITTEN) prepared(`delete from ${table}`).run()
  })
}

/** The one event of a bulk step. */
function logStep(subject: EventSubject, data: Record<string, number>) {
  transact(tx =>
    logEvent(tx, { kind: 'system' }, { verb: 'add', subject, subjectId: CAMPAIGN_ID, campaignId: CAMPAIGN_ID, data }),
  )
}

function writeAccounts({ officials, accounts, grants }: People, passwordHash: string, steps: Steps) {
  const insertAccount = inserterOf(account)
  const insertGrant = inserterOf(roleGrant)
  const insertOfficial = officialWriter()
  steps.write(officials, insertOfficial)
  transact(() => {
    for (const row of accounts)
      insertAccount({
        id: row.id,
        officialId: row.official?.id ?? null,
        login: row.login,
        displayName: row.displayName,
        passwordHash: row.hasPassword ? passwordHash : null,
        createdAt: JOINED_AT,
      })
    for (const row of grants) insertGrant({ ...row, fromOn: '2024-04-01', createdAt: JOINED_AT })
  })
  logStep('official', { count: officials.length })
  logStep('role_grant', { count: grants.length })
}

function officialWriter() {
  const insertOfficial = inserterOf(official)
  const insertMatch = inserterOf(officialMatch)
  const insertPosting = inserterOf(posting)
  const insertMembership = inserterOf(membership)
  return ({ id, number, phone, ...person }: Official) => {
    const slot = (column: string) => ({ table: 'official', column, rowId: id })
    insertOfficial({
      id,
      staffCode: person.staffCode,
      name: person.name,
      nameFolded: foldName(person.name),
      sortName: nameSortKey(person.name),
      sex: person.sex,
      birthOn: person.birthOn,
      birthYear: person.birthYear,
      numberCipher: number === null ? null : seal('staff', slot('number'), number),
      numberHash: number && matchHash('staff', 'number', number),
      phoneCipher: phone === null ? null : seal('staff', slot('phone'), phone),
      phoneHash: phone && matchHash('staff', 'phone', phone),
      createdAt: JOINED_AT,
    })
    if (number)
      insertMatch({ campaignId: CAMPAIGN_ID, officialId: id, numberHash: matchHash({ campaignId: CAMPAIGN_ID }, 'number', number) })
    for (const { unit, ...row } of person.postings) insertPosting({ ...row, officialId: id, unitId: unit.id })
    for (const row of person.memberships) insertMembership({ ...row, officialId: id })
  }
}

function writeDuties(people: People, tree: ReturnType<typeof growTree>, targets: readonly TargetDecision[]) {
  const obligations = obligationsOf(people, tree, new Dice(3))
  const exemptions = exemptionsOf(people, tree, new Dice(4))
  const insertObligation = inserterOf(obligation)
  const insertExemption = inserterOf(exemption)
  const insertTarget = inserterOf(targetDecision)
  transact(() => {
    obligations.forEach(({ official: { id: officialId }, phone, ...row }, n) => {
      const slot = { table: 'obligation', column: 'phone', rowId: n + 1 }
      insertObligation({ ...row, id: n + 1, campaignId: CAMPAIGN_ID, officialId, phoneCipher: phone === null ? null : seal('staff', slot, phone) })
    })
    for (const { official: person, ...row } of exemptions)
      insertExemption({ ...row, campaignId: CAMPAIGN_ID, officialId: person.id })
    for (const { official: person, unit, ...row } of targets)
      insertTarget({ ...row, campaignId: CAMPAIGN_ID, officialId: person?.id ?? null, unitId: unit?.id ?? null })
  })
  logStep('obligation', { count: obligations.length })
  logStep('exemption', { count: exemptions.length })
  logStep('target', { count: targets.length })
}

async function writePledges(people: People, targets: readonly TargetDecision[]) {
  const raised = new Map(targets.flatMap(row => (row.official ? [[row.official, row.citizens] as const] : [])))
  const pledges = pledgesOf(people, new Dice(5), person => raised.get(person) ?? 10)
  const lists = new Map(pledges.flatMap(({ listOf, signedAt }) => (listOf ? [[listOf.id, signedAt] as const] : [])))
  const scans = new Map<number, Buffer>()
  const dice = new Dice(6)
  for (const unitId of lists.keys())
    scans.set(unitId, await signedList(pledges.filter(row => row.listOf?.id === unitId).length, dice))
  const insertFile = inserterOf(storedFile)
  const insertPledge = inserterOf(pledge)
  const fileIds = new Map<number, number>()
  transact(() => {
    for (const [unitId, content] of scans) {
      const id = fileIds.size + 1
      fileIds.set(unitId, id)
      const chair = people.chairs.get(unitId)
      insertFile({
        id,
        kind: 'pledge_list',
        unitId,
        mediaType: 'application/pdf',
        size: content.length,
        contentCipher: seal('staff', { table: 'stored_file', column: 'content', rowId: id }, content),
        createdAt: (lists.get(unitId) ?? JOINED_AT) + 4 * HOUR_MS,
        createdBy: chair?.coordinator ?? chair?.head ?? null,
      })
    }
    for (const { official: person, listOf, ...row } of pledges)
      insertPledge({
        ...row,
        campaignId: CAMPAIGN_ID,
        officialId: person.id,
        listFileId: listOf ? (fileIds.get(listOf.id) ?? null) : null,
      })
  })
  logStep('pledge', { count: pledges.length })
  logStep('stored_file', { count: fileIds.size })
}

/** Before the rules have spoken. */
const UNJUDGED = {
  verdictKind: 'pending',
  verdictReason: 'outcome_missing',
  holdsCredit: false,
  isReported: false,
  countsAny: false,
} as const

/** Writes the records in the order of receipt: a record's id is its place in it. */
function writeVisits(visits: readonly Visit[], steps: Steps) {
  const owner = { campaignId: CAMPAIGN_ID }
  const insertHelp = inserterOf(help)
  const insertOutcome = inserterOf(helpOutcome)
  const insertAnswer = inserterOf(citizenAnswer)
  const insertCompanion = inserterOf(helpCompanion)
  steps.write(visits, ({ official: person, citizen, outcomes, answer, companion, note, ...row }, n) => {
    const helpId = n + 1
    const slot = (column: string) => ({ table: 'help', column, rowId: helpId })
    insertHelp({
      id: helpId,
      campaignId: CAMPAIGN_ID,
      officialId: person.id,
      citizenHash: matchHash(owner, 'number', citizen.number),
      citizenNameCipher: seal(owner, slot('citizenName'), citizen.name),
      citizenNumberCipher: seal(owner, slot('citizenNumber'), citizen.number),
      citizenPhoneCipher: citizen.phone === null ? null : seal(owner, slot('citizenPhone'), citizen.phone),
      citizenPhoneHash: citizen.phone && matchHash(owner, 'phone', citizen.phone),
      citizenBirthOn: citizen.birthOn,
      citizenBirthYear: citizen.birthYear,
      carrier: citizen.carrier,
      localityCode: citizen.commune.code,
      hamlet: citizen.hamlet,
      helpedOn: row.helpedOn,
      place: row.place,
      consentVersion: CONSENT_VERSION,
      consentChannel: row.consentChannel,
      noteCipher: note === null ? null : seal(owner, slot('note'), note),
      submissionKey: `4f4f4f4f-0000-4000-8000-${String(helpId).padStart(12, '0')}`,
      recordedBy: row.recordedBy,
      receivedAt: row.receivedAt,
      claimedAt: row.claimedAt,
      withdrawnAt: row.withdrawnAt,
      confirmedAt: row.confirmedAt,
      confirmedBy: row.confirmedBy,
      returnedAt: row.returnedAt,
      returnReason: row.returnReason,
      ...UNJUDGED,
    })
    for (const outcome of outcomes) insertOutcome({ helpId, ...outcome })
    if (answer) insertAnswer({ helpId, ...answer })
    if (companion) insertCompanion({ helpId, officialId: companion.id })
  })
  logStep('help', { count: visits.length })
}

function writeProofs(people: People, tree: ReturnType<typeof growTree>, visits: readonly Visit[]) {
  const facts = factsOf(visits, new Dice(7))
  const helpIds = new Map(visits.map((visit, n) => [visit, n + 1]))
  const idOf = (visit: Visit) => helpIds.get(visit) ?? 0
  writeExtracts(people, facts)
  const inspections = inspectionsOf(tree, people, visits, new Dice(8))
  const pins = pinsOf(people, visits)
  const insertInspection = inserterOf(inspection)
  const insertPick = inserterOf(inspectionPick)
  const insertPin = inserterOf(creditPin)
  transact(() => {
    inspections.forEach(({ unit, picks, ...row }, n) => {
      insertInspection({ ...row, id: n + 1, campaignId: CAMPAIGN_ID, unitId: unit.id })
      for (const { visit, ...pick } of picks) insertPick({ ...pick, inspectionId: n + 1, helpId: idOf(visit) })
    })
    for (const { visit, citizen, ...row } of pins)
      insertPin({
        ...row,
        campaignId: CAMPAIGN_ID,
        citizenHash: matchHash({ campaignId: CAMPAIGN_ID }, 'number', citizen.number),
        helpId: idOf(visit),
        reason: 'Người dân xác nhận ai là người trực tiếp hướng dẫn đến khi kích hoạt xong.',
      })
  })
  logStep('campaign', { inspections: inspections.length, pins: pins.length })
}

function writeExtracts(people: People, facts: ReturnType<typeof factsOf>) {
  const owner = { campaignId: CAMPAIGN_ID }
  const insertExtract = inserterOf(extract)
  const insertScope = inserterOf(extractScope)
  const insertFact = inserterOf(extractFact)
  const offices = {
    police: people.grants.find(({ role }) => role === 'campaign_office')?.accountId ?? null,
    telecom: people.grants.find(({ role }) => role === 'telecom_office')?.accountId ?? null,
  }
  EXTRACTS.forEach(({ source, asOfOn, appliedOn, outcome, fullFor, carrier }, n) => {
    const extractId = n + 1
    transact(() => {
      insertExtract({
        id: extractId,
        campaignId: CAMPAIGN_ID,
        source,
        asOfOn,
        outcomes: JSON.stringify([outcome]),
        isFullList: fullFor.length > 0,
        appliedAt: Math.min(startOf(appliedOn) + 15 * HOUR_MS, STANDS_AT),
        appliedBy: offices[source],
      })
      for (const localityCode of fullFor) insertScope({ extractId, localityCode, carrier })
      for (const { citizen, byPhone, ...fact } of facts[n] ?? []) {
        const phone = byPhone ? citizen.phone : null
        const subjectHash = phone ? matchHash(owner, 'phone', phone) : matchHash(owner, 'number', citizen.number)
        insertFact({ ...fact, extractId, subjectHash })
      }
    })
    logStep('campaign', { extractId, facts: facts[n]?.length ?? 0 })
  })
}
