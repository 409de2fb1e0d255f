import type { CertificateOrigin } from '#app/domain/signature-kind.ts'
import { revocationByLists, type WayStep } from '#app/domain/signature-proof.ts'
import { type FactTx, prepared } from '#db/client.server.ts'
import { campaignNow } from './clock.server.ts'
import { logEvent } from './event.server.ts'
import { change, writeUnjudged } from './judging/index.server.ts'
import { settleObligations } from './obligation-evidence.server.ts'
import { inTurn } from './retry.server.ts'
import { keptListReader } from './revocation-list.server.ts'
import { kindReader } from './signature-kind.server.ts'

/** Kept signatures that one transaction looks at again, and certificates of a list that one writes. */
const FILES = 100
const CERTIFICATES = 5000

type Kept = {
  fileId: number
  campaignId: number
  officialId: number
  kind: string | null
  origin: string | null
  way: string
  at: number
}

/** Kept signatures of officials after a file, by the order of files; `where` narrows the check `c`. */
const keptAfter = (where: string, after: number, more: Record<string, unknown> = {}) =>
  prepared<Kept>(
    `select c.file_id as fileId, s.campaign_id as campaignId, s.official_id as officialId, c.kind, c.origin, c.way,
            coalesce(c.stamped_at, c.checked_at) as at
       from signature_check c join stored_file s on s.id = c.file_id
      where c.file_id > @after and c.way is not null and s.official_id is not null and s.campaign_id is not null
        and ${where} order by c.file_id limit ${FILES}`,
  ).all({ after, ...more })

/** Reads a list (DER): the number of each withdrawn certificate in hexadecimal, and since when (ms). */
type ListReader = (der: Buffer) => Iterable<[serial: string, at: number]>

/**
 * Reads the lists of withdrawn certificates that were entered since, and looks at the kept signatures of their issuers again
 * (domain 4), list by list in their order. A run that was cut off is repeated from the start of its list.
 */
export async function applyRevocationLists(withdrawnIn: ListReader) {
  for (;;) {
    const list = prepared<{ id: number; issuer: string; content: string }>(
      'select id, issuer, content from revocation_list where applied_at is null and content is not null order by id',
    ).get()
    if (!list) return
    await applyList(list, [...withdrawnIn(Buffer.from(list.content, 'base64'))])
  }
}

async function applyList({ id, issuer }: { id: number; issuer: string }, withdrawn: readonly [string, number][]) {
  for (let from = 0; from < withdrawn.length; from += CERTIFICATES)
    await inTurn(() =>
      writeUnjudged(tx => {
        const insert = tx.write(
          'insert or ignore into withdrawn_certificate (list_id, serial, withdrawn_at) values (?, ?, ?)',
        )
        for (const [serial, at] of withdrawn.slice(from, from + CERTIFICATES)) insert.run(id, serial, at)
      }),
    )
  for (let after: number | undefined = 0; after !== undefined; ) {
    const cursor: number = after
    await inTurn(() =>
      writeUnjudged(tx => {
        // a way names its issuers by their keys, 64 signs each, so nothing else in it can hold one
        const rows = keptAfter('c.revoked_at is null and instr(c.way, @issuer) > 0', cursor, { issuer })
        for (const row of rows) lookAtWithdrawal(tx, row, id)
        after = rows.length < FILES ? undefined : rows.at(-1)?.fileId
        if (after === undefined) finishList(tx, id, issuer)
      }),
    )
  }
}

/** The list is in force; what it replaces, and its own bytes, are not needed any more. */
function finishList(tx: FactTx, id: number, issuer: string) {
  tx.write('update revocation_list set applied_at = ?, content = null where id = ?').run(campaignNow(), id)
  tx.write(
    'delete from withdrawn_certificate where list_id in (select id from revocation_list where issuer = ? and id < ?)',
  ).run(issuer, id)
}

function lookAtWithdrawal(tx: FactTx, { fileId, campaignId, officialId, way, at }: Kept, listId: number) {
  const { state, revokedAt } = revocationByLists(JSON.parse(way) as WayStep[], at, keptListReader(listId))
  if (state === 'unknown') return
  if (revokedAt === null) {
    tx.write('update signature_check set is_revocation_known = 1 where file_id = ? and is_revocation_known = 0').run(
      fileId,
    )
    return
  }
  change(campaignId, { standings: [officialId] }, inner => {
    inner
      .write('update signature_check set is_revocation_known = 0, revoked_at = ? where file_id = ?')
      .run(revokedAt, fileId)
    logEvent(
      inner,
      { kind: 'system' },
      {
        verb: 'revoke',
        subject: 'signature_check',
        subjectId: fileId,
        campaignId,
        data: { officialId, part: 'sim_signature', list: listId },
      },
    )
    const rested = restingOn(campaignId, officialId, fileId)
    settleObligations(campaignId, [officialId])
    const [still] = rested === undefined ? [] : stillOpen(rested)
    if (still !== undefined) takeBack(inner, { obligationId: still, campaignId, officialId, revokedAt })
  })
}

/** The part whose signature this file proves, or whose evidence it is; undefined: none. */
const restingOn = (campaignId: number, officialId: number, fileId: number) =>
  prepared<number>(
    `select id from obligation where campaign_id = ? and official_id = ? and part = 'sim_signature'
        and state in ('declared', 'confirmed', 'verified') and (proof_file_id = ? or evidence_file_id = ?)`,
  )
    .pluck()
    .get(campaignId, officialId, fileId, fileId)

/** The same part where no other signature proves it by now. */
const stillOpen = (obligationId: number) =>
  prepared<number>('select id from obligation where id = ? and proof_file_id is null').pluck().all(obligationId)

type Withdrawn = { obligationId: number; campaignId: number; officialId: number; revokedAt: number }

/** The part goes back to declared, whatever the unit had confirmed, and is not met until it is declared again. */
function takeBack(tx: FactTx, { obligationId, campaignId, officialId, revokedAt }: Withdrawn) {
  tx.write(
    `update obligation set state = 'declared', confirmed_at = null, confirmed_by = null, extract_id = null,
            extract_shows = null, cleared_extract_id = null, cleared_at = null, cleared_by = null, revoked_at = ?
      where id = ?`,
  ).run(revokedAt, obligationId)
  logEvent(
    tx,
    { kind: 'system' },
    {
      verb: 'revoke',
      subject: 'obligation',
      subjectId: obligationId,
      campaignId,
      data: { officialId, part: 'sim_signature' },
    },
  )
}

/** Gives kept signatures the kind that the table says by now, and settles the parts of those whose kind is another one. */
export async function lookAtKindsAgain() {
  for (let after: number | undefined = 0; after !== undefined; ) {
    const cursor: number = after
    await inTurn(() =>
      writeUnjudged(() => {
        const kindBy = kindReader()
        const rows = keptAfter('true', cursor)
        for (const { fileId, campaignId, officialId, origin, kind, at } of rows) {
          const next = kindBy(origin === null ? null : (JSON.parse(origin) as CertificateOrigin), at)
          if (next === kind) continue
          change(campaignId, { standings: [officialId] }, tx => {
            tx.write('update signature_check set kind = ? where file_id = ?').run(next, fileId)
            logEvent(
              tx,
              { kind: 'system' },
              {
                verb: 'edit',
                subject: 'signature_check',
                subjectId: fileId,
                campaignId,
                data: { officialId, kind: next },
              },
            )
            settleObligations(campaignId, [officialId])
          })
        }
        after = rows.length < FILES ? undefined : rows.at(-1)?.fileId
      }),
    )
  }
}
