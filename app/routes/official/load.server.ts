import { type Actor, can } from '#app/access/policy.ts'
import { daysLeft } from '#app/domain/pace.ts'
import { listAlike } from '#app/queries/alike.server.ts'
import { findStanding } from '#app/queries/board.server.ts'
import { correctionsOf } from '#app/queries/correction-list.server.ts'
import { listExemptions } from '#app/queries/exemption.server.ts'
import { listGates } from '#app/queries/gate.server.ts'
import { listHelp } from '#app/queries/help-list.server.ts'
import { nudgeFor } from '#app/queries/nudge.server.ts'
import { findObligations } from '#app/queries/obligation.server.ts'
import { findOfficial } from '#app/queries/official.server.ts'
import { ownSums } from '#app/queries/own-waiting.server.ts'
import { findPlan } from '#app/queries/plan.server.ts'
import { findPledges } from '#app/queries/pledge.server.ts'
import { findReviewOf } from '#app/queries/review.server.ts'
import { findOfficialSignals } from '#app/queries/signal.server.ts'
import { listTargetDecisions } from '#app/queries/target.server.ts'
import { waitingTransfer } from '#app/queries/transfer-list.server.ts'
import { previewNote, quotaReadings } from '#app/text/assessment.ts'
import { ownSentence } from '#app/text/home.ts'
import { personMessage } from '#app/text/nudge.ts'
import { explainCauses } from '#app/text/official-cause.ts'
import { citeAll } from '#app/text/plan.ts'
import { quickestText } from '#app/text/proof-way.ts'
import { explainCase } from '#app/text/review.ts'
import { found, type Visit } from '../_web/visit.server.ts'
import { noteShown } from '../admin/access.server.ts'

const SHOWN = 10

/** Gathers what the page of one official shows, as far as the reader may see it; 404 for what they may not. */
export async function loadOfficial(visit: Visit, officialId: number, address: string) {
  const { actor, campaign, regulation, terms, today } = visit
  const { target, ...official } = found(findOfficial(actor, officialId, regulation.endsOn))
  const { allowed } = official
  const current = official.postings.find(row => row.unitId === target.unitId)
  const plan = findPlan(campaign.id)
  const { assessment, ...standing } = findStanding(campaign.id, officialId)
  const records = allowed.viewRecords ? listHelp(actor, campaign.id, { officialId, limit: SHOWN }).rows : null
  if (officialId !== actor.officialId)
    await noteShown(actor, { what: 'official_records', subjectId: officialId, count: records?.length ?? 0 })
  return {
    official,
    unit: {
      id: target.unitId,
      name: current?.unitName ?? '',
      position: current?.position ?? '',
      /** its pages are open to the reader: to an official who looks at themself they are not */
      isSeen: can(actor, 'unit.view', target),
    },
    ...standing,
    /** the one sentence about an official's own work that their home page shows too */
    sentence: ownSentence(
      daysLeft(today, regulation),
      ownSums(campaign.id, officialId, { standing: standing.standing, regulation, today }).state,
    ),
    otherReading: quotaReadings(regulation, terms.names).other.label,
    assessment: allowed.viewAssessment
      ? { ...assessment, sources: citeAll(plan, assessment.articles), note: previewNote(campaign) }
      : null,
    obligations: findObligations(actor, campaign.id, officialId) ?? null,
    pledge: findPledges(actor, campaign.id, officialId)?.versions[0] ?? null,
    records,
    signals: findOfficialSignals(actor, campaign.id, officialId),
    review: reviewOf(actor, campaign.id, officialId, today),
    gates: can(actor, 'gate.view', target)
      ? listGates(actor, campaign.id, { officialId })
          .filter(gate => gate.withdrawnAt === null)
          .map(({ id, kind, documentNumber, fromOn, toOn, isInForce }) => ({
            id,
            kind,
            documentNumber,
            fromOn,
            toOn,
            isInForce,
          }))
      : [],
    mayGate: can(actor, 'gate.edit', target),
    exemptions: listExemptions(actor, campaign.id, { officialId }).rows,
    targets: listTargetDecisions(actor, campaign.id, { unitPath: target.unitPath, officialId, limit: 20 }),
    nudge: reminding(visit, officialId, address),
    transfer: waitingTransfer(actor, officialId) ?? null,
    corrections: correctionsOf(actor, officialId),
    endsOn: regulation.endsOn,
    alike: can(actor, 'roster.edit', target) ? (listAlike(actor, [officialId]).get(officialId) ?? []) : [],
  }
}

/** What the reader may remind this official of, with the text to paste; null: nothing. */
function reminding({ actor, campaign, regulation, terms, today }: Visit, officialId: number, address: string) {
  const found = nudgeFor(actor, campaign.id, officialId, today)
  if (!found) return null
  const lacking = explainCauses(found.lacking, terms.names)
  return {
    lacking,
    nudgedOn: found.nudgedOn,
    isActivated: !found.lacking.causes.includes('not_activated'),
    message: personMessage(lacking, {
      quickest: found.quickest ? quickestText(found.quickest, terms.names) : '',
      campaign: campaign.code,
      left: daysLeft(today, regulation),
      address,
    }),
  }
}

/** Returns the due process about this official, if there is a case and the reader may see it. */
function reviewOf(actor: Actor, campaignId: number, officialId: number, today: string) {
  const review = findReviewOf(actor, campaignId, { officialId })
  return review ? { id: review.id, standsAs: explainCase(review.state, false, today) } : null
}
