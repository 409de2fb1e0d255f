import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { campaignToday } from '#app/queries/clock.server.ts'
import { mayUndoConfirming, undoConfirming } from '#app/queries/confirming-undo.server.ts'
import { confirmHelp, returnHelp } from '#app/queries/help-confirmation.server.ts'
import { recount } from '#app/queries/judging/index.server.ts'
import {
  confirmObligations,
  declareObligation,
  findObligations,
  returnObligations,
} from '#app/queries/obligation.server.ts'
import { prepared } from '#db/client.server.ts'
import {
  CAMPAIGN,
  dropChecked,
  grantTo,
  makeOfficial,
  makeProvince,
  recordMany,
  shownNow,
  statusOf,
  toldBy,
  unitNamed,
} from '#tests/make.ts'

beforeEach(() => makeProvince())
afterEach(dropChecked)

function scene() {
  const unit = unitNamed('UBND xã Tân Thành')
  const worker = makeOfficial(unit.id)
  const [head, other] = [0, 1].map(() => grantTo(makeOfficial(unit.id).actor, 'head', unit.id)) as [
    ReturnType<typeof grantTo>,
    ReturnType<typeof grantTo>,
  ]
  const ids = recordMany(worker, 5)
  const confirm = (actor: typeof head, some: readonly number[]) =>
    confirmHelp(actor, CAMPAIGN, shownNow(some)).confirmed
  const undo = (actor: typeof head, count: number, at = Date.now()) => {
    const made = undoConfirming(actor, CAMPAIGN, { kind: 'help', count }, at)
    return made.ok ? made.undone : null
  }
  const confirmed = () =>
    prepared<number>('select id from help where confirmed_at is not null order by id').pluck().all()
  return { head, other, worker, ids, confirm, undo, confirmed }
}

it('takes back the last act alone, within half a minute, and the log keeps both', () => {
  const { head, ids, confirm, undo, confirmed } = scene()
  confirm(head, ids.slice(0, 2))
  confirm(head, ids.slice(2))
  expect(mayUndoConfirming(head, CAMPAIGN, { kind: 'help', count: 3 }, Date.now())).toBe(true)
  expect(undo(head, 3)).toBe(3)
  expect(confirmed()).toEqual(ids.slice(0, 2))
  expect(recount(CAMPAIGN)).toEqual([])
  expect(toldBy("subject = 'help' and verb = 'confirm'")).toHaveLength(5)
  expect(toldBy("subject = 'help' and verb = 'undo'")).toHaveLength(3)
  expect(undo(head, 3)).toBeNull()
  expect(confirm(head, ids.slice(2))).toBe(3)
})

it('is over after half a minute', () => {
  const { head, ids, confirm, undo, confirmed } = scene()
  confirm(head, ids)
  expect(mayUndoConfirming(head, CAMPAIGN, { kind: 'help', count: 5 }, Date.now() + 31_000)).toBe(false)
  expect(undo(head, 5, Date.now() + 31_000)).toBeNull()
  expect(confirmed()).toEqual(ids)
})

it('is for who confirmed, and for no more than they did', () => {
  const { head, other, worker, ids, confirm, undo, confirmed } = scene()
  confirm(head, ids)
  expect([undo(other, 5), undo(worker.actor, 5), undo(head, 6), undo(head, 0), undo(head, 201)]).toEqual([
    null,
    null,
    null,
    null,
    null,
  ])
  expect(confirmed()).toEqual(ids)
})

it('takes back nothing where something was built on one of them', () => {
  const { head, other, ids, confirm, undo, confirmed } = scene()
  confirm(head, ids)
  returnHelp(other, CAMPAIGN, { shown: shownNow(ids.slice(0, 1)), reason: 'Thiếu ngày.' })
  expect(undo(head, 5)).toBeNull()
  expect(confirmed()).toEqual(ids.slice(1))
})

it('needs the right to confirm still', () => {
  const { head, ids, confirm, undo } = scene()
  confirm(head, ids)
  expect(statusOf(() => undo({ ...head, grants: [] }, 5))).toBe(403)
})

describe('of declared parts', () => {
  const parts = () => {
    const { head, other, worker } = scene()
    const campaign = { officialId: worker.officialId, evidence: null }
    declareObligation(worker.actor, CAMPAIGN, {
      ...campaign,
      declaration: { part: 'phone_4g', maker: 'Samsung', model: 'Galaxy A15', has4g: true },
    })
    declareObligation(worker.actor, CAMPAIGN, {
      ...campaign,
      declaration: { part: 'portal_national', firstLoginOn: campaignToday() },
    })
    const ids = prepared<number>('select id from obligation order by id').pluck().all()
    const states = () => findObligations(worker.actor, CAMPAIGN, worker.officialId)?.map(({ standing }) => standing)
    const undo = (actor: typeof head, count: number, at = Date.now()) =>
      undoConfirming(actor, CAMPAIGN, { kind: 'obligation', count }, at).ok
    return { head, other, worker, ids, states, undo }
  }

  it('takes back the last act, and the parts wait again', () => {
    const { head, ids, states, undo } = parts()
    const before = states()
    expect(confirmObligations(head, CAMPAIGN, ids).confirmed).toBe(2)
    expect(states()).not.toEqual(before)
    expect(mayUndoConfirming(head, CAMPAIGN, { kind: 'obligation', count: 2 }, Date.now())).toBe(true)
    expect(undo(head, 2)).toBe(true)
    expect(states()).toEqual(before)
    expect(recount(CAMPAIGN)).toEqual([])
    expect(toldBy("subject = 'obligation' and verb = 'undo'")).toHaveLength(2)
    expect(undo(head, 2)).toBe(false)
    expect(confirmObligations(head, CAMPAIGN, ids).confirmed).toBe(2)
  })

  it('is over after half a minute, for others, and once something followed', () => {
    const { head, other, ids, undo } = parts()
    confirmObligations(head, CAMPAIGN, ids)
    expect([undo(head, 2, Date.now() + 31_000), undo(other, 2), undo(head, 3)]).toEqual([false, false, false])
    returnObligations(other, CAMPAIGN, { obligationIds: ids.slice(0, 1), reason: 'Thiếu ngày.' })
    expect(undo(head, 2)).toBe(false)
    expect(statusOf(() => undo({ ...head, grants: [] }, 1))).toBe(404)
    expect(undo(head, 1)).toBe(true)
  })
})
