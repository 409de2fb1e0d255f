/** Papers that are prepared as PDF to be signed with certificates by one person or several. */
import { check, index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { PREPARED_KINDS } from '../../app/domain/prepared-paper.ts'
import { account, campaign, official, storedFile, unit } from './core.ts'
import { trustedRoot } from './evidence.ts'
import { oneOf } from './one-of.ts'
import { ref } from './ref.ts'

/** bản để ký số: what a prepared file says, so that signatures on it count for that and nothing later. */
export const preparedPaper = sqliteTable(
  'prepared_paper',
  {
    id: integer().primaryKey(),
    campaignId: ref(() => campaign.id),
    kind: text({ enum: PREPARED_KINDS }).notNull(),
    /** whose paper it is; of minutes the inspected unit */
    unitId: ref(() => unit.id),
    /** of a report the period (`tong-ket`), of minutes the inspection's id; '': of a list */
    subject: text().notNull(),
    /** SHA-256 of the short code that is printed on it; the code is derived with the campaign's key */
    codeHash: text().notNull().unique(),
    /** JSON: what is signed; of people their ids alone */
    content: text().notNull(),
    preparedAt: integer().notNull(),
    preparedBy: integer().references(() => account.id),
    /** when it counted as signed (ms): a list by its first signature; null: not yet */
    signedAt: integer(),
  },
  t => [
    check('prepared_paper_kind', oneOf(t.kind, PREPARED_KINDS)),
    index('prepared_paper_unit').on(t.unitId, t.campaignId),
  ],
)

/** What one signature on a prepared paper came to, with the uploaded file in which it was first seen. */
export const paperSignature = sqliteTable(
  'paper_signature',
  {
    id: integer().primaryKey(),
    paperId: ref(() => preparedPaper.id),
    fileId: ref(() => storedFile.id),
    /** whose it is among those whom the paper expects; null: of one whom the register of signers names by name alone */
    officialId: integer().references(() => official.id),
    rootId: ref(() => trustedRoot.id),
    /** SHA-256 of the signer's certificate, hexadecimal */
    fingerprint: text().notNull(),
    validFromOn: text().notNull(),
    validToOn: text().notNull(),
    /** by a trusted time stamp (ms); null: none, so the certificate was valid at the check */
    stampedAt: integer(),
    /** the certificate's number is the official's; false: the name alone, so the unit confirms who it is */
    isSure: integer({ mode: 'boolean' }).notNull(),
    /** lists in force clear each certificate of the way; false: nothing is known of a withdrawal */
    isRevocationKnown: integer({ mode: 'boolean' }).notNull(),
    checkedAt: integer().notNull(),
    /** null: nobody confirmed yet who it is, or nobody needs to */
    confirmedAt: integer(),
    confirmedBy: integer().references(() => account.id),
  },
  t => [
    uniqueIndex('paper_signature_certificate').on(t.paperId, t.fingerprint),
    index('paper_signature_file').on(t.fileId),
  ],
)
