import { and, desc, eq, sql } from 'drizzle-orm'
import { type Actor, permit } from '#app/access/policy.ts'
import type { Articles } from '#app/domain/article.ts'
import type { Day } from '#app/domain/calendar.ts'
import { type CampaignPart, campaignSlug, campaignToShow, isSlugTaken, runningOn } from '#app/domain/campaign.ts'
import type { Indicator } from '#app/domain/campaign-indicator.ts'
import type { StatedGoal } from '#app/domain/goal.ts'
import { dailyTarget } from '#app/domain/pace.ts'
import { found, type Result, refused } from '#app/domain/refusal.ts'
import { PARAMETERS, type Parameter, type Regulation, regulationParameters } from '#app/domain/regulation.ts'
import { db, type FactTx, prepared, type Tx, transact } from '#db/client.server.ts'
import { createKeys, matchHash, unsealText } from '#db/keys.server.ts'
import { account, campaign, indicatorTarget, locality, official, officialMatch, regulation } from '#db/schema.ts'
import { untilWritten } from '#db/until-written.server.ts'
import { campaignToChoose } from './campaign-choice.server.ts'
import { copiedIndicators, insertIndicators, listIndicators } from './campaign-indicator.server.ts'
import { campaignToday } from './clock.server.ts'
import { logEvent } from './event.server.ts'
import { startJob } from './job.server.ts'
import { rulesOf, writeUnjudged } from './judging/index.server.ts'
import { listLocalitiesBelow } from './locality.server.ts'
import { rootUnit } from './unit.server.ts'

/** Every campaign with its dates in force, the newest first; a founded plan that was never run is none. */
export function listCampaigns() {
  const rows = prepared<CampaignRow>(`${CAMPAIGNS} where ${IS_SHOWN} order by id desc`).all()
  return rows.map(row => ({ ...row, ...inForce(row.id) }))
}

const CAMPAIGNS =
  'select id, code, name, headline, title, annex_as_of as annexAsOf, annex_note as annexNote, issuer, issued_on as issuedOn, created_at as createdAt from campaign'

/** True of a campaign, and not of the founded plan that nobody ran. */
const IS_SHOWN = 'id not in (select campaign_id from campaign_terms where is_pattern = 1)'

type CampaignRow = Omit<typeof campaign.$inferSelect, 'articles' | 'unreviewed'>

function inForce(campaignId: number) {
  const { id, version, regulation } = rulesOf(campaignId)
  return { regulationId: id, version, regulation }
}

/** Passes where the actor may edit campaigns, which are the whole province's; throws 403 otherwise. */
function permitEditing(actor: Actor) {
  permit(actor, 'campaign.edit', { unitPath: rootUnit().path })
}

/** Returns one campaign with the regulation in force; undefined if there is none with that id. */
export const findCampaign = untilWritten((campaignId: number) => {
  const row = prepared<CampaignRow>(`${CAMPAIGNS} where id = ?`).get(campaignId)
  return row ? { ...row, ...inForce(campaignId) } : undefined
})

/** The campaigns that run on `today`, the one that began first in front. */
export const runningCampaigns = (today: Day) => runningOn(listCampaigns(), today)

/**
 * The campaign that is shown where nobody chose (`campaignToShow`): to nobody in particular, or in a new session of an
 * account.
 */
export function defaultCampaignId(today: Day, accountId?: number): number {
  const lastId =
    accountId === undefined
      ? null
      : (prepared<number | null>('select campaign_id from account where id = ?').pluck().get(accountId) ?? null)
  const shown = campaignToShow(listCampaigns(), { today, lastId })
  if (!shown) throw new Error('no campaign has been founded')
  return shown.id
}

/** The campaigns that run on `today`, else the one that is shown: whose tasks are counted and sent. */
export function campaignsAtWork(today: Day) {
  const running = runningCampaigns(today)
  return running.length > 0 ? running : [found(findCampaign(defaultCampaignId(today)))]
}

/** The indicators of the campaigns at work, each code once. */
export function indicatorsAtWork(today: Day): Indicator[] {
  const all = campaignsAtWork(today).flatMap(({ id }) => listIndicators(id))
  return [...new Map(all.toReversed().map(row => [row.code, row])).values()].toReversed()
}

/** Keeps the campaign that an account chose, for its next session. */
export function rememberCampaign(accountId: number, campaignId: number) {
  prepared('update account set campaign_id = ? where id = ?').run(campaignId, accountId)
}

/** True where a session may be led to another campaign. */
export const hasOtherCampaigns = untilWritten(
  (): boolean => prepared<number>(`select count(*) from campaign where ${IS_SHOWN}`).pluck().one() > 1,
)

/** The campaign with this address; undefined where there is none. */
export const campaignBySlug = (slug: string, campaigns = listCampaigns()) =>
  campaigns.find(({ code }) => campaignSlug(code) === slug)

type NewCampaign = {
  code: string
  name: string
  issuer: string
  issuedOn: Day
  parameters: Regulation
  /** the campaign whose annex is copied, with its daily shares on the new dates; null: the annex starts empty */
  annexOf: number | null
  /** the indicators and goals of its plan; left out: the indicators of the campaign whose annex is copied, else none */
  indicators?: readonly Indicator[]
  goals?: readonly StatedGoal[]
  /** what the public page calls it; left out: its name */
  headline?: string
  /** trích yếu of its plan; left out: not entered yet */
  title?: string
  /** the day and the note of its annex; left out: none */
  annexAsOf?: Day | null
  annexNote?: string
  /** the articles of its plan; left out: none is quoted yet */
  articles?: Articles
  /** what was copied and is yet to be looked at */
  unreviewed?: readonly CampaignPart[]
}

/**
 * Makes a campaign with its first regulation version and keys of its own. Where people are posted already, starts the
 * job that gives each their standing in it.
 */
export function createCampaign(actor: Actor, input: NewCampaign): Result<{ campaignId: number; jobId: number | null }> {
  return writeUnjudged(tx => {
    permitEditing(actor)
    const codes = tx.select({ code: campaign.code }).from(campaign).all()
    if (
      isSlugTaken(
        input.code,
        codes.map(({ code }) => code),
      )
    )
      return refused('code', 'code_taken')
    if (!isKnown(input.parameters)) return refused('parameters', 'parameter_unknown')
    const at = Date.now()
    const replaced = campaignToChoose(campaignToday())
    const { parameters, annexOf, articles = {}, unreviewed = [], goals = [], ...more } = input
    const { indicators = annexOf === null ? [] : copiedIndicators(annexOf), ...columns } = more
    const row = tx
      .insert(campaign)
      .values({
        ...columns,
        articles: JSON.stringify(articles),
        unreviewed: JSON.stringify(unreviewed),
        createdAt: at,
      })
      .returning()
      .get()
    createKeys(tx, { campaignId: row.id }, at)
    // signed-in accounts saw the founded plan, although they never chose it; from now on nobody does
    if (replaced !== undefined) {
      tx.write('insert into campaign_terms (campaign_id, is_pattern) values (?, 1)').run(replaced)
      prepared('update session set campaign_id = ? where campaign_id = ?').run(row.id, replaced)
      tx.write('update account set campaign_id = ? where campaign_id = ?').run(row.id, replaced)
    }
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
    const people = matchEverybody(tx, row.id)
    insertIndicators(tx, row.id, { indicators, goals })
    if (annexOf !== null) copyAnnex(tx, row.id, { from: annexOf, parameters })
    logEvent(tx, actor, {
      verb: 'create',
      subject: 'campaign',
      subjectId: row.id,
      campaignId: row.id,
      data: { code: input.code, annexOf },
    })
    const jobId = people > 0 ? startJob(actor, 'rejudge', { campaignId: row.id }) : null
    return { ok: true, campaignId: row.id, jobId }
  })
}

/** Makes every official's number findable under a new campaign's matching key; returns how many officials there are. */
function matchEverybody(tx: FactTx, campaignId: number): number {
  const people = tx.select({ id: official.id, numberCipher: official.numberCipher }).from(official).all()
  for (const person of people) {
    const number = unsealText({ table: 'official', column: 'number', rowId: person.id }, person.numberCipher)
    if (number)
      tx.insert(officialMatch)
        .values({ campaignId, officialId: person.id, numberHash: matchHash({ campaignId }, 'number', number) })
        .run()
  }
  return people.length
}

/** Gives a new campaign the totals of another's annex, with the daily shares of its own dates. */
function copyAnnex(tx: FactTx, campaignId: number, { from, parameters }: { from: number; parameters: Regulation }) {
  for (const { localityCode, indicator, total } of listIndicatorTargets(from))
    tx.insert(indicatorTarget)
      .values({ campaignId, localityCode, indicator, total, daily: dailyTarget(total, parameters) })
      .run()
}

/** The parameters in which two regulations differ; lists of words are compared as sets. */
export function changedParameters(before: Regulation, after: Regulation): Parameter[] {
  const comparable = (value: Regulation[Parameter]) => JSON.stringify(Array.isArray(value) ? [...value].sort() : value)
  return (Object.keys(PARAMETERS) as Parameter[]).filter(key => comparable(before[key]) !== comparable(after[key]))
}

type RegulationProblem = 'nothing_changed' | 'version_moved' | 'parameter_unknown'

/** Every parameter named is one that rules read: another would be stored, and do nothing. */
const isKnown = (parameters: Regulation) => Object.keys(parameters).every(key => Object.hasOwn(PARAMETERS, key))

/** Counts what a new version judges again: help records, and officials with a standing. */
export function countJudged(actor: Actor, campaignId: number): { records: number; officials: number } {
  permitEditing(actor)
  return prepared<{ records: number; officials: number }>(
    `select (select count(*) from help where campaign_id = @campaignId) as records,
            (select count(*) from standing where campaign_id = @campaignId) as officials`,
  ).one({ campaignId })
}

/**
 * Puts new dates or parameters in force as the next version, decided by a numbered document, and starts the job that
 * judges everything again. What is frozen keeps its version. The annex's daily shares follow the dates.
 *
 * Refused if nothing differs or if a parameter is unknown to this software. Also refused if another version was added
 * after `basedOn`, which the form was filled in from.
 */
export function addRegulation(
  actor: Actor,
  campaignId: number,
  input: { parameters: Regulation; basedOn: number; documentNumber: string; decidedOn: Day; note: string },
): Result<{ version: number; jobId: number }, RegulationProblem> {
  return transact(tx => {
    permitEditing(actor)
    const current = rulesOf(campaignId)
    const { parameters, basedOn, ...columns } = input
    if (basedOn !== current.version) return { ok: false, problem: 'version_moved' }
    if (!isKnown(parameters)) return { ok: false, problem: 'parameter_unknown' }
    const changed = changedParameters(current.regulation, parameters)
    if (changed.length === 0) return { ok: false, problem: 'nothing_changed' }
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
    for (const { localityCode, indicator, total } of listIndicatorTargets(campaignId))
      tx.update(indicatorTarget)
        .set({ daily: dailyTarget(total, parameters) })
        .where(cell(campaignId, localityCode, indicator))
        .run()
    return { ok: true, version: current.version + 1, jobId: startJob(actor, 'rejudge', { campaignId }) }
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

/** The annex: each indicator's target by locality, in the order in which the annex was read in: as it is printed. */
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
    .orderBy(sql`${indicatorTarget}.rowid`)
    .all()
}

function cell(campaignId: number, localityCode: string, indicator: string) {
  return and(
    eq(indicatorTarget.campaignId, campaignId),
    eq(indicatorTarget.localityCode, localityCode),
    eq(indicatorTarget.indicator, indicator),
  )
}

type AnnexFigure = { total: number; daily: number }
type AnnexFigures = Partial<Record<string, AnnexFigure>>

/**
 * The annex as its table: a row for each locality directly below the province, its indicators by code, and the sums. The
 * daily sum is Σ of the rows' rounded-up daily shares, as the annex prints it, never the rounded-up share of the sum.
 */
export function findAnnex(campaignId: number) {
  const stored = listIndicatorTargets(campaignId)
  const indicators = listIndicators(campaignId)
  const province = rootUnit().localityCode
  const below = province === null ? [] : listLocalitiesBelow(province, campaignToday())
  const figures = (of: (indicator: string) => AnnexFigure): AnnexFigures =>
    Object.fromEntries(indicators.map(({ code }) => [code, of(code)]))
  const places = new Map([...new Set(stored.map(target => target.localityCode))].map((code, n) => [code, n]))
  const placeOf = ({ code }: { code: string }) => places.get(code) ?? places.size
  const ordered = [...below].sort((a, b) => placeOf(a) - placeOf(b))
  const rows = ordered.map(({ code, type, name }) => ({
    localityCode: code,
    name: `${type} ${name}`,
    figures: figures(
      indicator =>
        stored.find(target => target.localityCode === code && target.indicator === indicator) ?? { total: 0, daily: 0 },
    ),
  }))
  const sums = figures(indicator => ({
    total: rows.reduce((sum, row) => sum + (row.figures[indicator]?.total ?? 0), 0),
    daily: rows.reduce((sum, row) => sum + (row.figures[indicator]?.daily ?? 0), 0),
  }))
  return { indicators, rows, sums }
}

/** Sets a locality's row of the annex; each daily share follows as the annex computes it: ceil(total / 90). */
export function setIndicatorTargets(
  actor: Actor,
  campaignId: number,
  { localityCode, totals }: { localityCode: string; totals: Readonly<Record<string, number>> },
) {
  transact(tx => {
    permitEditing(actor)
    for (const { code: indicator } of listIndicators(campaignId))
      writeIndicatorTarget(tx, actor, campaignId, { localityCode, indicator, total: totals[indicator] ?? 0 })
  })
}

/** Writes one cell of the annex where it differs. Checks no permission. */
export function writeIndicatorTarget(
  tx: Tx,
  actor: Actor,
  campaignId: number,
  { localityCode, indicator, total }: { localityCode: string; indicator: string; total: number },
) {
  const before = tx
    .select()
    .from(indicatorTarget)
    .where(cell(campaignId, localityCode, indicator))
    .get()
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
}
