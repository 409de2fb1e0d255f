import { eq } from 'drizzle-orm'
import type { Actor } from '#app/access/policy.ts'
import { encodeCode } from '#app/domain/citizen-code.ts'
import { type ListContent, mayConfirmSigner, type PreparedKind } from '#app/domain/prepared-paper.ts'
import { forbidden } from '#app/domain/refusal.ts'
import { revocationByLists } from '#app/domain/signature-proof.ts'
import type { ExpectedSigner } from '#app/domain/signed-paper.ts'
import { nextId, prepared, type Tx } from '#db/client.server.ts'
import { hasKeys, matchHash } from '#db/keys.server.ts'
import { paperSignature, preparedPaper } from '#db/schema.ts'
import { hashOf } from './citizen-code.server.ts'
import { campaignNow } from './clock.server.ts'
import { logEvent } from './event.server.ts'
import type { NewCheck } from './kept-signature.server.ts'
import { keptListReader } from './revocation-list.server.ts'

/** A prepared paper as its row has it; `content` is the JSON of what is signed. */
export type PaperRow = {
  id: number
  campaignId: number
  kind: PreparedKind
  unitId: number
  subject: string
  content: string
  preparedAt: number
  signedAt: number | null
}

const COLUMNS = `p.id, p.campaign_id as campaignId, p.kind, p.unit_id as unitId, p.subject, p.content,
  p.prepared_at as preparedAt, p.signed_at as signedAt`

/** The short code of a paper by its row: derived with the campaign's key, so that it is printed again and not stored. */
export const paperCode = (campaignId: number, paperId: number): string =>
  encodeCode(Buffer.from(matchHash({ campaignId }, 'paper code', String(paperId)), 'base64url'))

/** The code of a paper as its page shows it; null once the campaign's keys are destroyed. */
export const shownCode = (row: PaperRow): string | null =>
  hasKeys({ campaignId: row.campaignId }) ? paperCode(row.campaignId, row.id) : null

/** Keeps what a paper says before anybody signs it, and returns its id; the kind's own write has asked for leave. */
export function insertPaper(
  tx: Tx,
  actor: Actor,
  { content, ...paper }: Pick<PaperRow, 'campaignId' | 'kind' | 'unitId' | 'subject'> & { content: object },
): number {
  const id = nextId(preparedPaper)
  tx.insert(preparedPaper)
    .values({
      id,
      ...paper,
      content: JSON.stringify(content),
      codeHash: hashOf(paperCode(paper.campaignId, id)),
      preparedAt: campaignNow(),
      preparedBy: actor.kind === 'person' ? actor.accountId : null,
    })
    .run()
  const { campaignId, kind, unitId, subject } = paper
  logEvent(tx, actor, {
    verb: 'create',
    subject: 'prepared_paper',
    subjectId: id,
    campaignId,
    data: { kind, unitId, of: subject },
  })
  return id
}

/** A paper of a campaign, without asking who looks; undefined where there is none. */
export const paperRow = (campaignId: number, paperId: number): PaperRow | undefined =>
  prepared<PaperRow>(`select ${COLUMNS} from prepared_paper p where p.id = ? and p.campaign_id = ?`).get(
    paperId,
    campaignId,
  )

/** The papers of a unit and kind in a campaign, of one subject where it is asked for, newest first, with how many signatures each has. */
export function papersOf(
  campaignId: number,
  { unitId, kind, subject = null }: { unitId: number; kind: PreparedKind; subject?: string | null },
) {
  return prepared<PaperRow & { signatures: number }>(
    `select ${COLUMNS}, (select count(*) from paper_signature s where s.paper_id = p.id) as signatures
       from prepared_paper p where p.campaign_id = @campaignId and p.unit_id = @unitId and p.kind = @kind
        and p.subject = coalesce(@subject, p.subject) order by p.id desc`,
  ).all({ campaignId, unitId, kind, subject })
}

/** The paper that a printed code leads to, in whatever campaign; undefined where there is none. */
export const paperByCode = (code: string): PaperRow | undefined =>
  prepared<PaperRow>(`select ${COLUMNS} from prepared_paper p where p.code_hash = ?`).get(hashOf(code))

/** The prepared paper whose signed file this is; null: the file is a scan, or another paper. */
export const paperOfFile = (fileId: number): number | null =>
  prepared<number>('select paper_id from paper_signature where file_id = ? limit 1').pluck().get(fileId) ?? null

/** What a prepared list says. */
export const listContent = (row: Pick<PaperRow, 'content'>): ListContent => JSON.parse(row.content) as ListContent

/** One whom a paper expects to sign: an official, or by name alone somebody of the register of signers. */
export type Expected = ExpectedSigner & { officialId: number | null }

/** Officials as expected signers, in this order; one whose entry is gone is left out. */
export function expectedOfficials(officialIds: readonly number[]): Expected[] {
  const rows = prepared<{ officialId: number; name: string; numberHash: string | null }>(
    `select o.id as officialId, o.name, o.number_hash as numberHash
       from json_each(?) j join official o on o.id = j.value order by j.key`,
  ).all(JSON.stringify(officialIds))
  const hashes = new Map<string, string>()
  const hashed = (number: string) => {
    const hash = hashes.get(number) ?? matchHash('staff', 'number', number)
    hashes.set(number, hash)
    return hash
  }
  return rows.map(({ officialId, name, numberHash }) => ({
    officialId,
    name,
    hasNumber: numberHash === null ? null : number => hashed(number) === numberHash,
  }))
}

/** One signature that is kept of a paper. `officialId` null: of one whom the register names by name alone. */
export type KeptSignature = Omit<NewCheck, 'root' | 'number' | 'origin' | 'way'> & {
  isRevocationKnown: boolean
  id: number
  fileId: number
  officialId: number | null
  /** the official's name; null with `officialId` */
  name: string | null
  confirmedAt: number | null
}

/** The signatures kept of a paper, in the order in which they came. */
export function signaturesOf(paperId: number): KeptSignature[] {
  const rows = prepared<Omit<KeptSignature, 'isSure' | 'isRevocationKnown'> & { isSure: number; isKnown: number }>(
    `select s.id, s.file_id as fileId, s.official_id as officialId, o.name, s.fingerprint, s.valid_from_on as validFromOn,
            s.valid_to_on as validToOn, s.stamped_at as stampedAt, s.is_sure as isSure,
            s.is_revocation_known as isKnown, s.checked_at as checkedAt, s.confirmed_at as confirmedAt
       from paper_signature s left join official o on o.id = s.official_id where s.paper_id = ? order by s.id`,
  ).all(paperId)
  return rows.map(({ isSure, isKnown, ...row }) => ({ ...row, isSure: isSure === 1, isRevocationKnown: isKnown === 1 }))
}

/** Whether it is certain who signed: by the number, or because somebody confirmed it. */
export const isKnown = ({ isSure, confirmedAt }: Pick<KeptSignature, 'isSure' | 'confirmedAt'>) =>
  isSure || confirmedAt !== null

/** A new signature on a paper, as its file was read. */
export type NewSignature = NewCheck & { officialId: number | null }

/** Keeps new signatures of a paper with the file that has them; the kind's own write has asked for leave. */
export function keepSignatures(
  tx: Tx,
  actor: Actor,
  paper: PaperRow,
  { fileId, signatures }: { fileId: number; signatures: readonly NewSignature[] },
): void {
  const listOf = keptListReader()
  for (const { root, number: _number, origin: _origin, way, ...signature } of signatures) {
    const rootId = prepared<number>('select id from trusted_root where fingerprint = ?').pluck().one(root)
    const { state } = revocationByLists(way, signature.stampedAt ?? signature.checkedAt, listOf)
    tx.insert(paperSignature)
      .values({ paperId: paper.id, fileId, rootId, ...signature, isRevocationKnown: state === 'good' })
      .run()
  }
  logEvent(tx, actor, {
    verb: 'sign',
    subject: 'prepared_paper',
    subjectId: paper.id,
    campaignId: paper.campaignId,
    data: { fileId, officialIds: signatures.map(({ officialId }) => officialId) },
  })
}

/**
 * Confirms who signed a paper, where only the name of the certificate agrees, and returns those signatures' ids. What is
 * confirmed or sure already is left as it is. Throws 403 for one that the actor may not confirm (`mayConfirmSigner`); the
 * kind's own write has asked for leave.
 */
export function confirmSigners(tx: Tx, actor: Actor, paper: PaperRow, signatureIds: readonly number[]): number[] {
  const open = signaturesOf(paper.id).filter(one => signatureIds.includes(one.id) && !isKnown(one))
  if (open.some(signature => !mayConfirmSigner(paper.kind, isOwn(actor, signature)))) throw forbidden()
  const ids = open.map(({ id }) => id)
  const at = campaignNow()
  const by = actor.kind === 'person' ? actor.accountId : null
  for (const id of ids)
    tx.update(paperSignature).set({ confirmedAt: at, confirmedBy: by }).where(eq(paperSignature.id, id)).run()
  logEvent(tx, actor, {
    verb: 'confirm',
    subject: 'prepared_paper',
    subjectId: paper.id,
    campaignId: paper.campaignId,
    data: { signatureIds: ids },
  })
  return ids
}

/** True for the actor's own signature. */
export const isOwn = (actor: Actor, { officialId }: Pick<KeptSignature, 'officialId'>): boolean =>
  actor.kind === 'person' && officialId !== null && officialId === actor.officialId

/** Notes that a paper counts as signed from now on, where it did not yet. */
export function noteSigned(tx: Tx, paper: PaperRow): void {
  if (paper.signedAt === null)
    tx.update(preparedPaper).set({ signedAt: campaignNow() }).where(eq(preparedPaper.id, paper.id)).run()
}
