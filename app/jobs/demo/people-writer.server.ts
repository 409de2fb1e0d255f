import { startOf } from '#app/domain/calendar.ts'
import { foldName, nameSortKey } from '#app/domain/name.ts'
import { writeUnjudged } from '#app/queries/judging/index.server.ts'
import { type FactTx, transact } from '#db/client.server.ts'
import { inserterOf, insertFact } from '#db/inserter.server.ts'
import { matchHash, seal } from '#db/keys.server.ts'
import {
  account,
  exemption,
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
import { Dice } from './dice.ts'
import { exemptionsOf, obligationsOf, pledgesOf, type TargetDecision } from './duties.ts'
import type { Official, People } from './people.ts'
import { HOUR_MS } from './rhythm.ts'
import { signedList } from './signed-list.ts'
import { CAMPAIGN_ID, logStep, type Steps } from './steps.server.ts'
import type { Tree } from './tree.server.ts'

const JOINED_AT = startOf('2024-04-01')

/** Writes officials with postings and memberships, everyone's account, and the grants. */
export function writeAccounts({ officials, accounts, grants }: People, passwordHash: string, steps: Steps) {
  const insertAccount = inserterOf(account)
  const insertGrant = inserterOf(roleGrant)
  steps.write(officials, writeOfficial)
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

function writeOfficial(tx: FactTx, { id, number, phone, ...person }: Official) {
  const slot = (column: string) => ({ table: 'official', column, rowId: id })
  insertFact(tx, official, {
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
    insertFact(tx, officialMatch, {
      campaignId: CAMPAIGN_ID,
      officialId: id,
      numberHash: matchHash({ campaignId: CAMPAIGN_ID }, 'number', number),
    })
  for (const { unit, ...row } of person.postings) insertFact(tx, posting, { ...row, officialId: id, unitId: unit.id })
  for (const row of person.memberships) insertFact(tx, membership, { ...row, officialId: id })
}

/** Writes obligations, exemptions and decisions on targets. */
export function writeDuties(people: People, tree: Tree, targets: readonly TargetDecision[]) {
  const obligations = obligationsOf(people, tree, new Dice(3))
  const exemptions = exemptionsOf(people, tree, new Dice(4))
  writeUnjudged(tx => {
    obligations.forEach(({ official: { id: officialId }, phone, ...row }, n) => {
      const slot = { table: 'obligation', column: 'phone', rowId: n + 1 }
      insertFact(tx, obligation, {
        ...row,
        id: n + 1,
        campaignId: CAMPAIGN_ID,
        officialId,
        phoneCipher: phone === null ? null : seal('staff', slot, phone),
      })
    })
    for (const { official: person, ...row } of exemptions)
      insertFact(tx, exemption, { ...row, campaignId: CAMPAIGN_ID, officialId: person.id })
    for (const { official: person, unit, ...row } of targets)
      insertFact(tx, targetDecision, {
        ...row,
        campaignId: CAMPAIGN_ID,
        officialId: person?.id ?? null,
        unitId: unit?.id ?? null,
      })
  })
  logStep('obligation', { count: obligations.length })
  logStep('exemption', { count: exemptions.length })
  logStep('target', { count: targets.length })
}

/** Writes the pledges, and for units that signed together the scans of their lists. */
export async function writePledges(people: People, targets: readonly TargetDecision[]) {
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
