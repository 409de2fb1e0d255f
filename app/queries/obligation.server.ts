import { and, asc, eq, inArray, type SQL, sql } from 'drizzle-orm'
import { type Actor, can, permit, scopeOf } from '#app/access/policy.ts'
import { inSubtree } from '#app/access/scope.server.ts'
import { certificateFlaws } from '#app/domain/certificate.ts'
import { checkDeclaration, moveObligation, type ObligationMove } from '#app/domain/obligation.ts'
import type { Declaration } from '#app/domain/obligation-input.ts'
import { isPortalPart } from '#app/domain/portal-login.ts'
import { notFound, type Result } from '#app/domain/refusal.ts'
import type { Regulation } from '#app/domain/regulation.ts'
import { standingOf } from '#app/domain/standing.ts'
import { heldTerms } from '#app/domain/terms.ts'
import { db, nextId, prepared, transact } from '#db/client.server.ts'
import { seal, unsealText } from '#db/keys.server.ts'
import { obligation, official, posting, unit } from '#db/schema.ts'
import { campaignNow, campaignToday } from './clock.server.ts'
import { leftOfficials, mayConfirm, permitConfirming, withinConfirming } from './confirmer.server.ts'
import { logEvent } from './event.server.ts'
import { secondsOf } from './independence.server.ts'
import { change, IS_IN_REVIEW, rulesOf, standingFacts } from './judging/index.server.ts'
import { keepCheck, type NewCheck, signaturesOf } from './kept-signature.server.ts'
import { settleObligations } from './obligation-evidence.server.ts'
import { targetOf } from './official.server.ts'
import { postingIdOn, unitIdOn } from './official-posting.server.ts'
import { loginsOf } from './portal-login.server.ts'
import { withinReach } from './reach.server.ts'
import { type StrippedContent, storeEvidence } from './stored-file.server.ts'
import { titled } from './unit-title.server.ts'

type Row = typeof obligation.$inferSelect

const phoneSlot = (rowId: number) => ({ table: 'obligation', column: 'phone', rowId })

/** The extract that decides about a part: of which day, and whether it shows the part; null: none says anything. */
function extractOf({ extractId, extractShows }: Row) {
  if (extractId === null) return null
  const asOfOn = prepared<string>('select as_of_on from extract where id = ?').pluck().one(extractId)
  return { asOfOn, shows: extractShows === true }
}

/** Confirmed, but a full list lacks it and the unit has not cleared it of that list. */
const isInReview = ({ state, extractId, extractShows, clearedExtractId }: Row) =>
  state === 'confirmed' && extractShows === false && clearedExtractId !== extractId

/** The columns of a part about which no extract has data any more. */
const WITHOUT_EXTRACT = {
  extractId: null,
  extractShows: null,
  clearedExtractId: null,
  clearedAt: null,
  clearedBy: null,
} as const

/** The declared data of one part as screens show it; the phone in clear. */
function declaredOf(row: Row, regulation: Regulation) {
  const { phoneCipher, ...declared } = row
  return {
    ...declared,
    extract: extractOf(row),
    isInReview: isInReview(row),
    phone: unsealText(phoneSlot(row.id), phoneCipher),
    flaws: row.part === 'sim_signature' ? certificateFlaws(row, regulation) : [],
    /** a signature of one's own proves it, and the SIM's own name alone rests on an extract or the unit's word */
    isSignatureProven: row.proofFileId !== null,
  }
}

/**
 * Returns the parts of one official's obligations that hold, each with its state and its declaration (null: nothing yet);
 * of portals' parts the kept sign-ins too, of the signature's part the kept signatures.
 * Undefined if the actor may not see the official or their declared data. Plan IV.1.
 */
export function findObligations(actor: Actor, campaignId: number, officialId: number) {
  const target = targetOf(officialId, campaignToday())
  if (!can(actor, 'evidence.open', target)) return undefined
  const { regulation } = rulesOf(campaignId)
  const { parts } = standingOf(standingFacts(campaignId, officialId, regulation), regulation)
  const rows = db
    .select()
    .from(obligation)
    .where(and(eq(obligation.campaignId, campaignId), eq(obligation.officialId, officialId)))
    .all()
  const logins = loginsOf(campaignId, [officialId]).get(officialId) ?? []
  const signatures = signaturesOf(campaignId, [officialId]).get(officialId) ?? []
  return heldTerms(regulation).parts.map(part => {
    const row = rows.find(stored => stored.part === part)
    return {
      part,
      standing: parts[part],
      declared: row ? declaredOf(row, regulation) : null,
      logins: logins.filter(login => isPortalPart(part) && (login.part ?? part) === part),
      signatures: part === 'sim_signature' ? signatures : [],
    }
  })
}

type NewPart = typeof obligation.$inferInsert
/** The columns of one declaration; the other parts' stay null. */
function columnsOf(declaration: Declaration): Pick<NewPart, 'part'> & Partial<NewPart> {
  const { part } = declaration
  switch (part) {
    case 'sim_signature': {
      const { phone: _, provider, ...columns } = declaration
      return { ...columns, certificateProvider: provider }
    }
    case 'phone_4g':
      return { part, deviceMaker: declaration.maker, deviceModel: declaration.model }
    case 'portal_national':
    case 'portal_provincial':
      return { part, firstLoginOn: declaration.firstLoginOn }
  }
}

/**
 * Declares one part that holds of one's own obligations (plan IV.1), or declares it again: it then waits for confirmation once
 * more. A new evidence file replaces the former; `evidence` null keeps the former. `check`: what the signature of that file
 * came to; null: it is no signed file.
 */
export function declareObligation(
  actor: Actor,
  campaignId: number,
  {
    officialId,
    declaration,
    evidence,
    check = null,
  }: {
    officialId: number
    declaration: Declaration
    evidence: StrippedContent | null
    check?: NewCheck | null
  },
): Result {
  permit(actor, 'obligation.declare', targetOf(officialId, campaignToday()))
  if (!rulesOf(campaignId).regulation.heldParts.includes(declaration.part)) throw notFound()
  const problems = checkDeclaration(declaration, campaignToday())
  if (problems.length > 0) return { ok: false, problems }
  change(campaignId, { standings: [officialId] }, tx => {
    const known = tx
      .select()
      .from(obligation)
      .where(
        and(
          eq(obligation.campaignId, campaignId),
          eq(obligation.officialId, officialId),
          eq(obligation.part, declaration.part),
        ),
      )
      .get()
    const state = moveObligation(known?.state ?? 'missing', 'declare')
    if (state === null) throw new Error(`a ${known?.state} obligation takes no declaration`)
    const next = nextId(obligation)
    const id = known?.id ?? next
    const columns = {
      ...columnsOf(declaration),
      state,
      phoneCipher: declaration.part === 'sim_signature' ? seal('staff', phoneSlot(id), declaration.phone) : null,
      evidenceFileId: evidence
        ? storeEvidence(actor, campaignId, officialId, evidence)
        : (known?.evidenceFileId ?? null),
      declaredAt: campaignNow(),
      confirmedAt: null,
      confirmedBy: null,
      returnedAt: null,
      returnReason: null,
      ...WITHOUT_EXTRACT,
      proofFileId: null,
      revokedAt: null,
    }
    if (check && evidence && columns.evidenceFileId !== null) keepCheck(tx, columns.evidenceFileId, check)
    tx.insert(obligation)
      .values({ id, campaignId, officialId, ...columns })
      .onConflictDoUpdate({ target: obligation.id, set: columns })
      .run()
    logEvent(tx, actor, {
      verb: 'declare',
      subject: 'obligation',
      subjectId: id,
      campaignId,
      data: {
        officialId,
        part: declaration.part,
        from: known?.state ?? 'missing',
        hasEvidence: columns.evidenceFileId !== null,
        ...(check && evidence ? { isSigned: true } : {}),
      },
    })
    // extracts find the other parts by the phone declared here
    settleObligations(campaignId, [officialId])
  })
  return { ok: true }
}

/** The stored row with its official's target; 404 where it is out of the actor's sight. */
function visible(actor: Actor, campaignId: number, obligationId: number) {
  const row = db
    .select()
    .from(obligation)
    .where(and(eq(obligation.id, obligationId), eq(obligation.campaignId, campaignId)))
    .get()
  const target = row && targetOf(row.officialId, campaignToday())
  const isSeen = target && (can(actor, 'official.view', target) || mayConfirm(actor, 'obligation.confirm', target))
  if (!target || !isSeen) throw notFound()
  return { row, target }
}

/** Returns a part and its official; undefined if not visible to the actor. */
export function findPart(actor: Actor, campaignId: number, obligationId: number) {
  const row = db
    .select({ officialId: obligation.officialId, part: obligation.part, officialName: official.name })
    .from(obligation)
    .innerJoin(official, eq(official.id, obligation.officialId))
    .where(and(eq(obligation.id, obligationId), eq(obligation.campaignId, campaignId)))
    .get()
  return row && can(actor, 'official.view', targetOf(row.officialId, campaignToday())) ? row : undefined
}

/**
 * Returns a part that the actor may confirm or return; throws 404 if it is not visible, 403 if the actor may not
 * confirm it.
 */
function confirmable(actor: Actor, campaignId: number, obligationId: number): Row {
  const { row, target } = visible(actor, campaignId, obligationId)
  permitConfirming(actor, 'obligation.confirm', target)
  return row
}

/** Those of some rows to which a move is open, each with the state that it leads to; the ids of the others. */
function movable(rows: readonly Row[], move: ObligationMove) {
  const moves = rows.map(row => ({ row, state: moveObligation(row.state, move) }))
  return {
    open: moves.flatMap(({ row, state }) => (state === null ? [] : [{ row, state }])),
    closed: moves.flatMap(({ row, state }) => (state === null ? [row.id] : [])),
  }
}

/**
 * Confirms the named declared parts on behalf of the unit; never the actor's own, a head's one level up (domain 4), and
 * only of officials who are independent of the actor (domain 10).
 * Confirmation clears a part that a full list lacks from that list. A part that an applied extract shows becomes
 * verified at once.
 * `left` names the parts that do not wait for confirmation, and those that the actor may not confirm. Throws 403 or
 * 404 if the actor may confirm none.
 */
export function confirmObligations(
  actor: Actor,
  campaignId: number,
  obligationIds: readonly number[],
): { confirmed: number; left: number[] } {
  return transact(() => {
    const { rows: reached, left } = withinReach(obligationIds, id => confirmable(actor, campaignId, id))
    const seconds = secondsOf()
    const rows = reached.filter(row => {
      const isSecond = seconds.mayConfirm(actor, row.officialId, row.declaredAt)
      if (!isSecond) left.push(row.id)
      return isSecond
    })
    const reviewed = rows.filter(isInReview)
    const { open, closed } = movable(
      rows.filter(row => !isInReview(row)),
      'confirm',
    )
    const officialIds = [...reviewed, ...open.map(({ row }) => row)].map(row => row.officialId)
    const by = actor.kind === 'person' ? actor.accountId : null
    change(campaignId, { standings: officialIds }, tx => {
      const at = campaignNow()
      for (const { row, state } of open) {
        tx.update(obligation).set({ state, confirmedAt: at, confirmedBy: by }).where(eq(obligation.id, row.id)).run()
        logEvent(tx, actor, { verb: 'confirm', subject: 'obligation', subjectId: row.id, campaignId })
      }
      for (const { id, extractId } of reviewed) {
        tx.update(obligation)
          .set({ clearedExtractId: extractId, clearedAt: at, clearedBy: by })
          .where(eq(obligation.id, id))
          .run()
        const data = { cleared: extractId }
        logEvent(tx, actor, { verb: 'confirm', subject: 'obligation', subjectId: id, campaignId, data })
      }
    })
    settleObligations(campaignId, officialIds)
    return { confirmed: open.length + reviewed.length, left: [...left, ...closed] }
  })
}

/**
 * Takes a confirmation of parts back, as if it had not been given: a declared part waits again, one that a full list
 * lacks is to be looked at again. Throws 403 or 404 where the actor may not confirm one of them.
 */
export function unconfirmObligations(actor: Actor, campaignId: number, obligationIds: readonly number[]) {
  const rows = obligationIds.map(id => confirmable(actor, campaignId, id))
  change(campaignId, { standings: rows.map(row => row.officialId) }, tx => {
    for (const { id, clearedAt } of rows) {
      const before =
        clearedAt === null
          ? { state: 'declared' as const, confirmedAt: null, confirmedBy: null, ...WITHOUT_EXTRACT }
          : { clearedExtractId: null, clearedAt: null, clearedBy: null }
      tx.update(obligation).set(before).where(eq(obligation.id, id)).run()
      logEvent(tx, actor, { verb: 'undo', subject: 'obligation', subjectId: id, campaignId })
    }
  })
  settleObligations(
    campaignId,
    rows.map(row => row.officialId),
  )
}

/**
 * Sends declared or confirmed parts back to their officials with a reason. `left` names the parts whose state is not
 * open to that, and those that are not the actor's to return; throws 403 or 404 where none is.
 */
export function returnObligations(
  actor: Actor,
  campaignId: number,
  { obligationIds, reason }: { obligationIds: readonly number[]; reason: string },
): { returned: number; left: number[] } {
  return transact(() => {
    const { rows, left } = withinReach(obligationIds, id => confirmable(actor, campaignId, id))
    const { open, closed } = movable(rows, 'return')
    change(campaignId, { standings: open.map(({ row }) => row.officialId) }, tx => {
      for (const { row, state } of open) {
        tx.update(obligation)
          .set({
            state,
            returnedAt: campaignNow(),
            returnReason: reason,
            confirmedAt: null,
            confirmedBy: null,
            ...WITHOUT_EXTRACT,
            proofFileId: null,
          })
          .where(eq(obligation.id, row.id))
          .run()
        logEvent(tx, actor, { verb: 'return', subject: 'obligation', subjectId: row.id, campaignId })
      }
    })
    return { returned: open.length, left: [...left, ...closed] }
  })
}

const IN_REVIEW = `select id from obligation indexed by obligation_review where campaign_id = ? and ${IS_IN_REVIEW}`

/** The most waiting parts of a unit that are paged through; the others follow as these are done. */
const MOST_WAITING = 200

const WAITING_COLUMNS = {
  id: obligation.id,
  officialId: obligation.officialId,
  declaredAt: obligation.declaredAt,
  part: obligation.part,
  isOwnName: obligation.isOwnName,
  certificateKind: obligation.certificateKind,
  validFromOn: obligation.validFromOn,
  validToOn: obligation.validToOn,
}

type Seconds = ReturnType<typeof secondsOf>
type WaitingAsked = {
  unitPath: string
  waits?: 'declared' | 'review'
  /** these parts alone */
  ids?: readonly number[]
  from?: number
  limit?: number
}

/** The parts that wait, as far as the actor may confirm them, at most 200: unit by unit, or those asked for. */
function waitingParts(
  actor: Actor,
  campaignId: number,
  { unitPath, waits, ids }: Required<Pick<WaitingAsked, 'unitPath' | 'waits'>> & Pick<WaitingAsked, 'ids'>,
  seconds: Seconds,
) {
  const columns = { unitPath: unit.path, guardPath: unit.guardPath, officialId: obligation.officialId }
  const conditions = [
    // the plus keeps the index on the campaign out where the ids are given
    ids === undefined && waits === 'declared'
      ? eq(obligation.campaignId, campaignId)
      : sql`+${obligation.campaignId} = ${campaignId}`,
    waits === 'declared' ? eq(obligation.state, 'declared') : sql.raw(IS_IN_REVIEW),
    inArray(obligation.part, rulesOf(campaignId).regulation.heldParts),
    inSubtree(unit.path, unitPath),
    withinConfirming(actor, campaignId, 'obligation.confirm', columns, seconds),
  ]
  const among = (only?: SQL) =>
    db
      .select(WAITING_COLUMNS)
      .from(obligation)
      .innerJoin(unit, eq(unit.id, unitIdOn(obligation.officialId, campaignToday())))
      .where(and(...conditions, only))
      .orderBy(asc(unit.path), asc(obligation.declaredAt), asc(obligation.id))
      .limit(MOST_WAITING)
      .all()
  const inList = (column: typeof obligation.id | typeof obligation.officialId, list: readonly number[]) =>
    sql`${column} in (select value from json_each(${JSON.stringify(list)}))`
  if (ids !== undefined) return among(inList(obligation.id, ids))
  if (waits === 'review') {
    // what a full list lacks is rare, and has an index of its own
    const lacking = prepared<number>(IN_REVIEW).pluck().all(campaignId)
    return lacking.length === 0 ? [] : among(inList(obligation.id, lacking))
  }
  const left = leftOfficials(actor, campaignId, seconds)
  const ofLeft = left.length === 0 ? [] : among(inList(obligation.officialId, left))
  if (scopeOf(actor, 'obligation.confirm').paths.length === 0) return ofLeft
  // person by person, no further than to the last one wanted
  const below = db
    .select(WAITING_COLUMNS)
    .from(unit)
    .crossJoin(posting)
    .crossJoin(obligation)
    .where(
      and(
        eq(posting.unitId, unit.id),
        eq(obligation.officialId, posting.officialId),
        // of the part's official, so that it is asked of those alone who have one
        eq(posting.id, postingIdOn(obligation.officialId, campaignToday())),
        ...conditions,
      ),
    )
    .orderBy(asc(unit.path))
    .limit(MOST_WAITING)
    .all()
  return [...new Map([...below, ...ofLeft].map(row => [row.id, row])).values()]
}

/**
 * Lists the parts of a subtree that wait for the actor's confirmation, unit by unit. They are `declared` ones or, with
 * `waits` `review`, those that a full list lacks. Parts that would not be met even when confirmed (`flaws`) come
 * first. `total` counts all, up to 200; `isCutOff`: there may be more. `rows` holds `limit` of them behind the first
 * `from`, each with the sign-in at its portal, or the newest signature kept (null: none).
 */
export function listWaitingObligations(
  actor: Actor,
  campaignId: number,
  { unitPath, waits = 'declared', ids: only, from = 0, limit = 100 }: WaitingAsked,
  seconds: Seconds = secondsOf(),
) {
  const { regulation } = rulesOf(campaignId)
  const found = waitingParts(actor, campaignId, { unitPath, waits, ids: only }, seconds)
  const waiting = found.filter(row => seconds.mayConfirm(actor, row.officialId, row.declaredAt))
  const isFlawed = (row: (typeof waiting)[number]) =>
    row.part === 'sim_signature' && certificateFlaws(row, regulation).length > 0
  const ids = [...waiting.filter(isFlawed), ...waiting.filter(row => !isFlawed(row))]
    .slice(from, from + limit)
    .map(row => row.id)
  const isCutOff = found.length >= MOST_WAITING
  if (ids.length === 0) return { total: waiting.length, isCutOff, rows: [] }
  const shown = db
    .select({ declared: obligation, officialName: official.name, unitId: unit.id })
    .from(obligation)
    .innerJoin(official, eq(official.id, obligation.officialId))
    .innerJoin(unit, eq(unit.id, unitIdOn(obligation.officialId, campaignToday())))
    .where(inArray(obligation.id, ids))
    .all()
  const officialIds = shown.map(row => row.declared.officialId)
  const signatures = signaturesOf(campaignId, officialIds)
  const logins = loginsOf(campaignId, officialIds)
  const byId = new Map(titled(shown).map(row => [row.declared.id, row]))
  return {
    total: waiting.length,
    isCutOff,
    rows: ids.flatMap(id => {
      const row = byId.get(id)
      if (!row) return []
      const { declared, ...owner } = row
      const login = logins.get(declared.officialId)?.find(({ part }) => part === declared.part) ?? null
      const kept = declared.part === 'sim_signature' ? signatures.get(declared.officialId) : undefined
      return [{ ...owner, ...declaredOf(declared, regulation), login, signature: kept?.[0] ?? null }]
    }),
  }
}
