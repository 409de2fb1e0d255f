import { type Action, canSomewhere, MATRIX, type Person } from '#app/access/policy.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { createOfficeAccount, issueActivation, issueActivations } from '#app/queries/account.server.ts'
import { addRegulation } from '#app/queries/campaign.server.ts'
import { answerByCode } from '#app/queries/citizen-answer.server.ts'
import { eraseCitizen } from '#app/queries/citizen-deletion.server.ts'
import { askByCode } from '#app/queries/citizen-request.server.ts'
import { campaignToday, moveClock } from '#app/queries/clock.server.ts'
import { answerCorrection, correctOfficial } from '#app/queries/correction.server.ts'
import { decideDispute, raiseDispute } from '#app/queries/dispute.server.ts'
import { askExemption, decideExemption } from '#app/queries/exemption.server.ts'
import { startUndoing } from '#app/queries/extract.server.ts'
import { walkExtract } from '#app/queries/extract-apply.server.ts'
import { appointCoordinator, grantRole } from '#app/queries/grant.server.ts'
import { decideGrantPlan, decideGrantRequest } from '#app/queries/grant-request.server.ts'
import { editHelp, recordHelp } from '#app/queries/help.server.ts'
import { findHelp } from '#app/queries/help-view.server.ts'
import { restoreHelp, withdrawHelp } from '#app/queries/help-withdrawal.server.ts'
import { signInspection } from '#app/queries/inspection-check.server.ts'
import { drawInspection } from '#app/queries/inspection-draw.server.ts'
import { decideAppeal, raiseAppeal } from '#app/queries/inspection-outcome.server.ts'
import { answerOffer } from '#app/queries/join-offer.server.ts'
import { rejudgeCampaign, rulesOf } from '#app/queries/judging/index.server.ts'
import { confirmDestruction, proposeDestruction } from '#app/queries/key-destruction.server.ts'
import { confirmObligations, declareObligation } from '#app/queries/obligation.server.ts'
import { askMerge } from '#app/queries/official-merge.server.ts'
import { vouchForReceipt } from '#app/queries/receipt.server.ts'
import {
  askReconsideration,
  decideReconsideration,
  findReconsiderationsOf,
} from '#app/queries/reconsideration.server.ts'
import { assignTargets, decideAreaTarget } from '#app/queries/target.server.ts'
import { answerTransfer, transferOfficial } from '#app/queries/transfer.server.ts'
import { closeUnit, moveUnit } from '#app/queries/unit.server.ts'
import { prepared } from '#db/client.server.ts'
import { GRANTED, LATER, MORE_WAYS } from './game-more-acts.ts'
import {
  applying,
  type Chance,
  codeFor,
  formOf,
  type Game,
  idsFrom,
  lotOf,
  newest,
  open,
  pickOf,
  recordOf,
  unitOf,
  whomOf,
} from './game-state.ts'
import { actorOf, CITIZENS, citizenAt, citizenLot } from './game-world.ts'
import { CAMPAIGN, checkNow, citizenNumber, confirmNow, returnNow, system } from './make.ts'
import { importRoster } from './roster.ts'

/**
 * What one person may try in a game, by the right of the access matrix that it takes. Each act calls the writer of the
 * page, which checks the right; what is refused changes nothing.
 */

type Way = (game: Game, actor: Person, chance: Chance) => unknown
type Play = { ways: readonly Way[] }
/** Why a right can change no figure of the game. */
type Idle = { idle: string }

/** What a row of a roster plans in a game. */
const PLANNED = [undefined, 'Người đứng đầu', 'Đầu mối'] as const

const reads = { idle: 'reads only' } as const

/** Every right of the matrix: how it is played, or why it cannot change a figure. */
const ACTS: Record<Action, Play | Idle> = {
  'unit.view': reads,
  'locality.view': reads,
  'figure.record': {
    idle: 'figures of the annex are entered as they are; no record of help and no result of an official',
  },
  'figure.record_telecom': { idle: 'as figure.record' },
  'layout.save': { idle: 'how a table is laid out' },
  'target.hand_down': { idle: 'shares of the annex’s totals; no target of an official' },
  'official.view': reads,
  'roster.edit': {
    ways: [
      (game, actor, chance) => {
        const { officialId } = whomOf(game, chance)
        const row = prepared<{ staffCode: string; name: string }>(
          'select staff_code as staffCode, name from official where id = ?',
        ).get(officialId)
        const role = pickOf(PLANNED, chance.lot)
        const person = { staffCode: row?.staffCode ?? '', name: row?.name ?? '', birthYear: 1980, number: null, role }
        return importRoster(actor, unitOf(game, chance), [person], campaignToday())
      },
    ],
  },
  'official.transfer': {
    ways: [
      (game, actor, chance) =>
        transferOfficial(actor, {
          officialId: whomOf(game, chance).officialId,
          unitId: unitOf(game, chance),
          position: 'Chuyên viên',
          category: 'civil_servant',
          isLeader: false,
          fromOn: chance.on,
        }),
    ],
  },
  'transfer.answer': {
    ways: [(_, actor) => answerTransfer(actor, { transferId: newest('transfer'), answer: 'accepted', reason: null })],
  },
  'official.correct': {
    ways: [
      (game, actor, chance) => {
        const { officialId } = whomOf(game, chance)
        const name = prepared<string>('select name from official where id = ?').pluck().get(officialId) ?? ''
        const input = {
          name,
          birthOn: null,
          birthYear: 1990,
          sex: null,
          number: citizenNumber(citizenAt(chance.lot)),
          phone: null,
          reason: 'x',
        }
        return correctOfficial(actor, { officialId, input })
      },
      (game, actor, chance) => {
        const { officialId } = whomOf(game, chance)
        const staffCode = prepared<string>('select staff_code from official where id > ? limit 1')
          .pluck()
          .get(officialId)
        const input = { staffCode: staffCode ?? '', account: 'this', reason: 'x' } as const
        return askMerge(actor, { officialId, input })
      },
    ],
  },
  'correction.answer': {
    ways: [(_, actor) => answerCorrection(actor, { correctionId: newest('official_correction'), answer: 'accepted' })],
  },
  'join_offer.answer': {
    ways: [(_, actor) => answerOffer(actor, CAMPAIGN, { offerId: newest('join_offer'), isAccepted: true })],
  },
  'activation.issue': {
    ways: [
      async (game, actor, chance) => {
        const seat = whomOf(game, chance)
        const [issued] = issueActivations(actor, [seat.officialId])
        return issued !== undefined && (await open(game, seat, issued.code))
      },
      // says that people received the accounts themselves that the player opened for them
      ({ accounts }, actor) => vouchForReceipt(actor, accounts),
    ],
  },
  'pledge.sign': { idle: 'a pledge enters no count' },
  'pledge.upload_list': { idle: 'as pledge.sign' },
  'obligation.declare': {
    ways: [
      (_, actor) =>
        declareObligation(actor, CAMPAIGN, {
          officialId: actor.officialId ?? 0,
          declaration: { part: 'phone_4g', maker: 'Samsung', model: 'A15', has4g: true },
          evidence: null,
        }),
    ],
  },
  'obligation.confirm': {
    ways: [
      (_, actor) => confirmObligations(actor, CAMPAIGN, idsFrom("select id from obligation where state = 'declared'")),
    ],
  },
  'evidence.open': reads,
  'help.record': {
    ways: [
      (_, actor, chance) => recordHelp(actor, CAMPAIGN, { officialId: actor.officialId ?? 0, input: formOf(chance) }),
    ],
  },
  'help.record_for': {
    ways: [
      (game, actor, chance) =>
        recordHelp(actor, CAMPAIGN, { officialId: whomOf(game, chance).officialId, input: formOf(chance) }),
    ],
  },
  'help.edit': {
    ways: [
      (game, actor, chance) => {
        const helpId = recordOf(game, chance)
        const row = findHelp(actor, CAMPAIGN, helpId)
        return row && editHelp(actor, CAMPAIGN, { helpId, revision: row.revision, input: formOf(chance) })
      },
      (game, actor, chance) => {
        // the same citizen, elsewhere or on another day
        const helpId = recordOf(game, chance)
        const row = findHelp(actor, CAMPAIGN, helpId)
        const lot = lotOf(helpId)
        return row && editHelp(actor, CAMPAIGN, { helpId, revision: row.revision, input: formOf({ ...chance, lot }) })
      },
      (game, actor, chance) => withdrawHelp(actor, CAMPAIGN, recordOf(game, chance)),
      (game, actor, chance) => restoreHelp(actor, CAMPAIGN, recordOf(game, chance)),
      (game, actor, chance) => {
        // the official's own yes, from a browser in which nobody is signed in
        const helpId = recordOf(game, chance)
        const code = codeFor(actor, helpId)
        const device = { outcomes: [], consentVersion: '1', deviceHash: `phone ${chance.unit}` }
        return code !== null && answerByCode(code, { answer: 'yes', ...device })
      },
      (game, actor, chance) => {
        const code = codeFor(actor, recordOf(game, chance))
        return code !== null && askByCode(code, { kind: 'delete', message: '' })
      },
      (game, actor, chance) => {
        const helpId = recordOf(game, chance)
        const [kind] = findReconsiderationsOf(actor, CAMPAIGN, helpId).mayAsk
        const proposedOn = kind === 'day' ? chance.on : null
        return kind && askReconsideration(actor, CAMPAIGN, { helpId, kind, proposedOn, reason: 'Xem lại' })
      },
    ],
  },
  'help.view': reads,
  'help.confirm': {
    ways: [
      (_, actor) => confirmNow(actor, CAMPAIGN, idsFrom("select id from help where verdict_kind = 'pending'")),
      (game, actor, chance) => confirmNow(actor, CAMPAIGN, [recordOf(game, chance)]),
      (game, actor, chance) => returnNow(actor, CAMPAIGN, { helpIds: [recordOf(game, chance)], reason: 'Xem lại' }),
    ],
  },
  'signal.view': reads,
  'dispute.raise': {
    ways: [(game, actor, chance) => raiseDispute(actor, CAMPAIGN, { helpId: recordOf(game, chance), reason: 'Xem' })],
  },
  'dispute.decide': {
    ways: [
      (_, actor, { isYes }) =>
        decideDispute(actor, CAMPAIGN, {
          disputeId: newest('dispute'),
          decision: isYes ? 'upheld' : 'dismissed',
          decisionReason: 'Đã xem',
        }),
    ],
  },
  'target.assign': {
    ways: [
      (game, actor, chance) =>
        assignTargets(actor, CAMPAIGN, {
          officialIds: [whomOf(game, chance).officialId],
          input: { target: 1, documentNumber: '2/QĐ', reason: null },
        }),
    ],
  },
  'target.decide_area': {
    ways: [
      async (game, actor, chance) => {
        const input = { target: 1, documentNumber: '2/QĐ', reason: null }
        const decided = decideAreaTarget(actor, CAMPAIGN, { unitId: unitOf(game, chance), input })
        if (decided.ok) await rejudgeCampaign(system, CAMPAIGN, () => undefined)
        return decided
      },
    ],
  },
  'exemption.ask': {
    ways: [
      (game, actor, chance) =>
        askExemption(actor, CAMPAIGN, {
          officialId: whomOf(game, chance).officialId,
          input: {
            parts: ['quota'],
            reason: 'maternity',
            reasonText: null,
            documentNumber: '1',
            fromOn: '2024-05-01',
            toOn: '2024-12-31',
          },
        }),
    ],
  },
  'exemption.decide': {
    ways: [
      (_, actor) =>
        decideExemption(actor, CAMPAIGN, {
          exemptionId: newest('exemption'),
          decision: 'approved',
          decisionReason: null,
        }),
    ],
  },
  'dispute.decide_last': { idle: 'asked by dispute.decide, which is played as every account' },
  'exemption.decide_last': { idle: 'asked by exemption.decide, which is played as every account' },
  'assessment.view': reads,
  'assessment.view_units': reads,
  'inspection.form': {
    ways: [
      ({ world, accounts, made }, actor) =>
        drawInspection(actor, CAMPAIGN, {
          unitId: world.units.own,
          input: {
            certainty: 0.99,
            untrueShare: 0.01,
            riskPicks: 0,
            memberIds: accounts.filter(id => made.accounts.some(({ accountId }) => accountId === id)).slice(-2),
          },
        }),
    ],
  },
  'inspection.view': reads,
  'inspection.check': {
    ways: [
      (_, actor) => {
        const inspectionId = newest('inspection')
        for (const helpId of idsFrom('select help_id from inspection_pick where inspection_id = ?', inspectionId))
          checkNow(actor, { inspectionId, helpId, result: 'true' })
        return true
      },
      (_, actor) => signInspection(actor, CAMPAIGN, newest('inspection')),
    ],
  },
  'inspection.answer': { idle: 'the unit’s answer in words' },
  'inspection.appeal': {
    ways: [
      (game, actor, chance) =>
        raiseAppeal(actor, CAMPAIGN, { inspectionId: 1, helpId: recordOf(game, chance), reason: 'Xem lại' }),
    ],
  },
  'inspection.decide': {
    ways: [
      (_, actor) => {
        const appeal = prepared<{ inspectionId: number; helpId: number }>(
          'select inspection_id as inspectionId, help_id as helpId from inspection_appeal order by id desc',
        ).get()
        return appeal && decideAppeal(actor, CAMPAIGN, { ...appeal, decision: 'upheld', reason: 'Đã xem' })
      },
      (_, actor) =>
        decideReconsideration(actor, CAMPAIGN, { id: newest('reconsideration'), decision: 'upheld', reason: 'Đã xem' }),
    ],
  },
  'campaign.edit': {
    ways: [
      async (_, actor) => {
        const { version, regulation } = rulesOf(CAMPAIGN)
        const added = addRegulation(actor, CAMPAIGN, {
          parameters: { ...regulation, quota: 1 },
          basedOn: version,
          documentNumber: '1',
          decidedOn: '2024-06-01',
          note: '',
        })
        if (added.ok) await rejudgeCampaign(system, CAMPAIGN, () => undefined)
        return added
      },
    ],
  },
  'province.found': { idle: 'only while the tree holds its root alone: nobody works there yet' },
  'unit.edit': {
    ways: [
      (game, actor, chance) => closeUnit(actor, { unitId: unitOf(game, chance), on: chance.on }),
      ({ world }, actor, chance) =>
        moveUnit(actor, { unitId: world.units.own, parentId: unitOf({ world } as Game, chance) } as never),
    ],
  },
  'coordinator.appoint': {
    ways: [
      (game, actor, chance) =>
        appointCoordinator(actor, { officialId: whomOf(game, chance).officialId, unitId: unitOf(game, chance) }),
    ],
  },
  'account.view': reads,
  'account.manage': {
    ways: [
      async (game, actor) => {
        const login = `vp${game.made.accounts.length}`
        const created = createOfficeAccount(actor, { login, displayName: login })
        if (!created.ok) return false
        const seat = { officialId: 0, accountId: created.accountId }
        game.made.accounts.push(seat)
        return await open(game, seat, created.issued.code)
      },
      async (game, actor, chance) => {
        const seat = whomOf(game, chance)
        return await open(game, seat, issueActivation(actor, seat.accountId).code)
      },
      (game, actor, chance) =>
        grantRole(actor, {
          accountId: (pickOf(game.made.accounts.toReversed(), chance.whom) ?? whomOf(game, chance)).accountId,
          role: pickOf(GRANTED, chance.lot) ?? 'auditor',
          unitId: unitOf(game, chance),
          fromOn: campaignToday(),
          toOn: null,
        }),
      (_, actor) => decideGrantRequest(actor, { requestId: newest('grant_request'), gives: true }),
      (_, actor) => decideGrantPlan(actor, { batchId: newest('import_batch'), gives: true }),
      ({ accounts }, actor) => vouchForReceipt(actor, accounts),
    ],
  },
  'citizen_request.handle': {
    ways: [(_, actor) => eraseCitizen(actor, CAMPAIGN, { requestId: newest('citizen_request'), reachedBy: 'met' })],
  },
  'event.view': reads,
  'access_log.view': reads,
  'retention.apply': { idle: 'the system’s alone' },
  'system.operate': { idle: 'the operator’s list of what is done' },
  'round.view': reads,
  'round.manage': { idle: 'rounds read results that are frozen' },
  'candidate.view': reads,
  'candidate.propose': { idle: 'as round.manage' },
  'candidate.review': { idle: 'as round.manage' },
  'candidate.decide': { idle: 'as round.manage' },
  'award.record': { idle: 'as round.manage' },
  'legal_basis.edit': { idle: 'texts that documents cite' },
  'trusted_root.edit': {
    idle: 'what signed files are checked against, by two people; a list of withdrawn certificates is its issuer’s',
  },
  'portal_issuer.edit': { idle: 'which issuers prove a part; two administrators, and a sign-in is the person’s own' },
  'extract.view': reads,
  'extract.manage_police': {
    ways: [
      (_, actor) => applying(actor),
      async (_, actor) => {
        const [extractId = 0] = idsFrom("select id from extract where state = 'applied' order by id")
        if (startUndoing(actor, CAMPAIGN, extractId) === undefined) return false
        await walkExtract(extractId, () => undefined)
        return true
      },
    ],
  },
  'extract.manage_telecom': { idle: 'played as extract.manage_police; the must-achieve outcome is the police’s' },
  'extract.upload_police': {
    idle: 'a file handed in waits for extract.manage_police, which is played with its content',
  },
  'extract.upload_telecom': { idle: 'as extract.upload_police' },
  'token.manage': { idle: 'tokens read, or hand in what a person applies' },
  'public.view': reads,
  'public.publish': { idle: 'the system’s alone' },
  'report.view': reads,
  'report.draft': { idle: 'words; the figures are computed' },
  'report.remind': { idle: 'a line in lists of tasks; no verdict reads it' },
  'report.sign': { idle: 'freezes computed figures of a period; no verdict reads it' },
  'outreach.log': { idle: 'work beside help records' },
  'collection.keep': { idle: 'as outreach.log' },
  'offer.edit': { idle: 'as outreach.log' },
  'offer.ask': { idle: 'as outreach.log' },
  'offer.hand_over': { idle: 'as outreach.log' },
  'difficulty.raise': { idle: 'a question in words' },
  'difficulty.view': reads,
  'difficulty.answer_campaign': { idle: 'an answer in words' },
  'difficulty.answer_telecom': { idle: 'an answer in words' },
  'closing.view': reads,
  'closing.compute': { idle: 'freezes what the live figures are; those are compared' },
  'closing.confirm': { idle: 'the second word to what closing.compute proposes' },
  'scenario.compute': { idle: 'computes beside the figures' },
  'gate.view': reads,
  'goal.except': { idle: 'people left out of a locality’s goal; no record of help and no result of an official' },
  'gate.edit': { idle: 'bars a proposal; no result rises by it' },
  'review.view': reads,
  'review.notify': { idle: 'steps after a shortfall; none makes it smaller' },
  'review.answer': { idle: 'as review.notify' },
  'review.answer_unit': { idle: 'as review.notify' },
  'review.decide': { idle: 'as review.notify' },
  'review.decide_appeal': { idle: 'as review.notify' },
  'worklist.import': { idle: 'whom to help; records are made by help.record' },
  'worklist.view': reads,
  'worklist.share': { idle: 'as worklist.import' },
  'assignment.contact': { idle: 'as worklist.import' },
  'worklist.purge': { idle: 'as worklist.import' },
  'keys.propose_destruction': { ways: [(_, actor) => proposeDestruction(actor, CAMPAIGN)] },
  'keys.confirm_destruction': { ways: [(_, actor) => confirmDestruction(actor, CAMPAIGN)] },
  'team.edit': { idle: 'companions and days out; no verdict reads them' },
  'clock.move': {
    ways: [(_, actor, { nth }) => moveClock(actor, Date.parse(pickOf(LATER, nth) ?? LATER[0]))],
  },
}

const isPlayed = (act: Play | Idle): act is Play => 'ways' in act
/** Rights that a game plays, and those of the matrix that the list lacks. */
export const PLAYED = (Object.keys(ACTS) as Action[]).filter(action => isPlayed(ACTS[action]))
export const UNLISTED = Object.keys(MATRIX).filter(action => !(action in ACTS))

/** Rights played that one of the player's accounts holds anywhere at this moment. */
const heldBy = (actor: Person): Action[] => PLAYED.filter(right => canSomewhere(actor, right))

/**
 * One act of a game: the right that it uses, and what chance decides about it. A number chooses among the rights that the
 * account holds.
 */
export type GameAct = { right: Action | number } & Partial<Chance>

const CHANCE: Chance = { by: 0, whom: 0, nth: 0, lot: 0, way: 0, on: '2024-04-04', isYes: true, unit: 0 }

/** Plays one act as the page would; what is refused changes nothing. Returns the right that was used; null: refused. */
export async function playAct(game: Game, { right: named, ...given }: GameAct): Promise<Action | null> {
  const chance = { ...CHANCE, ...given }
  // beyond the last citizen: one of the player's own
  if (chance.lot >= CITIZENS) chance.lot = citizenLot(game.world.members.indexOf(game.player), chance.lot - CITIZENS)
  const actor = actorOf(pickOf(game.accounts, chance.by) ?? 0)
  const right = actor && (typeof named === 'number' ? pickOf(heldBy(actor), named) : named)
  const act = right && ACTS[right]
  const way = right && act && isPlayed(act) ? pickOf([...act.ways, ...(MORE_WAYS[right] ?? [])], chance.way) : undefined
  if (!actor || !right || !way) return null
  try {
    const result = await way(game, actor, chance)
    const isDone =
      typeof result === 'object' && result !== null && 'ok' in result ? result.ok === true : Boolean(result)
    return isDone ? right : null
  } catch (thrown) {
    if (thrown instanceof Refusal) return null
    throw thrown
  }
}
