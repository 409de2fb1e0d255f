import { eq } from 'drizzle-orm'
import type { Actor } from '#app/access/policy.ts'
import { checkTaken } from '#app/domain/inspection.ts'
import { boundedEntry, type TakenFrom, type TakenSheet } from '#app/domain/offline.ts'
import type { InputProblem } from '#app/domain/problem.ts'
import { found, notFound, type Result } from '#app/domain/refusal.ts'
import type { HelpPlace, OpeningPurpose } from '#app/domain/vocabulary.ts'
import { db, transact } from '#db/client.server.ts'
import { help } from '#db/schema.ts'
import { campaignNow } from './clock.server.ts'
import {
  asMember,
  noteOf,
  openPick,
  pickOf,
  type Recorded,
  recordCheck,
  roadOf,
  storedWay,
} from './inspection-check.server.ts'
import { outcomesOf } from './judging/index.server.ts'

/**
 * Lists the sheets that a member of the team may take along, in the order of the road: those without a result that
 * counts, none once the inspection is concluded. Throws as `takeSheets`.
 */
export function listSheetsToTake(actor: Actor, campaignId: number, inspectionId: number) {
  const { row, unitName } = asMember(actor, campaignId, inspectionId)
  const stops = row.concludedAt === null ? roadOf(inspectionId) : []
  return { unitName, open: stops.filter(({ helpId }) => isOpen(pickOf({ inspectionId, helpId }))) }
}

const isOpen = (pick: ReturnType<typeof pickOf>) => pick.result === null || pick.setAsideAt !== null

/** The sheets to take along, and what their citizens are opened for. */
type Taking = { inspectionId: number; helpIds: readonly number[]; purpose: OpeningPurpose }

/** A sheet whose parts are not in words yet. */
type UnsaidSheet = Omit<TakenSheet, 'where' | 'helped' | 'claims'> & {
  hamlet: string
  commune: string
  helpedOn: string
  helpPlace: HelpPlace
  outcomes: ReturnType<typeof outcomesOf>
}

/**
 * Opens sheets of an inspection to be taken along on a phone, in the order of the road. Each citizen is opened and logged
 * as by `openSheet`. Only sheets without a result that count are taken. Throws 404 for an inspection or a sheet that is
 * not visible or not open, 403 for actors outside the team. Plan IV.2; domain 6.4.
 */
export function takeSheets(
  actor: Actor,
  campaignId: number,
  { inspectionId, helpIds, purpose }: Taking,
): Result<{ sheets: UnsaidSheet[] }, InputProblem> {
  return transact(() => {
    const { row, unitName } = asMember(actor, campaignId, inspectionId)
    if (row.concludedAt !== null) return { ok: false, problem: 'inspection_concluded' }
    const wanted = new Set(helpIds)
    const stops = roadOf(inspectionId)
      .map((stop, n) => ({ ...stop, road: n + 1 }))
      .filter(({ helpId }) => wanted.has(helpId))
    if (stops.length < wanted.size) throw notFound()
    const sheets = stops.map(({ helpId, hamlet, commune, place, road }): UnsaidSheet => {
      const at = { inspectionId, helpId }
      const pick = pickOf(at)
      if (!isOpen(pick)) throw notFound()
      const { hamlet: _, ...opened } = found(openPick(actor, campaignId, { ...at, purpose, isAlong: true }))
      const record = found(recordOf(helpId))
      return {
        ...opened,
        ...at,
        campaignId,
        unitName,
        place,
        road,
        hamlet,
        commune,
        helpedOn: record.helpedOn,
        helpPlace: record.place,
        outcomes: outcomesOf(helpId),
        result: pick.result,
        foundBy: pick.foundBy,
        note: noteOf(at, pick),
        isReplaced: pick.origin !== 'risk',
        from: { checkedAt: pick.checkedAt, revision: record.revision },
      }
    })
    return { ok: true, sheets }
  })
}

const recordOf = (helpId: number) =>
  db
    .select({ helpedOn: help.helpedOn, place: help.place, revision: help.revision })
    .from(help)
    .where(eq(help.id, helpId))
    .get()

/**
 * Records a result that a phone noted without a network. `from`: how its sheet was when it was taken along; `enteredAt`:
 * when it was noted, as the phone claims (ms, campaign clock), null: its clock is in doubt. Sent again with what is
 * recorded already it is answered as recorded. Over another result, or a record changed since, it is refused.
 */
export function recordTaken(
  actor: Actor,
  campaignId: number,
  {
    from,
    enteredAt,
    ...input
  }: Omit<Recorded, 'enteredAt'> & { inspectionId: number; helpId: number; from: TakenFrom; enteredAt: number | null },
): Result<object, InputProblem> {
  return transact(() => {
    asMember(actor, campaignId, input.inspectionId)
    const pick = pickOf(input)
    const isSaid =
      pick.result === input.result &&
      pick.foundBy === storedWay(input) &&
      noteOf(input, pick) === input.note &&
      pick.setAsideAt === null
    if (isSaid) return { ok: true }
    const problem = checkTaken(from, {
      checkedAt: pick.checkedAt,
      revision: found(recordOf(input.helpId)).revision,
    })
    if (problem !== null) return { ok: false, problem }
    const now = campaignNow()
    const known = { contactAt: pick.openedAt, startedAt: now, now }
    return recordCheck(actor, campaignId, {
      ...input,
      ...(enteredAt !== null && { enteredAt: boundedEntry(enteredAt, known) }),
    })
  })
}
