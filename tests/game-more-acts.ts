import type { Action, Person } from '#app/access/policy.ts'
import type { Role } from '#app/domain/vocabulary.ts'
import { disableAccount } from '#app/queries/account.server.ts'
import { correctCitizen } from '#app/queries/citizen-correction.server.ts'
import { askByCode, handleCitizenRequest, liftRestriction } from '#app/queries/citizen-request.server.ts'
import { campaignToday } from '#app/queries/clock.server.ts'
import { answerCorrection } from '#app/queries/correction.server.ts'
import { addExemptionScan, decideExemption } from '#app/queries/exemption.server.ts'
import { endGrant } from '#app/queries/grant.server.ts'
import { recordHelp } from '#app/queries/help.server.ts'
import { declareObligation, returnObligations } from '#app/queries/obligation.server.ts'
import { withdrawTransfer } from '#app/queries/transfer.server.ts'
import { addUnit, reopenUnit } from '#app/queries/unit.server.ts'
import { prepared } from '#db/client.server.ts'
import {
  type Chance,
  codeFor,
  formOf,
  type Game,
  idsFrom,
  newest,
  pickOf,
  recordOf,
  unitOf,
  whomOf,
} from './game-state.ts'
import { CAMPAIGN, checkNow } from './make.ts'

/**
 * Further ways to use a right in a game: what takes back, ends, bars and corrects, and what opens the way for somebody
 * else to act. Tried after the ways of `game-acts.ts`, whose numbers known games name.
 */
type Way = (game: Game, actor: Person, chance: Chance) => unknown

/** Roles that an administrator gives in a game. */
export const GRANTED: readonly Role[] = [
  'inspector',
  'campaign_office',
  'telecom_office',
  'home_affairs',
  'admin',
  'head',
  'coordinator',
]

/** Instants to which a game moves the clock of a demo. */
export const LATER = [
  '2024-06-13T09:00+07:00',
  '2024-06-17T09:00+07:00',
  '2024-06-28T09:00+07:00',
  '2024-07-05T09:00+07:00',
] as const

/** Ends a role of somebody an act can be about. */
const endRole: Way = (game, actor, chance) => {
  const { accountId } = whomOf(game, chance)
  const held = idsFrom('select id from role_grant where account_id = ? order by id desc', accountId)
  return endGrant(actor, pickOf(held, chance.nth) ?? 0)
}

/** Asks, by the code of a record's citizen, for a right that an office then carries out. */
const askAsCitizen =
  (kind: 'correct' | 'restrict' | 'lift'): Way =>
  (game, actor, chance) => {
    const code = codeFor(actor, recordOf(game, chance))
    return code !== null && askByCode(code, { kind, message: 'Sinh ngày khác' })
  }

const request = () => newest('citizen_request')

export const MORE_WAYS: Partial<Record<Action, readonly Way[]>> = {
  'official.transfer': [(_, actor) => withdrawTransfer(actor, newest('transfer'))],
  'official.correct': [
    (_, actor) => answerCorrection(actor, { correctionId: newest('official_correction'), answer: 'withdrawn' }),
  ],
  'obligation.declare': [
    (_, actor) =>
      declareObligation(actor, CAMPAIGN, {
        officialId: actor.officialId ?? 0,
        declaration: { part: 'portal_national', firstLoginOn: '2024-05-01' },
        evidence: null,
      }),
  ],
  'obligation.confirm': [
    (_, actor) => {
      const obligationIds = idsFrom("select id from obligation where state in ('declared', 'confirmed') limit 5")
      return returnObligations(actor, CAMPAIGN, { obligationIds, reason: 'Xem lại' })
    },
  ],
  'help.record': [
    // after the last day of entry, by a document of one's own
    (_, actor, chance) =>
      recordHelp(actor, CAMPAIGN, {
        officialId: actor.officialId ?? 0,
        input: formOf(chance),
        lateDocument: { number: '9/CV', on: campaignToday() },
      }),
  ],
  'help.edit': [askAsCitizen('correct'), askAsCitizen('restrict'), askAsCitizen('lift')],
  'exemption.ask': [
    (_, actor) =>
      addExemptionScan(actor, CAMPAIGN, newest('exemption'), {
        mediaType: 'application/pdf',
        content: Buffer.from('scan'),
      }),
  ],
  'exemption.decide': [
    (_, actor) =>
      decideExemption(actor, CAMPAIGN, {
        exemptionId: newest('exemption'),
        decision: 'rejected',
        decisionReason: 'Xem lại',
      }),
  ],
  'inspection.check': [
    // says that nobody was reached, so that others are drawn in their place
    (game, actor, chance) => {
      const inspectionId = newest('inspection')
      const picks = idsFrom('select help_id from inspection_pick where inspection_id = ? order by place', inspectionId)
      const helpId = pickOf(picks, chance.nth) ?? recordOf(game, chance)
      return checkNow(actor, { inspectionId, helpId, result: chance.isYes ? 'not_reached' : 'untrue' })
    },
  ],
  'unit.edit': [
    (game, actor, chance) =>
      addUnit(actor, {
        parentId: unitOf(game, chance),
        kind: 'department',
        block: 'state',
        name: `Phòng ${chance.nth}`,
        headTitle: 'Trưởng phòng',
        localityCode: null,
      }),
    (game, actor, chance) => reopenUnit(actor, unitOf(game, chance)),
  ],
  'coordinator.appoint': [endRole],
  'account.manage': [
    endRole,
    (game, actor, chance) => {
      disableAccount(actor, whomOf(game, chance).accountId)
      return true
    },
  ],
  'citizen_request.handle': [
    (_, actor, { isYes }) => {
      handleCitizenRequest(actor, CAMPAIGN, { requestId: request(), answer: 'Đã xem', isMet: isYes })
      return true
    },
    (_, actor) => {
      liftRestriction(actor, CAMPAIGN, { requestId: request(), reachedBy: 'met', answer: 'Đã gặp' })
      return true
    },
    (_, actor, { on }) => {
      const helpId = prepared<number>('select help_id from citizen_request where id = ?').pluck().get(request())
      const year = prepared<number>('select citizen_birth_year from help where id = ?')
        .pluck()
        .get(helpId ?? 0)
      const input = { name: 'Tên Đúng', phone: null, birthOn: `${year}${on.slice(4)}`, hamlet: null, answer: 'Đã gặp' }
      return correctCitizen(actor, CAMPAIGN, { requestId: request(), input })
    },
  ],
}
