import { asc, eq } from 'drizzle-orm'
import { type Actor, permit } from '#app/access/policy.ts'
import type { Day } from '#app/domain/calendar.ts'
import {
  type BasisSubject,
  basesOn,
  citedAsPrinted,
  formOn,
  type LegalBasis,
  PRESCRIBED_PAPERS,
  type PrescribedPaper,
} from '#app/domain/legal-basis.ts'
import type { LegalBasisInput } from '#app/domain/legal-basis-input.ts'
import type { InputProblem } from '#app/domain/problem.ts'
import { found, type Result } from '#app/domain/refusal.ts'
import { db, type Tx, transact } from '#db/client.server.ts'
import { account, legalBasis } from '#db/schema.ts'
import { campaignNow } from './clock.server.ts'
import { logEvent } from './event.server.ts'
import { rootUnit } from './unit.server.ts'

type LegalBasisRow = LegalBasis & { id: number; createdAt: number; createdByName: string | null }

/** Every legal basis in the order in which documents cite them; those ended too. Anybody may read the law. */
export function listLegalBases(): LegalBasisRow[] {
  return db
    .select({ row: legalBasis, createdByName: account.displayName })
    .from(legalBasis)
    .leftJoin(account, eq(account.id, legalBasis.createdBy))
    .orderBy(asc(legalBasis.place), asc(legalBasis.fromOn), asc(legalBasis.id))
    .all()
    .map(({ row, createdByName }) => ({
      id: row.id,
      citation: row.citation,
      subject: row.subject,
      place: row.place,
      fromOn: row.fromOn,
      toOn: row.toOn,
      forms: JSON.parse(row.forms) as LegalBasis['forms'],
      createdAt: row.createdAt,
      createdByName,
    }))
}

/**
 * Returns the citations for a document of a day, and the form that the law of that day prescribes for it; null: none.
 */
export function basesForPaper(
  day: Day,
  paper: PrescribedPaper | null,
  subjects: readonly BasisSubject[],
): { citations: string[]; form: string | null } {
  const bases = listLegalBases()
  return {
    citations: basesOn(bases, day, subjects).map(({ citation }) => citedAsPrinted(citation)),
    form: paper === null ? null : formOn(bases, day, paper),
  }
}

/** Adds a dated basis; there is no editing, a change is a new one. */
export function addLegalBasis(
  actor: Actor,
  { citation, subject, place, fromOn, toOn, ...named }: LegalBasisInput,
): number {
  permit(actor, 'legal_basis.edit', { unitPath: rootUnit().path })
  const forms = Object.fromEntries(PRESCRIBED_PAPERS.flatMap(paper => (named[paper] ? [[paper, named[paper]]] : [])))
  return transact(tx => {
    const { id } = tx
      .insert(legalBasis)
      .values({
        citation,
        subject,
        place,
        fromOn,
        toOn,
        forms: JSON.stringify(forms),
        createdAt: campaignNow(),
        createdBy: actor.kind === 'person' ? actor.accountId : null,
      })
      .returning({ id: legalBasis.id })
      .get()
    logEvent(tx, actor, { verb: 'add', subject: 'legal_basis', subjectId: id, data: { fromOn, toOn } })
    return id
  })
}

/** Ends a basis that has no last day yet; documents dated later no longer cite it. Throws 404 if there is none. */
export function endLegalBasis(
  actor: Actor,
  { basisId, toOn }: { basisId: number; toOn: Day },
): Result<object, InputProblem> {
  permit(actor, 'legal_basis.edit', { unitPath: rootUnit().path })
  return transact(tx => {
    const row = found(tx.select().from(legalBasis).where(eq(legalBasis.id, basisId)).get())
    if (row.toOn !== null) return { ok: false, problem: 'basis_ended_already' }
    if (toOn < row.fromOn) return { ok: false, problem: 'ends_before_start' }
    tx.update(legalBasis).set({ toOn }).where(eq(legalBasis.id, basisId)).run()
    logEvent(tx, actor, { verb: 'end', subject: 'legal_basis', subjectId: basisId, data: { toOn } })
    return { ok: true }
  })
}

/**
 * The initial bases: the law on emulation and commendation, and its implementing documents.
 */
const FOUNDING: readonly FoundedBasis[] = [
  {
    citation: 'Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022',
    place: 10,
    fromOn: '2024-01-01',
    toOn: null,
  },
  {
    citation:
      'Căn cứ Nghị định số 98/2023/NĐ-CP ngày 31 tháng 12 năm 2023 của Chính phủ quy định chi tiết thi hành một số điều của Luật Thi đua, khen thưởng',
    place: 20,
    fromOn: '2024-01-01',
    toOn: '2025-06-30',
  },
  {
    citation:
      'Căn cứ Nghị định số 152/2025/NĐ-CP ngày 14 tháng 6 năm 2025 của Chính phủ quy định về phân cấp, phân quyền trong lĩnh vực thi đua, khen thưởng',
    place: 20,
    fromOn: '2025-07-01',
    toOn: null,
  },
]

type FoundedBasis = Pick<LegalBasis, 'citation' | 'place' | 'fromOn' | 'toOn'>

/** Writes the founding bases, by default those of the country; the plan itself is cited from its campaign. */
export function foundLegalBases(tx: Tx, bases: readonly FoundedBasis[] = FOUNDING) {
  for (const row of bases)
    tx.insert(legalBasis)
      .values({ ...row, createdAt: Date.now() })
      .run()
}
