import { and, desc, eq, isNull } from 'drizzle-orm'
import { type Actor, accountOf, can, permit, type Target } from '#app/access/policy.ts'
import { within } from '#app/access/scope.server.ts'
import type { GateInput } from '#app/domain/gate-input.ts'
import { found } from '#app/domain/refusal.ts'
import { db, transact } from '#db/client.server.ts'
import { account, gate, official, unit } from '#db/schema.ts'
import { campaignNow, campaignToday } from './clock.server.ts'
import { logEvent } from './event.server.ts'
import { markStanding, type Subject } from './judging/index.server.ts'
import { targetOf } from './official.server.ts'
import { unitIdOn } from './official-posting.server.ts'
import { unitTitles } from './unit-title.server.ts'

/** Returns the target of a permission check about a subject; throws 404 if there is none. */
export function subjectTarget(subject: Subject): Target & { unitId: number } {
  if ('officialId' in subject) return targetOf(subject.officialId, campaignToday())
  const row = found(
    db
      .select({ unitId: unit.id, unitPath: unit.path, guardPath: unit.guardPath })
      .from(unit)
      .where(eq(unit.id, subject.unitId))
      .get(),
  )
  return row
}

/** Enters a gate (by home affairs, dated, with its document) and returns its id. Plan V.4. */
export function addGate(
  actor: Actor,
  campaignId: number,
  { subject, input }: { subject: Subject; input: GateInput },
): number {
  const target = subjectTarget(subject)
  permit(actor, 'gate.edit', target)
  return transact(tx => {
    const row = tx
      .insert(gate)
      .values({
        campaignId,
        ...subject,
        ...input,
        createdAt: campaignNow(),
        createdBy: accountOf(actor),
      })
      .returning({ id: gate.id })
      .get()
    if ('officialId' in subject) markStanding(tx, campaignId, subject.officialId)
    logEvent(tx, actor, {
      verb: 'add',
      subject: 'gate',
      subjectId: row.id,
      campaignId,
      data: { ...subject, kind: input.kind, documentNumber: input.documentNumber },
    })
    return row.id
  })
}

/** Withdraws a gate, which stays on record. Throws 404 if there is none in force. */
export function withdrawGate(actor: Actor, campaignId: number, gateId: number): Subject {
  const row = found(
    db
      .select()
      .from(gate)
      .where(and(eq(gate.id, gateId), eq(gate.campaignId, campaignId), isNull(gate.withdrawnAt)))
      .get(),
  )
  const subject: Subject = row.officialId === null ? { unitId: row.unitId ?? 0 } : { officialId: row.officialId }
  permit(actor, 'gate.edit', subjectTarget(subject))
  transact(tx => {
    tx.update(gate).set({ withdrawnAt: campaignNow() }).where(eq(gate.id, gateId)).run()
    if ('officialId' in subject) markStanding(tx, campaignId, subject.officialId)
    logEvent(tx, actor, { verb: 'withdraw', subject: 'gate', subjectId: gateId, campaignId, data: subject })
  })
  return subject
}

/** Gates that the actor may see, the newest first: all, or one subject's; those withdrawn too. */
export function listGates(actor: Actor, campaignId: number, subject?: Subject) {
  const of = {
    id: gate.id,
    kind: gate.kind,
    documentNumber: gate.documentNumber,
    documentOn: gate.documentOn,
    fromOn: gate.fromOn,
    toOn: gate.toOn,
    withdrawnAt: gate.withdrawnAt,
    createdAt: gate.createdAt,
    createdBy: account.displayName,
    unitId: unit.id,
  }
  const whose = subject
    ? 'officialId' in subject
      ? eq(gate.officialId, subject.officialId)
      : eq(gate.unitId, subject.unitId)
    : undefined
  const people = db
    .select({ ...of, officialId: official.id, name: official.name })
    .from(gate)
    .innerJoin(official, eq(official.id, gate.officialId))
    .innerJoin(unit, eq(unit.id, unitIdOn(gate.officialId, campaignToday())))
    .innerJoin(account, eq(account.id, gate.createdBy))
    .where(
      and(
        eq(gate.campaignId, campaignId),
        within(actor, 'gate.view', { unitPath: unit.path, guardPath: unit.guardPath }),
        whose,
      ),
    )
    .orderBy(desc(gate.id))
    .limit(MOST)
    .all()
  const collectives = db
    .select(of)
    .from(gate)
    .innerJoin(unit, eq(unit.id, gate.unitId))
    .innerJoin(account, eq(account.id, gate.createdBy))
    .where(and(eq(gate.campaignId, campaignId), within(actor, 'gate.view', { unitPath: unit.path }), whose))
    .orderBy(desc(gate.id))
    .limit(MOST)
    .all()
  const today = campaignToday()
  const titleOf = unitTitles([...people, ...collectives].map(row => row.unitId))
  return [...people, ...collectives.map(row => ({ ...row, officialId: null, name: null }))]
    .sort((a, b) => b.id - a.id)
    .slice(0, MOST)
    .map(row => ({
      ...row,
      unitName: titleOf(row.unitId),
      isInForce: row.withdrawnAt === null && row.fromOn <= today && (row.toOn === null || row.toOn >= today),
      mayWithdraw:
        row.withdrawnAt === null &&
        can(
          actor,
          'gate.edit',
          subjectTarget(row.officialId === null ? { unitId: row.unitId } : { officialId: row.officialId }),
        ),
    }))
}

/** Maximum of gates on one page: a province has a handful. */
const MOST = 200
