import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { issueActivations } from '#app/queries/account.server.ts'
import { issueToken } from '#app/queries/api-token.server.ts'
import { issuePhoneCodes } from '#app/queries/citizen-code.server.ts'
import { rootUnit } from '#app/queries/unit.server.ts'
import { loader as listUnits } from '#app/routes/api/units.ts'
import { loader as showSlip } from '#app/routes/citizen/answer.tsx'
import { action as activate } from '#app/routes/sign-in/activate.tsx'
import { action as signIn } from '#app/routes/sign-in/password.tsx'
import { makeContext, ORIGIN } from '#tests/context.ts'
import { CAMPAIGN, dropProvince, grantTo, makeOfficial, makeProvince, unitNamed } from '#tests/make.ts'

beforeEach(() => makeProvince())
afterEach(dropProvince)

const context = makeContext()

const post = async (action: (args: ActionFunctionArgs) => unknown, form: Record<string, string>) => {
  const request = new Request(`${ORIGIN}/a`, { method: 'POST', body: new URLSearchParams(form) })
  return await action({ request, params: {}, context } as ActionFunctionArgs)
}
/** The status of an answer that a form was refused with, or of a response. */
const statusOf = (answer: unknown) =>
  answer instanceof Response ? answer.status : (answer as { init: ResponseInit }).init.status
const said = (answer: unknown) => JSON.stringify((answer as { data: unknown }).data)

describe('a right secret that cannot be guessed is never refused for what a neighbour tried', () => {
  it('a token', async () => {
    const office = grantTo(makeOfficial(rootUnit().id).actor, 'campaign_office', rootUnit().id)
    const issued = issueToken(office, CAMPAIGN, { name: 'a', unitId: rootUnit().id, scopes: ['read'], days: 30 })
    if (!issued.ok) throw new Error('no token')
    const ask = async (token: string) => {
      const request = new Request(`${ORIGIN}/api/v1/units`, { headers: { Authorization: `Bearer ${token}` } })
      return (await listUnits({ request, params: {}, context } as LoaderFunctionArgs)).status
    }
    const wrong = []
    for (let n = 0; n < 31; n++) wrong.push(await ask(`4phu_${'a'.repeat(40)}${n}`))
    expect(wrong.at(0)).toBe(401)
    expect(wrong.at(-1)).toBe(429)
    expect(await ask(issued.token)).toBe(200)
  })

  it('a citizen’s code', async () => {
    const { actor } = makeOfficial(unitNamed('Sở Nội vụ').id)
    const [code = ''] = issuePhoneCodes(actor, CAMPAIGN)
    const show = async (shown: string) => {
      const request = new Request(`${ORIGIN}/x/${shown}`)
      return (await showSlip({ request, params: { code: shown }, context } as unknown as LoaderFunctionArgs)).status
    }
    for (let n = 0; n < 31; n++) await show('ABCD-EFGH-JKMN-PQRS')
    expect(await show('ABCD-EFGH-JKMN-PQRS')).toBe(429)
    expect(await show(code)).toBe(200)
  })

  it('an activation code, while the address may try no password; which is told as the cause', async () => {
    const unit = unitNamed('Sở Nội vụ')
    const head = grantTo(makeOfficial(unit.id).actor, 'head', unit.id)
    const [issued] = issueActivations(head, [makeOfficial(unit.id).officialId])
    for (let n = 0; n < 50; n++) await post(signIn, { login: `ai do ${n}`, password: 'sai' })
    const refused = await post(signIn, { login: 'nguoi khac', password: 'sai' })
    expect(statusOf(refused)).toBe(400)
    expect(said(refused)).toContain('Từ địa chỉ mạng này')
    for (let n = 0; n < 55; n++) await post(activate, { code: `sai ${n}`, password: 'a', repeated: 'a' })
    const password = 'một câu dài để nhớ'
    const activated = await post(activate, { code: issued?.code ?? '', password, repeated: password })
    expect(statusOf(activated)).toBe(302)
    // who has signed in from there adds to what the address may try
    expect(said(await post(signIn, { login: 'nguoi khac', password: 'sai' }))).toContain('chưa đúng')
  }, 60_000)
})
