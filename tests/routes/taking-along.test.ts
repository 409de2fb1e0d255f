import type { ActionFunctionArgs } from '@remix-run/node'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { deviceOf } from '#app/access/device.server.ts'
import type { Person } from '#app/access/policy.ts'
import { answerOf } from '#app/access/refusal.server.ts'
import { startSession } from '#app/access/session.server.ts'
import type { TakenSheet } from '#app/domain/offline.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { findInspection } from '#app/queries/inspection.server.ts'
import { rememberDevice } from '#app/queries/remembered-device.server.ts'
import { action as send } from '#app/routes/help/send-outbox.ts'
import { action as take } from '#app/routes/offline/sheets.ts'
import { explainProblem } from '#app/text/problem.ts'
import { prepared } from '#db/client.server.ts'
import { makeContext, ORIGIN } from '#tests/context.ts'
import { inspectionScene } from '#tests/inspection-scene.ts'
import { CAMPAIGN, checkNow, dropProvince, makeProvince } from '#tests/make.ts'

beforeEach(() => makeProvince())
afterEach(dropProvince)

const DEVICE = `__Host-may=${'a'.repeat(22)}`

/** An account on a phone that calls the server with JSON; `hasPin`: the phone is remembered. */
async function phoneOf(actor: Person, { hasPin = true } = {}) {
  const options = { campaignId: CAMPAIGN, userAgent: 'x', isProven: true }
  const session = (await startSession(actor.accountId, options)).split(';')[0] ?? ''
  const headers = { Cookie: `${session}; ${DEVICE}`, Origin: ORIGIN, 'Content-Type': 'application/json' }
  if (hasPin) {
    const { hash } = deviceOf(new Request(ORIGIN, { headers }))
    expect(await rememberDevice(actor, hash, '482915')).toEqual({ ok: true })
  }
  return async (action: (args: ActionFunctionArgs) => Promise<Response>, path: string, body: unknown) => {
    const request = new Request(`${ORIGIN}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
    const args = { request, params: {}, context: makeContext({ isDemo: true }) } as unknown as ActionFunctionArgs
    try {
      const answer = await action(args)
      return { status: answer.status, told: (await answer.json()) as unknown }
    } catch (thrown) {
      if (thrown instanceof Refusal) return { status: answerOf(thrown).status, told: null }
      throw thrown
    }
  }
}

const opened = () =>
  prepared<{ subject: string }>(
    "select subject_id as subject from access_log where what = 'inspection_sheet' order by id",
  )
    .all()
    .map(({ subject }) => Number(subject))

it('hands sheets to a team’s phone with a PIN, each opening logged by its citizen', async () => {
  const { first, inspectionId, helpIds } = inspectionScene()
  const wanted = { inspectionId, helpIds: helpIds.slice(0, 2), purpose: 'meet' }
  const call = await phoneOf(first)
  const { status, told } = await call(take, '/ngoai-tuyen/phieu', wanted)
  expect(status).toBe(200)
  const { sheets } = told as { sheets: TakenSheet[] }
  expect(sheets.map(({ helpId }) => helpId).sort()).toEqual(wanted.helpIds)
  expect(sheets[0]).toMatchObject({ name: expect.stringContaining('Điểu Thị Mẫu'), where: expect.any(String) })
  expect(sheets[0]?.claims.length).toBeGreaterThan(0)
  expect(opened()).toEqual(sheets.map(({ helpId }) => helpId))
})

it('hands nothing to a phone without a PIN, nor to who is of no team', async () => {
  const { first, outsider, office, head, inspectionId, helpIds } = inspectionScene()
  const wanted = { inspectionId, helpIds, purpose: 'meet' }
  const bare = await phoneOf(first, { hasPin: false })
  expect(await bare(take, '/ngoai-tuyen/phieu', wanted)).toEqual({
    status: 400,
    told: { kind: 'refused', message: explainProblem('pin_needed') },
  })
  for (const actor of [outsider, office, head]) {
    const call = await phoneOf(actor)
    expect([403, 404]).toContain((await call(take, '/ngoai-tuyen/phieu', wanted)).status)
  }
  const call = await phoneOf(first)
  for (const wrong of [{}, { ...wanted, purpose: 'x' }, { ...wanted, helpIds: [] }, null])
    expect((await call(take, '/ngoai-tuyen/phieu', wrong)).status).toBe(400)
  expect(opened()).toEqual([])
})

it('takes what was noted on the road, once, and says why it cannot', async () => {
  const { first, second, outsider, inspectionId, helpIds } = inspectionScene()
  const call = await phoneOf(first)
  const { told } = await call(take, '/ngoai-tuyen/phieu', { inspectionId, helpIds, purpose: 'meet' })
  const { sheets } = told as { sheets: TakenSheet[] }
  const form = (actor: Person, { helpId, from }: TakenSheet, result = 'true') => ({
    accountId: actor.accountId,
    campaignId: CAMPAIGN,
    subject: { kind: 'check', inspectionId, helpId, from },
    entries: [
      ['result', result],
      ['foundBy', 'met'],
      ['note', 'Gặp tại nhà'],
    ],
    enteredAt: Date.now() - 60_000,
    sentAt: Date.now(),
    contactAt: Date.now() - 120_000,
    isDayChosen: true,
    consentVersion: '2024-04',
    code: null,
  })
  const [one, two] = sheets
  if (!one || !two) throw new Error('no sheets')
  for (let n = 0; n < 2; n++)
    expect(await call(send, '/ho-tro/gui', form(first, one))).toEqual({
      status: 200,
      told: { kind: 'checked', inspectionId },
    })
  const pick = findInspection(first, CAMPAIGN, inspectionId)?.picks.find(({ helpId }) => helpId === one.helpId)
  expect(pick).toMatchObject({ result: 'true', foundBy: 'met', checkedBy: first.accountId })
  expect(pick?.enteredAt).not.toBeNull()
  checkNow(second, { inspectionId, helpId: two.helpId, result: 'untrue' })
  expect(await call(send, '/ho-tro/gui', form(first, two))).toEqual({
    status: 400,
    told: { kind: 'refused', problems: [{ field: '', message: explainProblem('sheet_checked_meanwhile') }] },
  })
  expect((await call(send, '/ho-tro/gui', form(first, two, 'lạ'))).status).toBe(400)
  const other = await phoneOf(outsider)
  expect(await other(send, '/ho-tro/gui', form(outsider, two))).toEqual({
    status: 400,
    told: { kind: 'refused', problems: [{ field: '', message: explainProblem('sheet_not_yours') }] },
  })
})
