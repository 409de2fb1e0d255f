import type { LoaderFunctionArgs } from '@remix-run/node'
import { eq } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { providerSettings } from '#app/access/provider.server.ts'
import { startSession } from '#app/access/session.server.ts'
import { portalIssuerInput } from '#app/domain/portal-issuer-input.ts'
import type { ObligationPart } from '#app/domain/vocabulary.ts'
import { peopleFiguresOf } from '#app/queries/aggregate.server.ts'
import { moveClock } from '#app/queries/clock.server.ts'
import { changePeople, recount } from '#app/queries/judging/index.server.ts'
import { storedStanding } from '#app/queries/judging/standing.server.ts'
import {
  confirmObligations,
  declareObligation,
  findObligations,
  listWaitingObligations,
  returnObligations,
} from '#app/queries/obligation.server.ts'
import { settledOf, settleEverywhere } from '#app/queries/obligation-evidence.server.ts'
import {
  agreePortalIssuer,
  endPortalIssuer,
  enterPortalIssuer,
  listPortalIssuers,
  portalsInForce,
} from '#app/queries/portal-issuer.server.ts'
import { rootUnit } from '#app/queries/unit.server.ts'
import * as page from '#app/routes/admin/portal-issuers.tsx'
import { loader as leave } from '#app/routes/obligation/portal.ts'
import { loader as comeBack } from '#app/routes/obligation/portal-return.ts'
import { loader as leaveToSignIn } from '#app/routes/sign-in/provider.ts'
import { loader as comeBackSignedIn } from '#app/routes/sign-in/provider-return.ts'
import { prepared } from '#db/client.server.ts'
import { matchHash } from '#db/keys.server.ts'
import { official } from '#db/schema.ts'
import { makeContext } from '#tests/context.ts'
import { CAMPAIGN, done, dropChecked, grantTo, makeOfficial, makeProvince, statusOf, unitNamed } from '#tests/make.ts'
import { cookiesOf, PROVIDER_SECRET, startProvider, type TestProvider, walkProvider } from '#tests/oidc-provider.ts'
import { visitor } from '#tests/visitor.ts'

const APP = 'http://127.0.0.1:3230'
const RETURN = `${APP}/nghia-vu/cong/tra-ve`
const PAGE = '/quan-tri/cong-dich-vu-cong'
const SIGN_IN_RETURN = `${APP}/dang-nhap/cong-tinh/tra-ve`

let national: TestProvider
let provincial: TestProvider

beforeAll(async () => {
  for (const method of ['warn', 'info'] as const) vi.spyOn(console, method).mockImplementation(() => {})
  national = await startProvider([RETURN])
  provincial = await startProvider([RETURN, SIGN_IN_RETURN])
})
afterAll(() => {
  vi.restoreAllMocks()
  national.stop()
  provincial.stop()
})

let person: ReturnType<typeof makeOfficial>
let head: ReturnType<typeof grantTo>

beforeEach(() => {
  makeProvince()
  person = makeOfficial(unitNamed('Sở Nội vụ').id)
  head = grantTo(makeOfficial(unitNamed('Sở Nội vụ').id).actor, 'head', unitNamed('Sở Nội vụ').id)
  national.person = { number: person.number }
  provincial.person = { number: person.number }
  record(national)
  record(provincial, { part: 'portal_provincial' })
})
afterEach(() => {
  expect(recount(CAMPAIGN)).toEqual([])
  expect(settledOf(CAMPAIGN, [person.officialId])).toEqual([])
  dropChecked()
})

const issuerAt = ({ issuer }: { issuer: string }, changes: Record<string, string> = {}) =>
  portalIssuerInput.parse({
    part: 'portal_national',
    issuer,
    clientId: '4phu',
    clientSecret: PROVIDER_SECRET,
    scope: '',
    numberClaim: 'so_dinh_danh',
    validFromOn: '2024-04-04',
    source: 'Văn bản thử nghiệm',
    ...changes,
  })

const administrator = () => grantTo(makeOfficial(unitNamed('Sở Nội vụ').id).actor, 'admin', rootUnit().id)

/** Records an issuer as a portal's own, by two administrators. */
function record(provider: { issuer: string }, changes: Record<string, string> = {}) {
  const [first, second] = [administrator(), administrator()]
  done(enterPortalIssuer(first, issuerAt(provider, changes)))
  const [entered] = listPortalIssuers(second)
  agreePortalIssuer(second, entered?.id ?? 0)
}

/** Withdraws every issuer of a portal. */
function withdraw(part: ObligationPart) {
  const actor = administrator()
  for (const issuer of listPortalIssuers(actor))
    if (issuer.part === part && issuer.endedAt === null) endPortalIssuer(actor, issuer.id)
}

async function argsOf(url: string, part: string, cookie = '', accountId = person.accountId) {
  const own = await startSession(accountId, { campaignId: CAMPAIGN, userAgent: '', isProven: true })
  return {
    request: new Request(url, { headers: { Cookie: [own.split(';')[0], cookie].filter(Boolean).join('; ') } }),
    params: { part },
    context: makeContext({ publicUrl: APP }),
  } as LoaderFunctionArgs
}

/** Leaves for a portal and comes back; returns what the page of the parts says. */
async function prove(part: ObligationPart = 'portal_national', accountId = person.accountId) {
  const left = await leaveFor(part, accountId)
  const url = await walkProvider(left.headers.get('Location') ?? '', RETURN)
  return await notice(await comeBack(await argsOf(url, '', cookiesOf(left), accountId)))
}
const leaveFor = async (part: ObligationPart, accountId = person.accountId) =>
  leave(await argsOf(`${APP}/nghia-vu/${part}/dang-nhap`, part, '', accountId))
const notice = (answer: Response) => answer.headers.get('Location')?.replace('/nghia-vu?', '')

const standing = (officialId = person.officialId) => {
  const { portalNational, portalProvincial } = storedStanding(CAMPAIGN, officialId) ?? {}
  return [portalNational, portalProvincial]
}
const rowOf = (part: ObligationPart, officialId = person.officialId) =>
  prepared<{ id: number; state: string; firstLoginOn: string | null; confirmedBy: number | null }>(
    `select id, state, first_login_on as firstLoginOn, confirmed_by as confirmedBy from obligation
      where part = ? and official_id = ?`,
  ).get(part, officialId)
const declare = (firstLoginOn: string) =>
  done(
    declareObligation(person.actor, CAMPAIGN, {
      officialId: person.officialId,
      declaration: { part: 'portal_national', firstLoginOn },
      evidence: null,
    }),
  )
/** Moves the campaign clock to a later day. */
const on = (day: string) => done(moveClock(head, Date.parse(`${day}T09:00+07:00`)))

/** Makes a number the person's, as a correction does; null: it is not known. */
function know(number: string | null) {
  const hash = number && matchHash('staff', 'number', number)
  changePeople([person.officialId], tx => {
    tx.update(official).set({ numberHash: hash }).where(eq(official.id, person.officialId)).run()
  })
  settleEverywhere([person.officialId])
}

const logins = () =>
  findObligations(person.actor, CAMPAIGN, person.officialId)
    ?.find(({ part }) => part === 'portal_national')
    ?.logins.map(({ part, word }) => [part, word])

describe('signing in at a portal’s own issuer', () => {
  it('proves that part with its day and without the unit’s word; boards count it as proof', async () => {
    expect(await prove()).toBe('cong-da-chung-minh')
    expect(standing()).toEqual(['verified', 'missing'])
    expect(rowOf('portal_national')).toMatchObject({
      state: 'verified',
      firstLoginOn: '2024-06-12',
      confirmedBy: null,
    })
    const [people] = peopleFiguresOf(CAMPAIGN, 'unit', ['1'])
    expect(people).toMatchObject({ portalNationalMet: 1, portalNationalVerified: 1, portalProvincialVerified: 0 })
    const told = prepared(
      "select verb, subject, data from event where subject in ('obligation', 'portal_login') order by id",
    ).all()
    expect(told).toMatchObject([
      { verb: 'record', subject: 'portal_login' },
      { verb: 'prove', subject: 'obligation' },
    ])
    expect(JSON.stringify([told, prepared('select * from portal_login').all()])).not.toContain(person.number)
  })

  it('proves only the part of that portal', async () => {
    expect(await prove('portal_provincial')).toBe('cong-da-chung-minh')
    expect(standing()).toEqual(['missing', 'verified'])
  })

  it.each(['declared', 'returned', 'confirmed'])(
    'verifies what was %s, and keeps an earlier declared day',
    async was => {
      declare('2024-05-01')
      const ids = [rowOf('portal_national')?.id ?? 0]
      if (was === 'returned') returnObligations(head, CAMPAIGN, { obligationIds: ids, reason: 'Chưa rõ' })
      if (was === 'confirmed') confirmObligations(head, CAMPAIGN, ids)
      expect(rowOf('portal_national')?.state).toBe(was)
      expect(await prove()).toBe('cong-da-chung-minh')
      expect(standing()[0]).toBe('verified')
      if (was !== 'returned') expect(rowOf('portal_national')?.firstLoginOn).toBe('2024-05-01')
    },
  )

  it('is kept once: a later sign-in writes nothing and leaves the first day', async () => {
    await prove()
    const before = prepared('select * from portal_login').all()
    const told = () =>
      prepared("select count(*) from event where subject in ('obligation', 'portal_login')").pluck().get()
    const events = told()
    on('2024-06-20')
    expect(await prove()).toBe('cong-da-chung-minh')
    expect(prepared('select * from portal_login').all()).toEqual(before)
    expect(told()).toBe(events)
  })

  it('stays proven where the part is declared again by hand', async () => {
    await prove()
    declare('2024-05-01')
    expect(rowOf('portal_national')).toMatchObject({ state: 'verified', firstLoginOn: '2024-05-01' })
  })

  it('proves nothing after the campaign’s last day', async () => {
    on('2024-07-04')
    expect(await prove()).toBe('cong-het-dot')
    expect(prepared('select count(*) from portal_login').pluck().get()).toBe(0)
    expect(standing()[0]).not.toBe('verified')
  })
})

describe('whose sign-in it was', () => {
  it('another person’s is refused, and nothing is written', async () => {
    national.person = { number: makeOfficial(unitNamed('Sở Nội vụ').id).number, sub: 'somebody else' }
    expect(await prove()).toBe('cong-khac-so')
    expect(rowOf('portal_national')).toBeUndefined()
    expect(prepared('select count(*) from portal_login').pluck().get()).toBe(0)
  })

  it('without a number it waits for the unit, whose later confirmation makes it the proof', async () => {
    national.person = { sub: 'no number' }
    expect(await prove()).toBe('cong-cho-xac-nhan')
    expect(standing()[0]).toBe('declared')
    const { rows } = listWaitingObligations(head, CAMPAIGN, { unitPath: unitNamed('Sở Nội vụ').path })
    expect(rows).toMatchObject([{ part: 'portal_national', login: { word: 'waits' } }])
    confirmObligations(head, CAMPAIGN, [rowOf('portal_national')?.id ?? 0])
    expect(rowOf('portal_national')?.state).toBe('verified')
    // the same account of the portal is nobody else's
    const other = makeOfficial(unitNamed('Sở Nội vụ').id)
    expect(await prove('portal_national', other.accountId)).toBe('cong-khac-so')
    expect(rowOf('portal_national', other.officialId)).toBeUndefined()
  })

  it('a confirmation from before it says nothing of whose it is', async () => {
    declare('2024-05-01')
    confirmObligations(head, CAMPAIGN, [rowOf('portal_national')?.id ?? 0])
    on('2024-06-13')
    national.person = { sub: 'no number' }
    expect(await prove()).toBe('cong-cho-xac-nhan')
    expect(standing()[0]).toBe('met')
  })

  it('a number that is known later is compared then', async () => {
    know(null)
    expect(await prove()).toBe('cong-cho-xac-nhan')
    know(person.number)
    expect(standing()[0]).toBe('verified')
  })

  it('a changed number takes the proof back, to the unit’s word or to waiting, until a sign-in by the new one', async () => {
    await prove()
    const number = '070080999999'
    know(number)
    expect(logins()).toEqual([['portal_national', 'another']])
    expect(standing()[0]).toBe('declared')
    national.person = { number }
    expect(await prove()).toBe('cong-da-chung-minh')
    expect(standing()[0]).toBe('verified')
  })

  it('a number that cannot be read counts as none', async () => {
    national.person = { number: '285123456' }
    expect(await prove()).toBe('cong-cho-xac-nhan')
  })
})

describe('an issuer', () => {
  it('below the level asked for leaves a sign; the level exactly proves', async () => {
    record(national, { levels: 'muc-2 muc-3' })
    national.person = { number: person.number, acr: 'muc-2-chua' }
    expect(await prove()).toBe('cong-dau-hieu')
    expect([standing()[0], logins()]).toEqual(['missing', [['portal_national', 'sign']]])
    national.person = { number: person.number, acr: 'muc-2' }
    expect(await prove()).toBe('cong-da-chung-minh')
    expect(logins()).toEqual([['portal_national', 'proof']])
  })

  it('that is withdrawn proves nothing more; what it proved stays with its day', async () => {
    await prove()
    withdraw('portal_national')
    await expect(leaveFor('portal_national')).rejects.toMatchObject({ kind: 'not_found' })
    expect(standing()[0]).toBe('verified')
  })

  it('that cannot be reached says so, and a return without leaving is begun again', async () => {
    record({ issuer: 'http://127.0.0.1:9' })
    expect(notice(await leaveFor('portal_national'))).toBe('cong-khong-mo')
    expect(notice(await comeBack(await argsOf(`${RETURN}?code=a&state=b`, '')))).toBe('cong-lam-lai')
  })

  it('of one portal does not answer for the other: the code is not redeemed there', async () => {
    const left = await leaveFor('portal_national')
    const url = await walkProvider(left.headers.get('Location') ?? '', RETURN)
    for (const part of ['portal_national', 'portal_provincial'] as const) withdraw(part)
    record(provincial)
    record(national, { part: 'portal_provincial' })
    expect(notice(await comeBack(await argsOf(url, '', cookiesOf(left))))).toBe('cong-lam-lai')
    expect(rowOf('portal_national')).toBeUndefined()
  })
})

describe('signing in to the application', () => {
  async function signIn() {
    const provider = providerSettings({
      OIDC_ISSUER: provincial.issuer,
      OIDC_CLIENT_ID: '4phu',
      OIDC_CLIENT_SECRET: PROVIDER_SECRET,
    })
    const args = (url: string, cookie = '') =>
      ({
        request: new Request(url, { headers: { Cookie: cookie } }),
        params: {},
        context: makeContext({ publicUrl: APP, provider }),
      }) as LoaderFunctionArgs
    const username = prepared<string>('select login from account where id = ?').pluck().one(person.accountId)
    provincial.person = { username, number: person.number }
    const left = await leaveToSignIn(args(`${APP}/dang-nhap/cong-tinh`))
    const url = await walkProvider(left.headers.get('Location') ?? '', SIGN_IN_RETURN)
    const back = await comeBackSignedIn(args(url, cookiesOf(left)))
    expect(cookiesOf(back)).toContain('__Host-phien=')
  }

  it('by the portal’s own issuer proves that part', async () => {
    await signIn()
    expect(standing()).toEqual(['missing', 'verified'])
  })

  it('by any other issuer leaves a sign, once, and proves nothing', async () => {
    withdraw('portal_provincial')
    await signIn()
    await signIn()
    expect(logins()).toEqual([[null, 'sign']])
    expect(prepared("select count(*) from event where subject = 'portal_login'").pluck().get()).toBe(1)
    expect(prepared('select count(*) from obligation where official_id = ?').pluck().get(person.officialId)).toBe(0)
  })
})

describe('which issuer is a portal’s own', () => {
  beforeEach(() => {
    for (const part of ['portal_national', 'portal_provincial'] as const) withdraw(part)
  })
  const parts = (day = '2024-06-12') => portalsInForce(day).map(({ part, clientId }) => [part, clientId])

  it('takes two administrators, independent of each other; nobody else sees or enters it', async () => {
    const [first, second] = [administrator(), administrator()]
    done(enterPortalIssuer(first, issuerAt(national)))
    expect(parts()).toEqual([])
    await expect(leaveFor('portal_national')).rejects.toMatchObject({ kind: 'not_found' })
    const id = listPortalIssuers(first)[0]?.id ?? 0
    expect([first, second].map(actor => listPortalIssuers(actor)[0]?.mayAgree)).toEqual([false, true])
    expect(statusOf(() => agreePortalIssuer(first, id))).toBe(403)
    agreePortalIssuer(administrator(), id)
    expect(parts()).toEqual([['portal_national', '4phu']])
    expect(statusOf(() => agreePortalIssuer(administrator(), id))).toBe(404)
    endPortalIssuer(first, id)
    expect(parts()).toEqual([])
    expect(statusOf(() => endPortalIssuer(first, id))).toBe(404)
    expect(statusOf(() => listPortalIssuers(head))).toBe(403)
    expect(statusOf(() => enterPortalIssuer(head, issuerAt(national)))).toBe(403)
  })

  it('holds on its days, and a newer one takes its place from its own first day', async () => {
    record(national, { clientId: 'cũ', validToOn: '2024-06-20' })
    record(national, { clientId: 'mới', validFromOn: '2024-06-15' })
    const seen = ['2024-04-03', '2024-04-04', '2024-06-14', '2024-06-15', '2024-06-21'].map(day => parts(day)[0]?.[1])
    expect(seen).toEqual([undefined, 'cũ', 'cũ', 'mới', 'mới'])
    withdraw('portal_national')
    record(national, { validFromOn: '2024-06-13' })
    await expect(leaveFor('portal_national')).rejects.toMatchObject({ kind: 'not_found' })
    on('2024-06-13')
    expect(await prove()).toBe('cong-da-chung-minh')
  })

  it('is one portal’s at a time: one act proves one part', () => {
    record(national)
    const other = issuerAt(national, { part: 'portal_provincial' })
    expect(enterPortalIssuer(administrator(), other)).toEqual({
      ok: false,
      problems: [{ field: 'issuer', reason: 'issuer_of_other_portal' }],
    })
    withdraw('portal_national')
    expect(enterPortalIssuer(administrator(), other)).toEqual({ ok: true })
  })

  it('keeps its secret sealed: in no column, event or answer in clear, and yet signs in', async () => {
    record(national)
    expect(await prove()).toBe('cong-da-chung-minh')
    const kept = [
      prepared('select * from event').all(),
      listPortalIssuers(administrator()),
      prepared<{ cipher: Buffer }>('select client_secret_cipher as cipher from portal_issuer')
        .all()
        .map(({ cipher }) => cipher.toString('latin1')),
    ]
    expect(JSON.stringify(kept)).not.toContain(PROVIDER_SECRET)
  })

  it('may tell the level in another claim, a number too', async () => {
    record(national, { assuranceClaim: 'muc', levels: '2' })
    national.person = { number: person.number, level: 1 }
    expect(await prove()).toBe('cong-dau-hieu')
    national.person = { number: person.number, level: 2 }
    expect(await prove()).toBe('cong-da-chung-minh')
  })

  it('comes in on the page of one administrator, and is agreed to on that of another', async () => {
    const [first, second] = [await visitor(administrator()), await visitor(administrator())]
    const { levels, ...typed } = issuerAt(national)
    const form = { ...typed, levels: levels.join(' '), validToOn: '' }
    const refused = (await first.ask(
      page.action,
      PAGE,
      {},
      { ...form, issuer: 'http://cong.example', source: '' },
    )) as {
      lastResult: { error: Record<string, string[]>; initialValue: Record<string, string> }
    }
    expect(Object.keys(refused.lastResult.error).sort()).toEqual(['issuer', 'source'])
    expect(refused.lastResult.initialValue).toMatchObject({ issuer: 'http://cong.example', clientId: '4phu' })
    expect(JSON.stringify(refused)).not.toContain(PROVIDER_SECRET)
    expect(await first.send(page.action, PAGE, {}, form)).toContain('da-them')
    const issuerId = String(listPortalIssuers(administrator())[0]?.id)
    expect(await second.send(page.action, PAGE, {}, { step: 'agree', issuerId })).toContain('da-dong-y')
    expect(parts()).toHaveLength(1)
    expect(await first.send(page.action, PAGE, {}, { step: 'end', issuerId })).toContain('da-thoi')
    expect(parts()).toEqual([])
  })

  it.each([
    { issuer: 'http://cong.example' },
    { issuer: 'cong.example' },
    { issuer: 'https://ten:mat-khau@cong.example' },
    { issuer: 'https://cong.example/?a=1' },
    { numberClaim: 'số định danh' },
    { assuranceClaim: 'mức xác thực' },
    { clientSecret: '' },
    { source: ' ' },
    { validFromOn: '2024-06-12', validToOn: '2024-06-11' },
  ])('is not taken with %j', changes => {
    const typed = { ...issuerAt(national), levels: '', validToOn: '', ...changes }
    expect(portalIssuerInput.safeParse(typed).success).toBe(false)
  })

  it('asks for openid whatever scopes were typed', () => {
    expect(issuerAt(national, { scope: 'dinh_danh  profile' }).scope).toBe('openid dinh_danh profile')
    expect(issuerAt(national).scope).toBe('openid profile')
  })
})
