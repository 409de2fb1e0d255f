import { type Actor, can, permit } from '#app/access/policy.ts'
import { checkPledge, type PledgeInput } from '#app/domain/pledge.ts'
import { type ListContent, type ListObstacle, SIGNED_LIST_ROWS, staysOver } from '#app/domain/prepared-paper.ts'
import { notFound, type Result, refused } from '#app/domain/refusal.ts'
import { prepared, transact } from '#db/client.server.ts'
import { campaignToday } from './clock.server.ts'
import { rulesOf } from './judging/index.server.ts'
import { targetOf } from './official.server.ts'
import { insertListPledges, ownPledgeAt, termsOf } from './pledge.server.ts'
import {
  confirmSigners,
  insertPaper,
  isKnown,
  type KeptSignature,
  keepSignatures,
  listContent,
  type NewSignature,
  noteSigned,
  type PaperRow,
  signaturesOf,
} from './prepared-paper.server.ts'
import { type StrippedContent, storePledgeList, targetOfUnit } from './stored-file.server.ts'

/**
 * Prepares a unit's list of pledges that its people sign with certificates: everybody promises their own target, and the
 * days that the list gives. All or none; 404 where one of them does not work in the unit. Returns the paper's id.
 */
export function prepareList(
  actor: Actor,
  campaignId: number,
  { unitId, officialIds, days }: { unitId: number; officialIds: readonly number[]; days: ListContent['days'] },
): Result<{ paperId: number }> {
  permit(actor, 'pledge.upload_list', targetOfUnit(unitId))
  if (officialIds.length > SIGNED_LIST_ROWS) return refused('chon', 'signed_list_too_long')
  const { regulation } = rulesOf(campaignId)
  return transact(tx => {
    const rows = officialIds.map(officialId => {
      if (!targetOf(officialId, campaignToday()).unitPath.includes(`/${unitId}/`)) throw notFound()
      const terms = termsOf(campaignId, officialId)
      const input = { citizens: terms.target, ...days }
      return {
        officialId,
        citizens: terms.target,
        problems: checkPledge(input, terms, { today: campaignToday(), regulation }),
      }
    })
    const unfit = rows.find(({ problems }) => problems.length > 0)
    if (unfit) return { ok: false, problems: unfit.problems }
    const content: ListContent = { rows: rows.map(({ officialId, citizens }) => ({ officialId, citizens })), days }
    return {
      ok: true,
      paperId: insertPaper(tx, actor, { campaignId, kind: 'pledge_list', unitId, subject: '', content }),
    }
  })
}

/** What keeps a signature on a list from being a pledge now; null: nothing does. */
export function listObstacle(
  row: PaperRow,
  signature: Pick<KeptSignature, 'officialId' | 'isSure' | 'confirmedAt'>,
): ListObstacle | null {
  const { officialId } = signature
  if (officialId === null || !isKnown(signature)) return 'unconfirmed'
  if (!targetOf(officialId, campaignToday()).unitPath.includes(`/${row.unitId}/`)) return 'elsewhere'
  const { regulation } = rulesOf(row.campaignId)
  const problems = checkPledge(promiseOf(row, officialId), termsOf(row.campaignId, officialId), {
    today: campaignToday(),
    regulation,
  })
  if (problems.some(({ reason }) => reason === 'campaign_over')) return 'campaign_over'
  if (problems.length > 0) return 'terms_changed'
  return staysOver(ownPledgeAt(row.campaignId, officialId), row.preparedAt) ? 'own_is_newer' : null
}

/** What keeps a list from being signed further; null: nothing does. */
export const listClosed = (row: PaperRow): ListObstacle | null =>
  campaignToday() > rulesOf(row.campaignId).regulation.endsOn ? 'campaign_over' : null

function promiseOf(row: PaperRow, officialId: number): PledgeInput {
  const { rows, days } = listContent(row)
  return { citizens: rows.find(one => one.officialId === officialId)?.citizens ?? null, ...days }
}

/** Makes pledges of those of a list's signatures that nothing keeps from it. */
function bind(actor: Actor, row: PaperRow, signatures: readonly KeptSignature[]): void {
  const bound = signatures.filter(signature => listObstacle(row, signature) === null)
  for (const fileId of new Set(bound.map(signature => signature.fileId)))
    insertListPledges(
      actor,
      row.campaignId,
      fileId,
      bound.flatMap(signature =>
        signature.fileId === fileId && signature.officialId !== null
          ? { officialId: signature.officialId, input: promiseOf(row, signature.officialId) }
          : [],
      ),
    )
}

/**
 * Keeps a signed list with its new signatures: each is the pledge of who signed (plan IV.1), with this file as its
 * evidence, unless something keeps it from it. By who keeps the unit's lists. Nothing is stored without a new one.
 */
export function keepSignedList(
  actor: Actor,
  row: PaperRow,
  { file, signatures }: { file: StrippedContent; signatures: readonly NewSignature[] },
): void {
  transact(tx => {
    permit(actor, 'pledge.upload_list', targetOfUnit(row.unitId))
    if (signatures.length === 0) return
    const fileId = storePledgeList(actor, row.campaignId, row.unitId, file)
    keepSignatures(tx, actor, row, { fileId, signatures })
    noteSigned(tx, row)
    bind(
      actor,
      row,
      signaturesOf(row.id).filter(signature => signature.fileId === fileId),
    )
  })
}

/**
 * Confirms who signed a list, where only the name of the certificate agrees: their pledges count from now on. By who
 * keeps the unit's lists, never about themself (403). What is confirmed or sure already is left as it is.
 */
export function confirmListSigners(actor: Actor, row: PaperRow, signatureIds: readonly number[]): void {
  transact(tx => {
    permit(actor, 'pledge.upload_list', targetOfUnit(row.unitId))
    const ids = new Set(confirmSigners(tx, actor, row, signatureIds))
    bind(
      actor,
      row,
      signaturesOf(row.id).filter(({ id }) => ids.has(id)),
    )
  })
}

/** The signatures of a list, each with why it is no pledge; null: it was made one, now or before a newer one. */
export function listSignatures(row: PaperRow): (KeptSignature & { obstacle: ListObstacle | null })[] {
  const bound = new Set(
    prepared<string>(
      `select p.official_id || ' ' || p.list_file_id from pledge p
         join (select distinct file_id from paper_signature where paper_id = ?) s on s.file_id = p.list_file_id`,
    )
      .pluck()
      .all(row.id),
  )
  return signaturesOf(row.id).map(signature => ({
    ...signature,
    obstacle: bound.has(`${signature.officialId} ${signature.fileId}`) ? null : listObstacle(row, signature),
  }))
}

/** True for who may see a prepared list: who keeps the unit's lists, and everybody on it. */
export function maySeeList(actor: Actor, row: PaperRow): boolean {
  if (mayKeepList(actor, row)) return true
  if (actor.kind !== 'person' || actor.officialId === null) return false
  return listContent(row).rows.some(({ officialId }) => officialId === actor.officialId)
}

/** True for who prepares a unit's lists, uploads them signed and confirms who signed. */
export const mayKeepList = (actor: Actor, row: PaperRow): boolean =>
  can(actor, 'pledge.upload_list', targetOfUnit(row.unitId))

/** What a prepared list prints of each person, in the order of the list. */
export function listLines(row: PaperRow): { name: string; position: string; citizens: number | null }[] {
  const { rows } = listContent(row)
  const people = listedPeople(rows.map(({ officialId }) => officialId))
  return rows.map(({ officialId, citizens }) => ({
    ...(people.get(officialId) ?? { name: '', position: '' }),
    citizens,
  }))
}

function listedPeople(officialIds: readonly number[]): ReadonlyMap<number, { name: string; position: string }> {
  const rows = prepared<{ id: number; name: string; position: string | null }>(
    `select o.id, o.name, p.position from json_each(?) j join official o on o.id = j.value
       left join posting p on p.official_id = o.id and p.to_on is null`,
  ).all(JSON.stringify(officialIds))
  return new Map(rows.map(({ id, name, position }) => [id, { name, position: position ?? '' }]))
}
