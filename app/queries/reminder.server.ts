import { canSomewhere, isRoot, type Person } from '#app/access/policy.ts'
import type { Day } from '#app/domain/calendar.ts'
import { TAKER_OF } from '#app/domain/due-process.ts'
import type { Regulation } from '#app/domain/regulation.ts'
import {
  auditReminders,
  homeAffairsReminders,
  inDueOrder,
  inspectorReminders,
  leaderReminders,
  officeReminders,
  operatingReminders,
  ownReminders,
  type Reminder,
  remindOf,
  stepReminders,
  telecomReminders,
  unitReminders,
} from '#app/domain/reminder.ts'
import type { Role } from '#app/domain/vocabulary.ts'
import { db } from '#db/client.server.ts'
import { listAccountNotices } from './account-notice.server.ts'
import { countChanged } from './candidate-change.server.ts'
import { countMoved } from './closing-moves.server.ts'
import { requestsDue } from './closing-request.server.ts'
import { countLeftToOffice } from './confirmer.server.ts'
import { correctionsToAnswer } from './correction-list.server.ts'
import { openDisputes } from './dispute.server.ts'
import { exemptionsDue } from './exemption.server.ts'
import { decidables, deciderAccounts } from './exemption-decider.server.ts'
import { openGoLiveItems } from './go-live.server.ts'
import { grantsDue } from './grant-request.server.ts'
import { secondsOf } from './independence.server.ts'
import { appealsDue, signaturesDue } from './inspection-waiting.server.ts'
import { offersToAnswer } from './join-offer.server.ts'
import { rulesOf } from './judging/index.server.ts'
import { ownNudge } from './nudge.server.ts'
import {
  auditSums,
  homeAffairsSums,
  leaderSums,
  officeSums,
  operatingSums,
  sheetSums,
  telecomSums,
} from './office-waiting.server.ts'
import { type OpenQueues, openQueues } from './open-queues.server.ts'
import { findOwn } from './own-waiting.server.ts'
import { asleepDue } from './receipt.server.ts'
import { openReconsiderations } from './reconsideration.server.ts'
import { silentBelow } from './report.server.ts'
import { waitingReviews } from './review.server.ts'
import { answererAccounts, transfersToAnswer, waitingTransfers } from './transfer-list.server.ts'
import { rootUnit } from './unit.server.ts'
import { unitSums, unitsAnsweredFor } from './unit-waiting.server.ts'

/** What every part of the list reads: who asks, in which campaign, on which day, and which queues hold anything. */
type Asked = Known & { actor: Person; campaignId: number; today: Day; regulation: Regulation }

/** What a page shows besides, so that it is read once. */
type Known = {
  /** the actor's own figures; undefined: not an official, or without a posting */
  own: ReturnType<typeof findOwn>
  nudge: ReturnType<typeof ownNudge>
  open: OpenQueues
  units: ReturnType<typeof unitsAnsweredFor>
}

/** Reads what the home page shows besides the list. */
export function readKnown(actor: Person, campaignId: number, today: Day): Known {
  const { regulation } = rulesOf(campaignId)
  const open = openQueues(actor, campaignId)
  return {
    open,
    own: findOwn(actor, campaignId, { regulation, today }),
    nudge: open.nudges ? ownNudge(actor, campaignId, today) : null,
    units: unitsAnsweredFor(actor, campaignId, { today, open }),
  }
}

/**
 * Lists what waits for this person on `today`, of all that they are, in the order in which it is due. The home page, the
 * list of tasks and the mail print these rows. `known`: what the caller has read already.
 */
export function listReminders(
  actor: Person,
  campaignId: number,
  today: Day,
  known = readKnown(actor, campaignId, today),
): Reminder[] {
  const { regulation } = rulesOf(campaignId)
  const { own, nudge } = known
  const asked = { ...known, actor, campaignId, today, regulation }
  return inDueOrder([
    ...ofAccount(asked),
    ...(nudge === null ? [] : [{ kind: 'nudge' as const, count: 1, dueOn: regulation.endsOn, unit: null }]),
    ...(own ? ownReminders(own.sums, { endsOn: regulation.endsOn, today }) : []),
    ...ofSteps(asked),
    ...ofUnits(asked),
    ...ofInspecting(asked),
    ...ROLES.flatMap(({ role, rows }) => (holds(actor, role) ? rows(asked) : [])),
    ...ofLast(asked),
    ...ofClosing(asked),
  ])
}

const holds = ({ grants }: Person, wanted: Role) =>
  grants.some(({ role, unitPath }) => role === wanted && isRoot(unitPath))

/** What an office or a body of the province does, by its role. */
const ROLES: readonly { role: Role; rows: (asked: Asked) => Reminder[] }[] = [
  {
    role: 'campaign_office',
    rows: ({ campaignId, regulation, today }) => {
      const silent = silentBelow(campaignId, rootUnit().id)
      return officeReminders(officeSums(campaignId, silent, { regulation, today }), { ...regulation, today })
    },
  },
  {
    role: 'telecom_office',
    rows: ({ campaignId, regulation, today }) =>
      telecomReminders(telecomSums(campaignId, today), { startsOn: regulation.startsOn, today }),
  },
  {
    role: 'home_affairs',
    rows: ({ campaignId, today, open }) => {
      const changed = open.rounds ? countChanged(campaignId) : { count: 0 }
      return homeAffairsReminders(homeAffairsSums(campaignId, changed, today))
    },
  },
  {
    role: 'province_leader',
    rows: ({ campaignId }) => leaderReminders(leaderSums(campaignId, silentBelow(campaignId, rootUnit().id, 2).count)),
  },
  {
    role: 'admin',
    rows: () => operatingReminders(operatingSums(openGoLiveItems(), db.$client.name, Date.now())),
  },
  { role: 'auditor', rows: ({ today }) => auditReminders(auditSums(db.$client.name), today) },
]

/** What happened to the actor's account or their person, and roles that wait for them as the second person. */
function ofAccount({ actor, campaignId, open }: Asked): Reminder[] {
  const notices = open.notices ? listAccountNotices(actor) : []
  const ofKind = (kind: 'own_reset' | 'root_head_reset' | 'keys_announced'): Reminder[] => {
    const rows = notices.filter(notice => notice.kind === kind)
    const [first] = rows
    const dueOn = first?.kind === 'keys_announced' ? first.fromOn : null
    return first ? [{ kind, count: rows.length, dueOn, unit: null }] : []
  }
  return [
    ...ofKind('own_reset'),
    ...ofKind('root_head_reset'),
    ...ofKind('keys_announced'),
    ...(open.grants ? remindOf('grant_requests', grantsDue(actor)) : []),
    ...(open.receipts && canSomewhere(actor, 'account.manage') ? remindOf('receipts', asleepDue(actor)) : []),
    ...(open.offers ? remindOf('join_offers', dueOf(offersToAnswer(actor, campaignId))) : []),
    ...(open.corrections ? remindOf('corrections', dueOf(correctionsToAnswer(actor))) : []),
  ]
}

const dueOf = (rows: readonly { dueOn: Day }[]) => rows.map(({ dueOn }) => dueOn)

/** Steps of due process that are this person's to take (plan V.4). */
function ofSteps({ actor, campaignId, open }: Asked): Reminder[] {
  if (!open.reviews) return []
  return stepReminders(
    waitingReviews(actor, campaignId).map(({ caseId, name, step }) => ({
      caseId,
      about: name,
      isOwn: TAKER_OF[step.kind] === 'concerned',
      dueOn: step.dueOn,
    })),
  )
}

function ofUnits({ actor, campaignId, regulation, open, units }: Asked): Reminder[] {
  return unitSums(actor, campaignId, { units, open }).flatMap(sums => unitReminders(sums, regulation.endsOn))
}

/** Sheets and signatures that a team owes, and what the inspecting body decides (domain 5, 6.4). */
function ofInspecting({ actor, campaignId, open }: Asked): Reminder[] {
  const decides = open.reconsiderations && canSomewhere(actor, 'inspection.decide')
  return [
    ...(canSomewhere(actor, 'inspection.check') ? inspectorReminders(sheetSums(actor, campaignId)) : []),
    ...(open.signatures ? remindOf('inspection_signatures', signaturesDue(actor, campaignId)) : []),
    ...(open.appeals ? remindOf('appeals', appealsDue(actor, campaignId)) : []),
    ...(decides ? remindOf('reconsiderations', dueOf(openReconsiderations(actor, campaignId))) : []),
  ]
}

/**
 * What comes to the campaign office because no head or coordinator is left who may act: records and declarations to
 * confirm, receipts, exemptions, transfers, disputes (domain 3, 5, 10).
 */
function ofLast({ actor, campaignId, regulation, open }: Asked): Reminder[] {
  const office = actor.grants.find(({ role }) => role === 'campaign_office')
  const isOfUnit = actor.grants.some(
    ({ role, unitId }) => unitId === office?.unitId && (role === 'head' || role === 'coordinator'),
  )
  if (!office || isOfUnit) return []
  const { id, name } = rootUnit()
  const at = { id, name }
  const { endsOn } = regulation
  const seconds = secondsOf()
  const moving = open.transfers ? waitingTransfers() : []
  const asked = open.exemptions ? decidables(campaignId, { askedBelow: rootUnit().path }) : []
  const also = [actor.accountId, ...answererAccounts(moving), ...deciderAccounts(asked)]
  const left = countLeftToOffice(actor, campaignId, { seconds, also })
  const confirming = [
    { kind: 'confirm_help' as const, count: left.help, dueOn: endsOn, unit: at },
    { kind: 'confirm_obligations' as const, count: left.obligations, dueOn: endsOn, unit: at },
  ]
  const disputes = open.disputes ? openDisputes(actor, campaignId).flatMap(({ due }) => due) : []
  return [
    ...confirming.filter(({ count }) => count > 0),
    // who keeps accounts besides has them above
    ...(open.receipts && !canSomewhere(actor, 'account.manage') ? remindOf('receipts', asleepDue(actor), at) : []),
    ...remindOf('disputes', disputes, at),
    ...remindOf('exemptions', exemptionsDue(actor, campaignId, { seconds, rows: asked }), at),
    ...remindOf('transfers', dueOf(transfersToAnswer(actor, { seconds, rows: moving })), at),
  ]
}

/** The close or the worklists' end that waits for this person as the second one, and a recount that is proposed. */
function ofClosing({ actor, campaignId, open }: Asked): Reminder[] {
  if (!open.closings) return []
  const moved = canSomewhere(actor, 'closing.compute') ? countMoved(campaignId) : 0
  return [
    ...remindOf('closing', requestsDue(actor, campaignId)),
    ...(moved === 0 ? [] : [{ kind: 'recount' as const, count: moved, dueOn: null, unit: null }]),
  ]
}
