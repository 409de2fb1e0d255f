import type { Actor } from '#app/access/policy.ts'
import type { Day } from '#app/domain/calendar.ts'
import type { InputProblem } from '#app/domain/problem.ts'
import { found, type Result } from '#app/domain/refusal.ts'
import { type Signer, signerOn } from '#app/domain/signer.ts'
import type { SignerInput } from '#app/domain/signer-input.ts'
import { prepared, transact } from '#db/client.server.ts'
import { signer } from '#db/schema.ts'
import { campaignNow, campaignToday } from './clock.server.ts'
import { logEvent } from './event.server.ts'
import { findUnitToEdit } from './unit.server.ts'

type SignerRow = Signer & { id: number }

/** Returns who signs papers of a unit on `day`, today if it is null; null where nobody is entered. */
export function currentSigner(unitId: number, day: Day | null): Signer | null {
  return signerOn(signersOf(unitId), day ?? campaignToday()) ?? null
}

const signersOf = (unitId: number) =>
  prepared<SignerRow>(
    `select id, name, title, capacity, from_on as fromOn, to_on as toOn
       from signer where unit_id = ? order by from_on, id`,
  ).all(unitId)

/** Returns a unit and everybody entered to sign its papers, the earliest first. */
export function listSigners(actor: Actor, unitId: number) {
  const { id, name, headTitle, above } = findUnitToEdit(actor, unitId, campaignToday())
  return { unit: { id, name, headTitle, above }, signers: signersOf(id) }
}

/** Enters who signs papers of a unit from a day on; returns the entry's id. */
export function addSigner(actor: Actor, unitId: number, input: SignerInput): number {
  return transact(tx => {
    const unit = findUnitToEdit(actor, unitId, campaignToday())
    const { id } = tx
      .insert(signer)
      .values({
        ...input,
        unitId: unit.id,
        createdAt: campaignNow(),
        createdBy: actor.kind === 'person' ? actor.accountId : null,
      })
      .returning({ id: signer.id })
      .get()
    const { capacity, fromOn, toOn } = input
    logEvent(tx, actor, { verb: 'add', subject: 'signer', subjectId: id, data: { unitId, capacity, fromOn, toOn } })
    return id
  })
}

/** Ends an entry on its last day; refused where it has one, or began later. Throws 404 if the unit has no such entry. */
export function endSigner(
  actor: Actor,
  unitId: number,
  { signerId, toOn }: { signerId: number; toOn: Day },
): Result<object, InputProblem> {
  return transact(tx => {
    findUnitToEdit(actor, unitId, campaignToday())
    const row = found(signersOf(unitId).find(({ id }) => id === signerId))
    if (row.toOn !== null) return { ok: false, problem: 'signer_ended_already' }
    if (toOn < row.fromOn) return { ok: false, problem: 'ends_before_start' }
    prepared('update signer set to_on = ? where id = ?').run(toOn, signerId)
    logEvent(tx, actor, { verb: 'end', subject: 'signer', subjectId: signerId, data: { unitId, toOn } })
    return { ok: true }
  })
}
