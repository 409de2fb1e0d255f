import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { addDays, startOf } from '#app/domain/calendar.ts'
import { foldName, nameSortKey } from '#app/domain/name.ts'
import { PLAN_128 } from '#app/domain/regulation.ts'
import { type HelpFacts, judgeCitizen } from '#app/domain/verdict.ts'
import { Dice } from '#app/jobs/demo/dice.ts'
import { personName } from '#app/jobs/demo/names.ts'
import { startClock } from '#app/queries/clock.server.ts'
import { eventHash } from '#app/queries/event.server.ts'
import { isSealDue, sealFacts } from '#app/queries/fact-seal.server.ts'
import { foundProvince, isUnfounded } from '#app/queries/founding.server.ts'
import { rebuildTallies, writeUnjudged } from '#app/queries/judging/index.server.ts'
import { insertUnit } from '#app/queries/unit.server.ts'
import { closeDatabase, db, openDatabase, prepared, refreshPlans, transact } from '#db/client.server.ts'
import { inserterOf, insertFact } from '#db/inserter.server.ts'
import { forgetKeys, matchHash, seal, useMasterKey } from '#db/keys.server.ts'
import { sealEvent } from '#db/log-seal.server.ts'
import { migrateDatabase } from '#db/migration.server.ts'
import { readReference } from '#db/reference.server.ts'
import { account, event, help, official, officialMatch, posting, roleGrant } from '#db/schema.ts'

/** How large a province to make. */
export type Size = { officials: number; records: number; units: number }

export const STRESS: Size = { officials: 300_000, records: 3_000_000, units: 1500 }

/** The key under which such a province is sealed; it protects no real data. */
export const MASTER_KEY = Buffer.alloc(32, 7).toString('base64')
/** The instant of the campaign at which the province is frozen. */
export const NOW = Date.parse('2024-06-12T09:00+07:00')
export const CAMPAIGN = 1

const FOLDER = '.cache/bench'
const CHUNK = 5000
const FIRST_DAY = PLAN_128.startsOn
const DAYS = 69

/** The session id that signs official `n` of the province in; the database holds its hash only. */
export const sessionIdOf = (n: number) => `bench${String(n).padStart(35, '0')}`

/**
 * Returns the file of a province of this size, kept between runs in `under`: made if it is missing, and continued if
 * making it was cut off. Everything is as the product writes it (sealed, judged, summed up, logged and chained), only written in
 * bulk. So a recount, a check of the log and one of the facts find no fault. `say` gets progress messages.
 */
export async function stressProvince(size: Size, say: (line: string) => void, under = FOLDER): Promise<string> {
  const folder = join(under, `${size.officials}-${size.records}-${size.units}`)
  const file = join(folder, 'campaign.sqlite')
  const done = join(folder, 'done')
  mkdirSync(folder, { recursive: true })
  const start = performance.now()
  const step = (what: string) => say(`${what}: ${((performance.now() - start) / 1000).toFixed(0)} s`)
  useMasterKey(MASTER_KEY)
  forgetKeys()
  openDatabase(file)
  if (existsSync(done)) return keptProvince(file)
  db.$client.pragma('synchronous = OFF')
  db.$client.pragma('cache_size = -1500000')
  migrateDatabase('db/migrations')
  if (isUnfounded()) foundProvince(readReference('db/reference'))
  startClock(NOW)
  await sealWhereDue()
  writeUnits(size)
  const indexes = dropIndexes(folder)
  writePeople(size)
  step(`${size.officials} officials`)
  writeRecords(size, step)
  for (const { text } of indexes) db.$client.exec(text)
  step('indexes')
  rebuildTallies(CAMPAIGN)
  step('standings and tallies')
  refreshPlans()
  db.$client.pragma('wal_checkpoint(TRUNCATE)')
  closeDatabase()
  writeFileSync(done, '')
  step('done')
  return file
}

/** Brings a province kept from earlier up to the newest tables and seals its facts, so that no server does it later. */
async function keptProvince(file: string): Promise<string> {
  migrateDatabase('db/migrations')
  await sealWhereDue()
  db.$client.pragma('wal_checkpoint(TRUNCATE)')
  closeDatabase()
  return file
}

async function sealWhereDue() {
  if (isSealDue()) await sealFacts({ kind: 'system' })
}

/** Departments below districts, communes and agencies until there are as many units as asked for. */
function writeUnits({ units }: Size) {
  const rows = prepared(
    "select id, block, kind, locality_code as localityCode from unit where kind in ('district', 'commune', 'provincial_agency') and guard_path is null order by id",
  ).all() as { id: number; block: 'state'; kind: string; localityCode: string | null }[]
  transact(tx => {
    let count = (prepared('select count(*) as count from unit').get() as { count: number }).count
    for (let n = 0; count < units; n++, count++) {
      const above = rows[n % rows.length]
      if (!above) throw new Error('no unit to put a department under')
      insertUnit(tx, {
        parentId: above.id,
        kind: 'department',
        block: above.block,
        name: `Phòng số ${n + 1}`,
        headTitle: 'Trưởng phòng',
        localityCode: null,
      })
    }
  })
}

/**
 * Drops the indexes of tables with millions of rows; they are built again after all rows are in, which costs far less.
 */
function dropIndexes(folder: string): { name: string; text: string }[] {
  const kept = join(folder, 'indexes.json')
  if (!existsSync(kept))
    writeFileSync(
      kept,
      JSON.stringify(
        prepared(
          "select name, sql as text from sqlite_master where type = 'index' and sql is not null and tbl_name in ('help', 'event')",
        ).all(),
      ),
    )
  const indexes = JSON.parse(readFileSync(kept, 'utf8')) as { name: string; text: string }[]
  for (const { name } of indexes) db.$client.exec(`drop index if exists "${name}"`)
  return indexes
}

const highest = (table: string) =>
  (prepared(`select coalesce(max(id), 0) as id from ${table}`).get() as { id: number }).id

/** Twelve digits, valid in form: `n` of those born in 19`decade`0 and after. */
export const numberOf = (decade: number, n: number) =>
  `070${n % 2}${String(decade * 10 + (Math.floor(n / 1_000_000) % 10))}${String(n % 1_000_000).padStart(6, '0')}`

/** Officials with posting, account, obligations and memberships, evenly over the units; each unit's head and coordinator. */
function writePeople({ officials }: Size) {
  const insertAccount = inserterOf(account)
  const unitIds = (prepared('select id from unit order by id').all() as { id: number }[]).map(row => row.id)
  for (let done = highest('official'); done < officials; done = highest('official'))
    writeUnjudged(tx => {
      const last = Math.min(done + CHUNK, officials)
      for (let id = done + 1; id <= last; id++) {
        const sex = id % 2 ? 'male' : 'female'
        const name = personName(new Dice(id), sex, 0.02)
        const number = numberOf(8, id)
        insertFact(tx, official, {
          id,
          staffCode: `bp${id}`,
          name,
          nameFolded: foldName(name),
          sortName: nameSortKey(name),
          sex,
          birthYear: 1980,
          numberCipher: seal('staff', { table: 'official', column: 'number', rowId: id }, number),
          numberHash: matchHash('staff', 'number', number),
          createdAt: NOW,
        })
        const numberHash = matchHash({ campaignId: CAMPAIGN }, 'number', number)
        insertFact(tx, officialMatch, { campaignId: CAMPAIGN, officialId: id, numberHash })
        insertFact(tx, posting, {
          officialId: id,
          unitId: unitIds[id % unitIds.length] ?? 1,
          position: 'Chuyên viên',
          category: id % 3 ? 'civil_servant' : 'public_employee',
          isLeader: id <= unitIds.length,
          fromOn: '2020-01-01',
        })
        insertAccount({ id, officialId: id, login: `bp${id}`, displayName: name, createdAt: NOW })
      }
      tx.write(
        `insert into obligation (campaign_id, official_id, part, state, is_own_name, certificate_kind, valid_from_on,
           valid_to_on, declared_at)
         select ?, o.id, value, iif(o.id % 5, 'confirmed', 'declared'), 1, 'sim', '2024-01-01', '2025-01-01', ?
           from official o, json_each('["sim_signature","phone_4g","portal_national","portal_provincial"]')
          where o.id % 3 and o.id > ? and o.id <= ?`,
      ).run(CAMPAIGN, NOW, done, last)
      tx.write(
        `insert into membership (official_id, chapter_id, from_on)
         select p.official_id, c.id, '2020-01-01' from posting p join chapter c on c.unit_id = p.unit_id
          where c.association = 'union' and p.official_id > ? and p.official_id <= ?`,
      ).run(done, last)
    })
  transact(() => {
    if (highest('role_grant') > 0) return
    const insertGrant = inserterOf(roleGrant)
    const grant = (accountId: number, role: typeof roleGrant.$inferInsert.role, unitId: number) =>
      insertGrant({ accountId, role, unitId, fromOn: '2024-01-01', createdAt: NOW })
    for (let id = 1; id <= unitIds.length; id++) {
      grant(id, 'head', unitIds[id % unitIds.length] ?? 1)
      grant(id + unitIds.length, 'coordinator', unitIds[id % unitIds.length] ?? 1)
    }
    const offices = ['campaign_office', 'home_affairs', 'province_leader', 'inspector', 'auditor'] as const
    for (const [n, role] of offices.entries()) grant(2 * unitIds.length + 1 + n, role, 1)
  })
}

/** A multiple of 33: each citizen of two records has both in one chunk. */
const RECORDS_CHUNK = 4950

/** Records in the order of time, each with its outcomes, verdict and event: most count, some wait, lack, or claim twice. */
function writeRecords({ officials, records }: Size, step: (what: string) => void) {
  const insertEvent = inserterOf(event)
  const codes = (
    prepared("select code from locality where level = 'commune' order by code").all() as { code: string }[]
  ).map(row => row.code)
  const owner = { campaignId: CAMPAIGN }
  for (let done = highest('help'); done < records; done = highest('help')) {
    writeUnjudged(tx => {
      const last = Math.min(done + RECORDS_CHUNK, records)
      // each chunk ends with an event of its own, which holds the hashes of what the chunk wrote
      let chained = prepared<{ id: number; hash: string }>('select id, hash from event order by id desc limit 1').one()
      const drawn = Array.from({ length: last - done }, (_, n) => drawRecord(done + n + 1, { officials, records }))
      const verdicts = new Map(
        drawn.flatMap(({ facts, citizen }, n) => {
          if (drawn[n + 1]?.citizen === citizen) return []
          const before = drawn[n - 1]
          const claims = before?.citizen === citizen ? [before.facts, facts] : [facts]
          return [...judgeCitizen(claims, PLAN_128, null)]
        }),
      )
      for (const { facts, citizen, officialId } of drawn) {
        const id = facts.helpId
        const slot = (column: string) => ({ table: 'help', column, rowId: id })
        const number = numberOf(6, citizen)
        const verdict = verdicts.get(id)
        if (!verdict) throw new Error(`record ${id} was not judged`)
        const localityCode = codes[citizen % codes.length] ?? '25195'
        insertFact(tx, help, {
          id,
          campaignId: CAMPAIGN,
          officialId,
          citizenHash: matchHash(owner, 'number', number),
          citizenNameCipher: seal(owner, slot('citizenName'), `Nguyễn Thị Số ${citizen}`),
          citizenNumberCipher: seal(owner, slot('citizenNumber'), number),
          citizenBirthYear: 1960 + Math.floor(citizen / 1_000_000),
          localityCode,
          helpedOn: facts.helpedOn,
          place: 'home',
          consentVersion: '2024-04',
          consentChannel: 'own_phone',
          submissionKey: `00000000-0000-4000-8000-${String(id).padStart(12, '0')}`,
          receivedAt: facts.receivedAt,
          claimedAt: facts.claimedAt,
          confirmedAt: facts.isConfirmed ? facts.receivedAt + 86_400_000 : null,
          confirmedBy: facts.isConfirmed ? 1 : null,
          verdictKind: verdict.verdict.kind,
          verdictReason: verdict.verdict.reason,
          verdictOutcome: verdict.verdict.outcome,
          basis: verdict.basis,
          holdsCredit: verdict.holdsCredit,
          isReported: verdict.isReported,
          countsAny: verdict.countsAny,
          countedOutcomes: verdict.countedOutcomes,
        })
        const row = {
          id: chained.id + 1,
          at: facts.receivedAt,
          actor_kind: 'person',
          account_id: officialId,
          campaign_id: CAMPAIGN,
          verb: 'record',
          subject: 'help',
          subject_id: String(id),
          data: JSON.stringify({ officialId, helpedOn: facts.helpedOn, locality: localityCode, isOwn: true }),
          previous_hash: chained.hash,
        }
        chained = { id: row.id, hash: eventHash(row) }
        insertEvent({
          id: row.id,
          at: row.at,
          actorKind: 'person',
          accountId: officialId,
          campaignId: CAMPAIGN,
          verb: row.verb,
          subject: row.subject,
          subjectId: row.subject_id,
          data: row.data,
          previousHash: row.previous_hash,
          hash: chained.hash,
          seal: sealEvent(tx, chained.hash),
        })
      }
      prepared(
        `insert into help_outcome (help_id, outcome, value, on_day)
         select h.id, o.value, iif(h.claimed_at is null and o.value = 'eid_activated', 'not_yet', 'achieved'),
                iif(h.claimed_at is null and o.value = 'eid_activated', null, h.helped_on)
           from help h, json_each('["vneid_installed","eid_activated","sim_signature"]') o
          where h.id > ? and h.id <= ?`,
      ).run(done, last)
    })
    if (Math.floor(done / 500_000) < Math.floor((done + RECORDS_CHUNK) / 500_000)) step(`${highest('help')} records`)
  }
}

/** Draws the content of record `id`: who helped which citizen, when, and the result. */
function drawRecord(id: number, { officials, records }: Pick<Size, 'officials' | 'records'>) {
  const helpedOn = addDays(FIRST_DAY, Math.floor(((id - 1) / records) * DAYS))
  const receivedAt = startOf(helpedOn) + 8 * 3_600_000 + (id % 36_000) * 1000
  const isActivated = id % 100 >= 4
  const isConfirmed = isActivated && id % 100 >= 12
  const achieved = { value: 'achieved', on: helpedOn } as const
  const facts: HelpFacts = {
    helpId: id,
    officialId: id,
    helpedOn,
    citizenAt: receivedAt,
    claimedAt: isActivated ? receivedAt : null,
    receivedAt,
    isWithdrawn: false,
    isSelf: false,
    isDenied: false,
    isAffirmed: false,
    isReturned: false,
    isConfirmed,
    isRosterMember: false,
    inspection: 'none',
    isErased: false,
    outcomes: {
      vneid_installed: achieved,
      eid_activated: isActivated ? achieved : { value: 'not_yet', on: null },
      sim_signature: achieved,
    },
    evidence: [],
  }
  return { facts, citizen: id % 33 ? id : id - 1, officialId: ((id * 7919) % officials) + 1 }
}
