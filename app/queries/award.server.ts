import { and, desc, eq, inArray, isNull } from 'drizzle-orm'
import { type Actor, accountOf, can, permit } from '#app/access/policy.ts'
import type { AwardInput } from '#app/domain/round-input.ts'
import { db, prepared, transact } from '#db/client.server.ts'
import { award } from '#db/schema.ts'
import { campaignNow } from './clock.server.ts'
import { logEvent } from './event.server.ts'
import { subjectTarget } from './gate.server.ts'
import type { Subject } from './judging/index.server.ts'

type AwardRow = Pick<typeof award.$inferSelect, 'id' | 'name' | 'year' | 'decisionNumber' | 'campaignId' | 'revokedAt'>

const COLUMNS = {
  id: award.id,
  name: award.name,
  year: award.year,
  decisionNumber: award.decisionNumber,
  campaignId: award.campaignId,
  revokedAt: award.revokedAt,
}

/** khen thưởng đã có of an official or a collective, the newest first, revoked ones too; asked for by `candidate.view`. */
export function listAwards(actor: Actor, subject: Subject): AwardRow[] {
  const target = subjectTarget(subject)
  const seen = 'officialId' in subject ? target : { unitPath: target.unitPath }
  if (!can(actor, 'candidate.view', seen)) return []
  return db
    .select(COLUMNS)
    .from(award)
    .where('officialId' in subject ? eq(award.officialId, subject.officialId) : eq(award.unitId, subject.unitId))
    .orderBy(desc(award.year), desc(award.id))
    .all()
}

/** Standing awards of many at once, as lists print them; those of this campaign are not "earlier" and left out. */
export function earlierAwards(
  campaignId: number,
  { officialIds, unitIds }: { officialIds: readonly number[]; unitIds: readonly number[] },
): { ofOfficial: Map<number, string[]>; ofUnit: Map<number, string[]> } {
  const ofOfficial = new Map<number, string[]>()
  const ofUnit = new Map<number, string[]>()
  const note = (rows: readonly (AwardRow & { officialId: number | null; unitId: number | null })[]) => {
    for (const row of rows) {
      if (row.campaignId === campaignId) continue
      const [held, id] = row.officialId === null ? [ofUnit, row.unitId] : [ofOfficial, row.officialId]
      if (id !== null) held.set(id, [...(held.get(id) ?? []), `${row.name}, năm ${row.year}`])
    }
  }
  const columns = { ...COLUMNS, officialId: award.officialId, unitId: award.unitId }
  const ids = (of: readonly number[], column: typeof award.officialId | typeof award.unitId) => {
    for (let n = 0; n < of.length; n += 500)
      note(
        db
          .select(columns)
          .from(award)
          .where(and(inArray(column, of.slice(n, n + 500)), isNull(award.revokedAt)))
          .orderBy(desc(award.year), desc(award.id))
          .all(),
      )
  }
  ids(officialIds, award.officialId)
  ids(unitIds, award.unitId)
  return { ofOfficial, ofUnit }
}

/** Returns true if an award for this campaign is in force: an achievement is used once (domain 9). */
export function isAwarded(campaignId: number, subject: Subject): boolean {
  const [column, id] = 'officialId' in subject ? ['official_id', subject.officialId] : ['unit_id', subject.unitId]
  return (
    prepared(`select 1 from award where campaign_id = ? and ${column} = ? and revoked_at is null limit 1`).get(
      campaignId,
      id,
    ) !== undefined
  )
}

/** Enters an earlier award, of another year or occasion; returns its id. */
export function recordAward(actor: Actor, { subject, input }: { subject: Subject; input: AwardInput }): number {
  const target = subjectTarget(subject)
  permit(actor, 'award.record', 'officialId' in subject ? target : { unitPath: target.unitPath })
  const createdBy = accountOf(actor)
  return transact(tx => {
    const { id } = tx
      .insert(award)
      .values({ ...subject, ...input, createdAt: campaignNow(), createdBy })
      .returning({ id: award.id })
      .get()
    logEvent(tx, actor, {
      verb: 'record',
      subject: 'award',
      subjectId: id,
      data: { ...subject, on: String(input.year) },
    })
    return id
  })
}
