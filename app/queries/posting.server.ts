import { eq } from 'drizzle-orm'
import { type Action, type Actor, can, permitSomewhere } from '#app/access/policy.ts'
import { forbidden, found, notFound } from '#app/domain/refusal.ts'
import { db } from '#db/client.server.ts'
import { unit } from '#db/schema.ts'
import { campaignToday } from './clock.server.ts'
import { recordableIndicators } from './indicator-figure.server.ts'
import { findLocality } from './locality.server.ts'

/** Passes where the actor may do one of `actions` anywhere at all, or throws 403. */
export function permitAnywhere(actor: Actor, actions: readonly Action[]) {
  const [first, ...others] = actions
  if (first === undefined) return
  try {
    permitSomewhere(actor, first)
  } catch (refusal) {
    if (others.length === 0) throw refusal
    permitAnywhere(actor, others)
  }
}

/** Throws unless the actor may do one of `actions` at this unit: 403, or 404 if the unit is not visible. */
export function permitAtUnit(actor: Actor, unitId: number, actions: readonly Action[]) {
  const at = found(
    db.select({ unitPath: unit.path, guardPath: unit.guardPath }).from(unit).where(eq(unit.id, unitId)).get(),
  )
  if (actions.some(action => can(actor, action, at))) return
  throw can(actor, 'unit.view', at) ? forbidden() : notFound()
}

/** Passes where the actor may tell a figure of this locality, or throws 404. */
export function permitAtLocality(actor: Actor, campaignId: number, code: string) {
  const locality = findLocality(code, campaignToday())
  if (!locality || recordableIndicators(actor, campaignId, locality).length === 0) throw notFound()
}
