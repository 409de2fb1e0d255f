import { and, asc, desc, eq } from 'drizzle-orm'
import { type Actor, permit } from '#app/access/policy.ts'
import type { Day } from '#app/domain/calendar.ts'
import { dailyTarget } from '#app/domain/pace.ts'
import { type Regulation, regulationParameters } from '#app/domain/regulation.ts'
import type { Indicator } from '#app/domain/vocabulary.ts'
import { db, prepared, transact } from '#db/client.server.ts'
import { createKeys, matchHash, unsealText } from '#db/keys.server.ts'
import { account, campaign, indicatorTarget, locality, official, officialMatch, regulation } from '#db/schema.ts'
import { rulesOf } from './campaign-rules.server.ts'
import { logEvent } from './event.server.ts'
import { rootUnit } from './unit.server.ts'

/** Every campaign with its dates in force, the newest first. */
export function listCampaigns() {
  return db
    .select()
    .from(campaign)
    .orderBy(desc(campaign.id))
    .all()
    .map(row => ({ ...row, ...rulesOf(row.id) , id: row.id }))
}

/** Ids of all campaigns; what changes a person's place changes it in each. */
export function campaignIds(): number[] {
  return (prepared('select id from campaign order by id').all() as { id: number }[]).map(row => row.id)
}

/** One campaign with the regulation in force; undefined where there is none of that id. */
export function findCampaign(campaignId: number) {
  const row = db.select().from(campaign).where(eq(campaign.id, campaignId)).get()
  return row ? { ...row, ...rulesOf(campaignId), id: row.id, regulationId: rulesOf(campaignId).id } : undefined
}

/** The campaign whose days include `today`, else the newest: what a new session shows. */
export function defaultCampaignId(today: Day): number {
  const all = listCampaigns()
  const current = all.find(({ regulation: { startsOn, endsOn } }) => startsOn <= today && today <= endsOn)
  const id = (current ?? all[0])?.id
  if (id === undefined) throw new Error('no campaign has been founded')
  return id
}

export type NewCampaign = {
  code: string
  name: string
  issuer: string
  issuedOn: Day
  parameters: Regulation
}

/**
 * Makes a campaign with its first regulation version and keys of its own. Its officials' standings are computed by the
 * job `rejudge`, which the caller starts.
 */
export function createCampaign(actor: Actor, input: NewCampaign): { campaignId: number } | { problem: 'code_taken' } {
  return transact(tx => {
    permit(actor, 'campaign.edit', { unitPath: actor.kind === 'system' ? '/' : rootUnit().path })
    if (tx.select().from(campaign).where(eq(campaign.code, input.code)).get()) return { problem: 'code_taken' as const }
    const at = Date.now()
    const { parameters, ...columns } = input
    const row = tx.insert(campaign).values({ ...columns, createdAt: at }).returning().get()
    createKeys(tx, { campaignId: row.id }, at)
    tx.insert(regulation)
      .values({
        campaignId: row.id,
        version: 1,
        parameters: JSON.stringify(regulationParameters.parse(parameters)),
        documentNumber: input.code,
        decidedOn: input.issuedOn,
        createdAt: at,
        createdBy: actor.kind === 'person' ? actor.accountId : null,
      })
      .run()
    for (const person of tx.select({ id: official.id, numberCipher: official.numberCipher }).from(official).all()) {
      const number = unsealText({ table: 'official', column: 'number', rowId: person.id }, person.numberCipher)
      if (number)
        tx.insert(officialMatch)
          .values({
            campaignId: row.id,
            officialId: person.id,
            numberHash: matchHash({ campaignId: row.id }, 'number', number),
          })
          .run()
    }
    logEvent(tx, actor, { verb: 'create', subject: 'campaign', subjectId: row.id, campaignId: row.id, data: { code: input.code } })
    return { campaignId: row.id }
  })
}

/**
 * Puts new dates or parameters in force as the next version, decided by a numbered document. Everything is judged anew
 * by the job `rejudge`, which the caller starts; what is frozen keeps its version.
 */
export function addRegulation(
  actor: Actor,
  campaignId: number,
  input: { parameters: Regulation; documentNumber: string; decidedOn: Day; note: string },
): number {
  return transact(tx => {
    permit(actor, 'campaign.edit', { unitPath: rootUnit().path })
    const current = rulesOf(campaignId)
    const changed = Object.keys(input.parameters).filter(
      key =>
        JSON.stringify(input.parameters[key as keyof Regulation]) !==
        JSON.stringify(current.regulation[key as keyof Regulation]),
    )
    const { parameters, ...columns } = input
    tx.insert(regulation)
      .values({
        campaignId,
        version: current.version + 1,
        parameters: JSON.stringify(regulationParameters.parse(parameters)),
        ...columns,
        createdAt: Date.now(),
        createdBy: actor.kind === 'person' ? actor.accountId : null,
      })
      .run()
    logEvent(tx, actor, {
      verb: 'add_version',
      subject: 'regulation',
      subjectId: current.version + 1,
      campaignId,
      data: { changed, documentNumber: input.documentNumber },
    })
    return current.version + 1
  })
}

/** Every version of a campaign's regulation, newest first. */
export function listRegulations(campaignId: number) {
  return db
    .select({
      id: regulation.id,
      version: regulation.version,
      parameters: regulation.parameters,
      documentNumber: regulation.documentNumber,
      decidedOn: regulation.decidedOn,
      note: regulation.note,
      createdAt: regulation.createdAt,
      createdBy: account.displayName,
    })
    .from(regulation)
    .leftJoin(account, eq(account.id, regulation.createdBy))
    .where(eq(regulation.campaignId, campaignId))
    .orderBy(desc(regulation.version))
    .all()
    .map(row => ({ ...row, parameters: regulationParameters.parse(JSON.parse(row.parameters)) }))
}

/** The annex: each indicator's target by locality, in the order of the annex's rows. */
export function listIndicatorTargets(campaignId: number) {
  return db
    .select({
      localityCode: indicatorTarget.localityCode,
      localityName: locality.name,
      localityType: locality.type,
      indicator: indicatorTarget.indicator,
      total: indicatorTarget.total,
      daily: indicatorTarget.daily,
    })
    .from(indicatorTarget)
    .innerJoin(locality, eq(locality.code, indicatorTarget.localityCode))
    .where(eq(indicatorTarget.campaignId, campaignId))
    .orderBy(asc(indicatorTarget.localityCode))
    .all()
}

/** Sets one cell of the annex; the daily share follows as the annex computes it: ceil(total / 90). */
export function setIndicatorTarget(
  actor: Actor,
  campaignId: number,
  { localityCode, indicator, total }: { localityCode: string; indicator: Indicator; total: number },
) {
  transact(tx => {
    permit(actor, 'campaign.edit', { unitPath: actor.kind === 'system' ? '/' : rootUnit().path })
    const where = and(
      eq(indicatorTarget.campaignId, campaignId),
      eq(indicatorTarget.localityCode, localityCode),
      eq(indicatorTarget.indicator, indicator),
    )
    const before = tx.select().from(indicatorTarget).where(where).get()
    if (before?.total === total) return
    const daily = dailyTarget(total, rulesOf(campaignId).regulation)
    tx.insert(indicatorTarget)
      .values({ campaignId, localityCode, indicator, total, daily })
      .onConflictDoUpdate({
        target: [indicatorTarget.campaignId, indicatorTarget.localityCode, indicatorTarget.indicator],
        set: { total, daily },
      })
      .run()
    logEvent(tx, actor, {
      verb: 'set_target',
      subject: 'locality',
      subjectId: localityCode,
      campaignId,
      data: { indicator, from: before?.total ?? null, to: total },
    })
  })
}
