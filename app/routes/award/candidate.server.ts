import { can } from '#app/access/policy.ts'
import { listAwards } from '#app/queries/award.server.ts'
import {
  answersOfOfficial,
  barsOfCandidate,
  basesOfOfficial,
  findCandidate,
  frozenFiguresOf,
  inspectionsOfOfficial,
  stepsOf,
  subjectOf,
} from '#app/queries/candidate.server.ts'
import { changesIn } from '#app/queries/candidate-change.server.ts'
import { isStillWithUnit, mayStep } from '#app/queries/candidate-step.server.ts'
import { hasDistricts } from '#app/queries/locality.server.ts'
import { officialsLike } from '#app/queries/outsider.server.ts'
import { type ListedCandidate, listOf } from '#app/queries/round-list.server.ts'
import { findOfficialSignals } from '#app/queries/signal.server.ts'
import { placeLabel, whereabouts } from '#app/text/round.ts'
import type { ReadArgs, Visit } from '../_web/visit.server.ts'
import { found, idOf } from '../_web/visit.server.ts'

/** A candidate with figures, evidence, awards and steps, as far as the reader may see them. */
export function readCandidate(visit: Visit, { params }: ReadArgs) {
  const { actor, campaign, today } = visit
  const ids = { roundId: idOf(params.roundId), candidateId: idOf(params.candidateId) }
  const seen = found(findCandidate(actor, campaign.id, ids))
  const { round, target, ...row } = seen
  const subject = subjectOf(row)
  const officialId = row.kind === 'official' ? row.officialId : null
  const [listed] = listOf(round, [row])
  const frozen = frozenFiguresOf(actor, round, row)
  return {
    ...ids,
    round: {
      name: round.name,
      kind: round.kind,
      version: round.closingVersion,
      isProvisional: round.isProvisional,
    },
    changed: changesIn(round)(row),
    candidate: {
      name: row.name,
      kind: row.kind,
      officialId,
      unitId: row.unitId,
      unitName: row.unitName,
      where: whereabouts(row),
      form: row.form,
      achievement: row.achievement,
      certificateNumber: row.certificateNumber,
      place: placeLabel(round.kind, row, hasDistricts(today)),
      stage: row.stage,
    },
    bars: row.ended === null ? barsOfCandidate(round, row) : [],
    figures: listed ? figuresOf(listed) : null,
    reasons: frozen?.frozen.reasons ?? [],
    bases: officialId === null ? null : basesOfOfficial(campaign.id, officialId),
    answers: officialId === null ? null : answersOfOfficial(campaign.id, officialId),
    inspections: officialId === null ? [] : inspectionsOfOfficial(campaign.id, officialId),
    signals: officialId === null ? [] : findOfficialSignals(actor, campaign.id, officialId),
    awards: subject === null ? [] : listAwards(actor, subject),
    toldAwards: row.outside?.awards ?? null,
    alike: actor.grants.length > 0 ? officialsLike(actor, campaign.id, row) : [],
    steps: stepsOf(row.id),
    disclosure:
      row.isArmed && actor.officialId !== null && row.officialId === actor.officialId && !round.isFrozen
        ? { isAgreed: row.disclosedAt !== null }
        : null,
    exceptionReason: row.exceptionReason,
    allowed: {
      ...allowedTo(visit, seen),
      award: subject !== null && can(actor, 'award.record', target),
      figures: officialId === null || can(actor, 'official.view', target),
    },
  }
}

/** The frozen figures of a listed candidate, of a person or of a collective's people. */
function figuresOf({ standing, sums, reported, completedOn }: ListedCandidate) {
  return {
    target: standing ? standing.target : (sums?.target ?? null),
    reported,
    counted: standing?.counts.counted ?? sums?.counted ?? null,
    verified: standing?.counts.verified ?? sums?.verified ?? null,
    parts: standing?.parts ?? null,
    sums: sums && { met: sums.met, bearers: sums.bearers, women: sums.women, officials: sums.officials },
    completedOn,
  }
}

/** What the reader may do with a candidate now, and which papers they get. */
function allowedTo({ actor }: Visit, row: NonNullable<ReturnType<typeof findCandidate>>) {
  const may = (action: 'drop' | 'propose' | 'revoke') => mayStep(actor, action, row)
  const drop = may('drop')
  const isOwn = isStillWithUnit(row) && can(actor, 'candidate.propose', row.target)
  return {
    propose: may('propose'),
    edit: isOwn && row.outside !== null,
    withdraw: isOwn && row.stage !== 'unit',
    drop,
    vote: row.stage === 'council' && drop,
    revoke: may('revoke'),
    report: row.round.kind === 'commendation' && actor.grants.length > 0,
  }
}
