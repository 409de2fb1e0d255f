import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Person } from '#app/access/policy.ts'
import type { ReminderKind } from '#app/domain/reminder.ts'
import { firstInTime, waitsUntil } from '#app/domain/waiting.ts'
import { activate, issueActivations } from '#app/queries/account.server.ts'
import { answerByCode } from '#app/queries/citizen-answer.server.ts'
import { findCitizenLink, issueCitizenLink } from '#app/queries/citizen-code.server.ts'
import { campaignToday, moveClock } from '#app/queries/clock.server.ts'
import { listHeldElsewhere } from '#app/queries/confirmer.server.ts'
import { correctOfficial } from '#app/queries/correction.server.ts'
import { correctionsAskedBy } from '#app/queries/correction-list.server.ts'
import { findDisputeOf, raiseDispute } from '#app/queries/dispute.server.ts'
import { askExemption, listExemptions } from '#app/queries/exemption.server.ts'
import { grantRole } from '#app/queries/grant.server.ts'
import { listGrantRequests } from '#app/queries/grant-request.server.ts'
import { recordHelp } from '#app/queries/help.server.ts'
import { findInspection } from '#app/queries/inspection.server.ts'
import { signInspection } from '#app/queries/inspection-check.server.ts'
import { drawInspection } from '#app/queries/inspection-draw.server.ts'
import { findAppeal, raiseAppeal } from '#app/queries/inspection-outcome.server.ts'
import { findDestruction, proposeDestruction } from '#app/queries/key-destruction.server.ts'
import { askMerge } from '#app/queries/official-merge.server.ts'
import { listReceipts } from '#app/queries/receipt.server.ts'
import { askReconsideration, findReconsiderationsOf } from '#app/queries/reconsideration.server.ts'
import { listReminders } from '#app/queries/reminder.server.ts'
import { findReview } from '#app/queries/review.server.ts'
import { giveNotice, takeStep } from '#app/queries/review-step.server.ts'
import { addMember, formTeam, listTeamOffers } from '#app/queries/team.server.ts'
import { transferOfficial } from '#app/queries/transfer.server.ts'
import { waitingTransfer } from '#app/queries/transfer-list.server.ts'
import { correctionWaits } from '#app/text/correction.ts'
import { explainDispute } from '#app/text/dispute.ts'
import { explainDecider } from '#app/text/exemption.ts'
import { explainCase } from '#app/text/review.ts'
import { explainWaiting } from '#app/text/transfer.ts'
import { destructionWaits, grantWaits, officeWaits, receiptWaits, signatureWaits } from '#app/text/waiting.ts'
import { prepared } from '#db/client.server.ts'
import { closeForGood } from '#tests/closing.ts'
import {
  CAMPAIGN,
  checkNow,
  confirmNow,
  done,
  dropProvince,
  grantTo,
  helpForm,
  makeOfficial,
  makeProvince,
  statusOf,
  unitNamed,
} from '#tests/make.ts'
import { importRoster } from '#tests/roster.ts'

/**
 * Everything that waits for another person's word: the page of who asked names for whom and until when, and the other is
 * reminded, who asked is not (domain 10).
 */

beforeEach(() => makeProvince())
afterEach(dropProvince)

/** Asked on Wednesday, 12/6/2024: five working days end on 19/6. */
const DUE = '2024-06-19'

/** What waits: what the page of who asked says, whom it names, and who is reminded by what. */
type Waiting = {
  said: string
  whom: string
  asker: Person
  other: Person
  kind: ReminderKind
  dueOn?: string
}

const COMMUNE = 'UBND phường Tân Phú'
const DISTRICT = 'Thành phố Đồng Xoài'
const ROOT = 'Tỉnh Bình Phước'

/** Somebody posted at a unit who has signed in before. */
function person(place: string, name?: string) {
  const made = makeOfficial(unitNamed(place).id, name === undefined ? {} : { name })
  prepared("update account set password_hash = 'set' where id = ?").run(made.accountId)
  return made
}
/** The same with a role over a unit. */
function holder(role: Parameters<typeof grantTo>[1], place: string, at = place, name?: string) {
  const made = person(place, name)
  return { ...made, actor: grantTo(made.actor, role, unitNamed(at).id) }
}
const office = (name = 'Người Thường Trực') => holder('campaign_office', 'Sở Nội vụ', ROOT, name).actor

/** A commune with its head and coordinator, and the head of the district above. */
function commune() {
  return {
    unit: unitNamed(COMMUNE),
    official: person(COMMUNE),
    head: holder('head', COMMUNE).actor,
    coordinator: holder('coordinator', COMMUNE).actor,
    above: holder('head', DISTRICT).actor,
  }
}

/** Opens an account by a code that somebody hands out. */
async function receive(issuer: Person, officialId: number) {
  const [issued] = issueActivations(issuer, [officialId])
  done(await activate({ kind: 'anonymous' }, issued?.code ?? '', 'mật khẩu đủ dài'))
}

const POSTING = { position: 'Công chức', category: 'civil_servant', isLeader: false } as const
const record = (who: ReturnType<typeof person>, n: number) =>
  done(recordHelp(who.actor, CAMPAIGN, { officialId: who.officialId, input: helpForm(n) })).helpId

function toldOfMove(actor: Person, officialId: number) {
  const waits = waitingTransfer(actor, officialId)
  if (!waits) throw new Error('no move waits')
  return explainWaiting(waits)
}

function askExempt({ official, coordinator }: ReturnType<typeof commune>) {
  const input = {
    parts: ['quota'],
    reason: 'maternity',
    reasonText: null,
    documentNumber: '1/QĐ',
    fromOn: '2024-05-01',
    toOn: '2024-12-31',
  } as const
  done(askExemption(coordinator, CAMPAIGN, { officialId: official.officialId, input: { ...input, parts: ['quota'] } }))
}

/** A commune's inspection by two inspectors of elsewhere: every record is checked, these are untrue. */
function inspected(untrue: (helpIds: readonly number[]) => readonly number[] = () => []) {
  const people = commune()
  const helpIds = [record(people.official, 1), record(people.official, 2)]
  confirmNow(people.head, CAMPAIGN, helpIds)
  const inspector = (name: string) => holder('inspector', 'Thanh tra tỉnh', ROOT, name).actor
  const team = { first: inspector('Thanh Tra Một'), second: inspector('Thanh Tra Hai') }
  const body = office()
  const memberIds = [team.first.accountId, team.second.accountId]
  const wanted = { certainty: 0.99, untrueShare: 0.01, riskPicks: 0, memberIds }
  const { inspectionId } = done(drawInspection(body, CAMPAIGN, { unitId: people.unit.id, input: wanted }))
  for (const { helpId } of findInspection(team.first, CAMPAIGN, inspectionId)?.picks ?? [])
    checkNow(team.first, { inspectionId, helpId, result: untrue(helpIds).includes(helpId) ? 'untrue' : 'true' })
  done(signInspection(team.first, CAMPAIGN, inspectionId))
  return { ...people, ...team, body, helpIds, inspectionId }
}

function signatureTold(actor: Person, inspectionId: number) {
  const waits = findInspection(actor, CAMPAIGN, inspectionId)?.secondSignature
  if (!waits) throw new Error('no signature waits')
  return signatureWaits(waits)
}

function merging() {
  const asker = holder('coordinator', ROOT).actor
  const other = holder('head', ROOT).actor
  const [kept, ending] = [makeOfficial(unitNamed('Sở Y tế').id), makeOfficial(unitNamed(COMMUNE).id)]
  const staffCode = prepared<string>('select staff_code from official where id = ?').pluck().one(ending.officialId)
  done(askMerge(asker, { officialId: kept.officialId, input: { staffCode, account: 'this', reason: 'Một người' } }))
  return { asker, other }
}

const correctionTold = (asker: Person) => correctionsAskedBy(asker).map(correctionWaits).join()

/** Every kind of waiting between people (domain 10). */
const KINDS: Record<string, () => Waiting | Promise<Waiting>> = {
  'a transfer': () => {
    const { official, coordinator } = commune()
    const other = holder('head', 'Sở Y tế').actor
    const asked = { officialId: official.officialId, unitId: unitNamed('Sở Y tế').id, ...POSTING, fromOn: '2024-06-12' }
    done(transferOfficial(coordinator, asked))
    const said = toldOfMove(coordinator, official.officialId)
    return { said, whom: 'Sở Y tế', asker: coordinator, other, kind: 'transfers' }
  },
  'a move by a list, and with it the code for who moves': async () => {
    const asker = holder('coordinator', ROOT).actor
    const other = holder('head', 'Sở Y tế').actor
    const moved = makeOfficial(unitNamed(COMMUNE).id, { category: 'member', name: 'Điểu Thị Ngễnh' })
    const row = prepared<{ staffCode: string }>('select staff_code as staffCode from official where id = ?').one(
      moved.officialId,
    )
    const listed = { ...row, name: moved.name, birthYear: 1980, number: null }
    expect(await importRoster(asker, unitNamed('Sở Y tế').id, [listed], campaignToday())).toBe(true)
    expect(statusOf(() => issueActivations(other, [moved.officialId]))).toBe(403)
    const said = toldOfMove(asker, moved.officialId)
    return { said, whom: 'Sở Y tế', asker, other, kind: 'transfers' }
  },
  'an exemption': () => {
    const people = commune()
    askExempt(people)
    const [row] = listExemptions(people.coordinator, CAMPAIGN, {}).rows
    const said = row ? explainDecider(row) : ''
    return { said, whom: COMMUNE, asker: people.coordinator, other: people.head, kind: 'exemptions' }
  },
  'confirming what people do whose codes one issued': async () => {
    const { unit, coordinator, head } = commune()
    const fresh = makeOfficial(unit.id)
    await receive(coordinator, fresh.officialId)
    record(fresh, 7)
    const [held] = listHeldElsewhere(coordinator, CAMPAIGN, unit.path).rows
    const name = prepared<string>('select display_name from account where id = ?').pluck().one(head.accountId)
    const said = `${held?.confirmers.map(row => row.name).join()} 03/7/2024`
    return { said, whom: name, asker: fresh.actor, other: head, kind: 'confirm_help', dueOn: '2024-07-03' }
  },
  'confirming where no head and no coordinator is left': () => {
    const only = holder('head', ROOT)
    const other = office()
    record(only, 7)
    const said = 'cơ quan thường trực 03/7/2024'
    return { said, whom: 'thường trực', asker: only.actor, other, kind: 'confirm_help', dueOn: '2024-07-03' }
  },
  'the second signature of an inspection': () => {
    const { first, second, inspectionId } = inspected()
    const said = signatureTold(first, inspectionId)
    return { said, whom: 'Thanh Tra Hai', asker: first, other: second, kind: 'inspection_signatures' }
  },
  'an appeal against an inspection': () => {
    const { official, second, body, helpIds, inspectionId } = inspected(ids => ids.slice(0, 1))
    done(signInspection(second, CAMPAIGN, inspectionId))
    const place = { inspectionId, helpId: helpIds[0] ?? 0 }
    done(raiseAppeal(official.actor, CAMPAIGN, { ...place, reason: 'Đã hỗ trợ' }))
    const appeal = findAppeal(official.actor, CAMPAIGN, place)?.appeal
    const said = appeal ? officeWaits(appeal) : ''
    return { said, whom: 'cơ quan thường trực', asker: official.actor, other: body, kind: 'appeals' }
  },
  'a request to look again': () => {
    const { official } = commune()
    const other = office()
    const helpId = record(official, 1)
    done(issueCitizenLink(official.actor, CAMPAIGN, helpId))
    const { code } = findCitizenLink(official.actor, CAMPAIGN, { id: helpId, officialId: official.officialId })
    const given = { answer: 'no', outcomes: [], consentVersion: '1', deviceHash: 'phone' } as const
    done(answerByCode(code ?? '', given))
    done(askReconsideration(official.actor, CAMPAIGN, { helpId, kind: 'bar', proposedOn: null, reason: 'Gõ nhầm' }))
    const [asked] = findReconsiderationsOf(official.actor, CAMPAIGN, helpId).asked
    const said = asked ? officeWaits(asked) : ''
    return { said, whom: 'cơ quan thường trực', asker: official.actor, other, kind: 'reconsiderations' }
  },
  'a dispute about a citizen': () => {
    const { official, head } = commune()
    const later = person(COMMUNE)
    const helpIds = [record(official, 1), record(later, 1)]
    confirmNow(head, CAMPAIGN, helpIds)
    done(raiseDispute(later.actor, CAMPAIGN, { helpId: helpIds[1] ?? 0, reason: 'Tôi hướng dẫn' }))
    const { latest } = findDisputeOf(later.actor, CAMPAIGN, helpIds[1] ?? 0)
    const said = latest ? explainDispute({ ...latest, decidedOn: null }) : ''
    return { said, whom: 'người đứng đầu đơn vị chung', asker: later.actor, other: head, kind: 'disputes' }
  },
  'the finding on an official, and what the head says of an explanation': () => {
    const { official, head } = commune()
    expect(moveClock(holder('admin', ROOT).actor, Date.parse('2024-07-04T09:00+07:00')).ok).toBe(true)
    const notice = { subject: { officialId: official.officialId }, body: 'Đề nghị giải trình.', documentNumber: '3/TB' }
    const { caseId } = done(giveNotice(head, CAMPAIGN, notice))
    const step = { caseId, kind: 'explanation', decision: null, body: 'Ốm.', documentNumber: '', file: null } as const
    done(takeStep(official.actor, CAMPAIGN, step))
    const row = findReview(official.actor, CAMPAIGN, caseId)
    const said = row ? explainCase(row.state, false, campaignToday()) : ''
    return {
      said,
      whom: 'người đứng đầu',
      asker: official.actor,
      other: head,
      kind: 'judge',
      dueOn: '2024-07-11',
    }
  },
  'an office’s role': () => {
    const [asker, other] = [
      holder('admin', 'Sở Nội vụ', ROOT).actor,
      holder('admin', 'Sở Y tế', ROOT, 'Quản Trị Hai').actor,
    ]
    const { accountId } = makeOfficial(unitNamed('Sở Nội vụ').id)
    const granted = {
      accountId,
      role: 'auditor',
      unitId: unitNamed(ROOT).id,
      fromOn: campaignToday(),
      toOn: null,
    } as const
    done(grantRole(asker, granted))
    const said = listGrantRequests(asker).map(grantWaits).join()
    return { said, whom: 'Quản Trị Hai', asker, other, kind: 'grant_requests' }
  },
  'the tick that an account was received': async () => {
    const { unit, head } = commune()
    const other = holder('coordinator', COMMUNE, COMMUNE, 'Đầu Mối Hai').actor
    const fresh = makeOfficial(unit.id)
    await receive(head, fresh.officialId)
    const said = (listReceipts(head, unit.id)?.held ?? []).map(receiptWaits).join()
    return { said, whom: 'Đầu Mối Hai', asker: head, other, kind: 'receipts' }
  },
  'the destruction of a campaign’s keys': async () => {
    const [asker, other] = [office('Người Đề Nghị'), office('Người Thứ Hai')]
    await closeForGood({ office: asker, home: other, admin: holder('admin', ROOT).actor })
    done(proposeDestruction(asker, CAMPAIGN))
    const { seconds } = findDestruction(asker, CAMPAIGN)
    const dueOn = '2024-07-13'
    return {
      said: destructionWaits({ seconds, dueOn }),
      whom: 'Người Thứ Hai',
      asker,
      other,
      kind: 'keys_announced',
      dueOn,
    }
  },
  'a correction of an official': () => {
    const { official, coordinator, head } = commune()
    askNumber(coordinator, official)
    return { said: correctionTold(coordinator), whom: COMMUNE, asker: coordinator, other: head, kind: 'corrections' }
  },
  'two entries to be made one': () => {
    const { asker, other } = merging()
    return { said: correctionTold(asker), whom: ROOT, asker, other, kind: 'corrections' }
  },
  'a place in a team that is offered': () => {
    const { official, head, unit } = commune()
    const asker = holder('head', 'UBND phường Tân Bình').actor
    const from = unitNamed('UBND phường Tân Bình')
    const input = { kind: 'volunteer', name: 'Tổ 1', hamlet: '', decisionNumber: '' } as const
    const teamId = formTeam(asker, CAMPAIGN, { unitId: from.id, input })
    const member = { officialId: official.officialId, isLeader: false, isPaid: false, fromOn: '2024-06-12', toOn: null }
    done(addMember(asker, CAMPAIGN, { teamId, input: member }))
    const [offer] = listTeamOffers(asker, CAMPAIGN, teamId)
    expect(unit.name).toBe(COMMUNE)
    return { said: `đơn vị của họ ${offer?.dueOn}`, whom: 'đơn vị của họ', asker, other: head, kind: 'join_offers' }
  },
}

/** Asks for another number of an official, which somebody else must agree to. */
function askNumber(actor: Person, { officialId, name }: { officialId: number; name: string }) {
  const input = { name, birthOn: null, birthYear: 1980, sex: null, number: '070080999123', phone: null }
  done(correctOfficial(actor, { officialId, input: { ...input, reason: 'Theo thẻ' } }))
}

const remindersOf = (actor: Person, kind: ReminderKind) =>
  listReminders({ ...actor, on: campaignToday() }, CAMPAIGN, campaignToday()).filter(row => row.kind === kind)

/** A day as pages write it, and as it is stored. */
const written = (day: string) => [day, day.replace(/^(\d+)-0?(\d+)-(\d+)$/, (_, y, m, d) => `${d}/${m}/${y}`)]

describe('what waits for another person', () => {
  it.each(Object.entries(KINDS))('names for whom and until when, and reminds them: %s', async (_, scene) => {
    const { said, whom, asker, other, kind, dueOn = DUE } = await scene()
    expect(said).toContain(whom)
    expect(written(dueOn).some(day => said.includes(day))).toBe(true)
    expect(remindersOf(other, kind)).toMatchObject([{ dueOn }])
    if (kind !== 'keys_announced') expect(remindersOf(asker, kind)).toEqual([])
  })
})

describe('once the day has passed', () => {
  const laterOn = (day: string) =>
    expect(moveClock(holder('admin', ROOT).actor, Date.parse(`${day}T09:00+07:00`)).ok).toBe(true)

  it('those above are reminded of an exemption too, and the page says so', () => {
    const people = commune()
    askExempt(people)
    expect(remindersOf(people.above, 'exemptions')).toEqual([])
    laterOn('2024-06-20')
    expect(remindersOf(people.above, 'exemptions')).toMatchObject([{ dueOn: DUE }])
    expect(remindersOf(people.head, 'exemptions')).toHaveLength(1)
    const [row] = listExemptions(people.coordinator, CAMPAIGN, {}).rows
    expect(row && explainDecider(row)).toContain('đã quá hạn 19/6/2024')
  })

  it('and of a correction', () => {
    const { official, coordinator, above } = commune()
    askNumber(coordinator, official)
    expect(remindersOf(above, 'corrections')).toEqual([])
    laterOn('2024-06-20')
    expect(remindersOf(above, 'corrections')).toHaveLength(1)
  })

  it('and of the receipt of an account', async () => {
    const { unit, head, above } = commune()
    const fresh = makeOfficial(unit.id)
    await receive(head, fresh.officialId)
    expect(remindersOf(above, 'receipts')).toEqual([])
    laterOn('2024-06-20')
    expect(remindersOf(above, 'receipts')).toMatchObject([{ dueOn: DUE }])
  })

  it('the campaign office is reminded of a signature that is missing', () => {
    const { body } = inspected()
    expect(remindersOf(body, 'inspection_signatures')).toEqual([])
    laterOn('2024-06-20')
    expect(remindersOf(body, 'inspection_signatures')).toMatchObject([{ dueOn: DUE }])
  })
})

describe('the term', () => {
  it('is five working days, and what was asked before them is overdue', () => {
    const daysOff = ['2024-06-18']
    expect(waitsUntil('2024-06-12', { daysOff: [] })).toBe(DUE)
    expect(waitsUntil('2024-06-12', { daysOff })).toBe('2024-06-20')
    for (const today of ['2024-06-12', '2024-06-15', '2024-06-20', '2024-06-24']) {
      const first = firstInTime(today, { daysOff })
      expect(waitsUntil(first, { daysOff }) >= today).toBe(true)
      expect(
        waitsUntil(
          first.replace(/\d+$/, day => String(Number(day) - 1).padStart(2, '0')),
          { daysOff },
        ) < today,
      ).toBe(true)
    }
  })
})
