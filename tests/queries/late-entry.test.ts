import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { contactOf, readSession, startSession } from '#app/access/session.server.ts'
import { moveClock } from '#app/queries/clock.server.ts'
import { startClosing } from '#app/queries/closing.server.ts'
import { CONSENT_VERSION, editHelp, recordHelp } from '#app/queries/help.server.ts'
import { findHelp } from '#app/queries/help-view.server.ts'
import { restoreHelp, withdrawHelp } from '#app/queries/help-withdrawal.server.ts'
import { recount } from '#app/queries/judging/index.server.ts'
import { countLate, listLateEntries } from '#app/queries/late-entry.server.ts'
import { db, prepared } from '#db/client.server.ts'
import { session } from '#db/schema.ts'
import { agreeToClose, computeJob } from '#tests/closing.ts'
import {
  CAMPAIGN,
  confirmNow,
  done,
  dropProvince,
  grantTo,
  helpForm,
  makeOfficial,
  makeProvince,
  makeReader,
  statusOf,
  unitNamed,
} from '#tests/make.ts'

const COMMUNE = 'UBND xã Tân Thành'
const at = (text: string) => Date.parse(`${text}+07:00`)
const DOCUMENT = { number: '512/CAT-PC06', on: '2024-07-10' }
const NEEDED = [
  { field: 'lateDocumentNumber', reason: 'late_document_needed' },
  { field: 'lateDocumentOn', reason: 'required' },
]

let member: ReturnType<typeof makeOfficial>
let coordinator: ReturnType<typeof grantTo>
let head: ReturnType<typeof grantTo>
let office: ReturnType<typeof grantTo>

beforeEach(() => {
  makeProvince()
  const { id } = unitNamed(COMMUNE)
  member = makeOfficial(id)
  coordinator = grantTo(makeOfficial(id).actor, 'coordinator', id)
  head = grantTo(makeOfficial(id).actor, 'head', id)
  office = grantTo(makeOfficial(1).actor, 'campaign_office', 1)
})
afterEach(dropProvince)

/** The last day of the final report is 9/7/2024, and so by default the last day of entry. */
const goTo = (text: string) => moveClock(office, at(text))
let citizens = 0
const record = (more: Partial<Parameters<typeof recordHelp>[2]> = {}) => {
  citizens += 1
  return recordHelp(member.actor, CAMPAIGN, {
    officialId: member.officialId,
    input: helpForm(citizens, { helpedOn: '2024-06-10' }),
    ...more,
  })
}
const find = (helpId: number) => findHelp(head, CAMPAIGN, helpId)
const kindOf = (helpId: number) => find(helpId)?.verdictKind

describe('an entry after the last day (M7)', () => {
  it('is refused without a document, up to that day it is not', () => {
    goTo('2024-07-09T23:59')
    const { helpId } = done(record())
    expect(find(helpId)).toMatchObject({ lateAt: null, lateDocumentNumber: null })
    goTo('2024-07-10T00:00')
    expect(record()).toEqual({ ok: false, problems: NEEDED })
    const future = { ...DOCUMENT, on: '2024-07-11' }
    expect(record({ lateDocument: future })).toMatchObject({ problems: [{ reason: 'in_future' }] })
    const late = done(record({ lateDocument: DOCUMENT }))
    expect(find(late.helpId)).toMatchObject({ lateDocumentNumber: DOCUMENT.number, lateDocumentOn: DOCUMENT.on })
    expect(confirmNow(coordinator, CAMPAIGN, [late.helpId])).toEqual({ confirmed: 1, left: [] })
    expect(kindOf(late.helpId)).toBe('counts')
  })

  it('is an edit that a verdict reads as well; of a note it is not', () => {
    const { outcomes, ...rest } = helpForm(900, { helpedOn: '2024-06-10' })
    const input = { ...rest, outcomes: { ...outcomes, eid_activated: { value: 'not_yet' as const, on: null } } }
    const { helpId } = done(recordHelp(member.actor, CAMPAIGN, { officialId: member.officialId, input }))
    goTo('2024-07-10T09:00')
    const edit = (changes: Partial<ReturnType<typeof helpForm>>, lateDocument?: typeof DOCUMENT) =>
      editHelp(member.actor, CAMPAIGN, {
        helpId,
        revision: find(helpId)?.revision ?? 0,
        input: { ...input, ...changes },
        lateDocument,
      })
    expect(edit({ note: 'Gọi lại' })).toMatchObject({ ok: true })
    expect(find(helpId)?.lateAt).toBeNull()
    expect(edit({ outcomes })).toEqual({ ok: false, problems: NEEDED })
    expect(edit({ outcomes }, DOCUMENT)).toMatchObject({ ok: true })
    expect(find(helpId)).toMatchObject({ lateAt: expect.any(Number), lateDocumentNumber: DOCUMENT.number })
  })

  it('typed on a phone in time needs a head’s tick, no document', () => {
    const typed = {
      enteredAt: at('2024-07-08T10:00'),
      contactAt: at('2024-07-08T07:00'),
      consentVersion: CONSENT_VERSION,
      isDayDoubted: false,
    }
    goTo('2024-07-11T08:00')
    for (const changes of [
      { contactAt: null },
      { contactAt: at('2024-07-10T00:00') },
      { enteredAt: at('2024-07-10T00:00') },
    ])
      expect(record({ typed: { ...typed, ...changes } })).toEqual({ ok: false, problems: NEEDED })
    const { helpId } = done(record({ typed }))
    expect(confirmNow(coordinator, CAMPAIGN, [helpId])).toEqual({ confirmed: 0, left: [helpId] })
    expect(kindOf(helpId)).toBe('pending')
    expect(confirmNow(head, CAMPAIGN, [helpId])).toEqual({ confirmed: 1, left: [] })
    expect(kindOf(helpId)).toBe('counts')
  })

  it('is a withdrawal taken back, which waits for a head', () => {
    const { helpId } = done(record())
    confirmNow(coordinator, CAMPAIGN, [helpId])
    withdrawHelp(member.actor, CAMPAIGN, helpId)
    goTo('2024-07-11T08:00')
    restoreHelp(member.actor, CAMPAIGN, helpId)
    expect(kindOf(helpId)).toBe('pending')
    expect(confirmNow(coordinator, CAMPAIGN, [helpId]).confirmed).toBe(0)
    expect(confirmNow(head, CAMPAIGN, [helpId]).confirmed).toBe(1)
    expect(recount(CAMPAIGN)).toEqual([])
  })
})

describe('a closing version', () => {
  it('takes late entries only where their list was ticked, and says how many (M7)', async () => {
    const second = makeReader('home_affairs')
    const close = async (withLate: boolean) => {
      const isFirst = prepared('select count(*) from closing').pluck().get() === 0
      const started = isFirst
        ? { ok: true as const, jobId: agreeToClose(office, second) }
        : startClosing(office, CAMPAIGN, { reason: 'correction', note: 'CV 1', withLate })
      return started.ok ? (await computeJob(started.jobId)).summary.late : started.problem
    }
    confirmNow(head, CAMPAIGN, [done(record()).helpId])
    goTo('2024-07-10T09:00')
    expect(await close(false)).toBe(0)
    const late = done(record({ lateDocument: DOCUMENT }))
    expect(await close(false)).toBe(0)
    confirmNow(head, CAMPAIGN, [late.helpId])
    expect(countLate(CAMPAIGN)).toBe(1)
    expect(listLateEntries(office, CAMPAIGN)).toMatchObject([
      { unitName: `${COMMUNE}, Thành phố Đồng Xoài`, documentNumber: DOCUMENT.number, count: 1, counted: 1 },
    ])
    expect(statusOf(() => listLateEntries(head, CAMPAIGN))).toBe(403)
    expect(await close(false)).toBe('late_entries_unseen')
    expect(await close(true)).toBe(1)
    expect(await close(false)).toBe(1)
  })
})

describe('the last contact of a session (L9)', () => {
  const cookieOf = async (userAgent: string) =>
    (await startSession(member.actor.accountId, { campaignId: CAMPAIGN, userAgent, isProven: false })).split(';')[0] ??
    ''
  const visit = async (cookie: string) => readSession(new Request('http://x/', { headers: { Cookie: cookie } }))

  it('is that before the present one, and of the browser’s session before', async () => {
    const cookie = await cookieOf('A')
    const first = await visit(cookie)
    expect(contactOf(first?.sessionHash ?? '').contactAt).toBeNull()
    const before = Date.now() - 5 * 3_600_000
    db.update(session).set({ seenAt: before }).run()
    await visit(cookie)
    expect(contactOf(first?.sessionHash ?? '').contactAt).toBe(before)
    // within ten minutes it stays
    await visit(cookie)
    expect(contactOf(first?.sessionHash ?? '').contactAt).toBe(before)
    const again = await visit(await cookieOf('A'))
    expect(contactOf(again?.sessionHash ?? '').contactAt).toBeGreaterThan(before)
    const other = await visit(await cookieOf('B'))
    expect(contactOf(other?.sessionHash ?? '').contactAt).toBeNull()
  })
})
