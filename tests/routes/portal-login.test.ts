import type { LoaderFunctionArgs } from '@remix-run/node'
import { eq } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { type PortalSettings, portalSettings, providerSettings } from '#app/access/provider.server.ts'
import { startSession } from '#app/access/session.server.ts'
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
import { loader as leave } from '#app/routes/obligation/portal.ts'
import { loader as comeBack } from '#app/routes/obligation/portal-return.ts'
import { loader as leaveToSignIn } from '#app/routes/sign-in/provider.ts'
import { loader as comeBackSignedIn } from '#app/routes/sign-in/provider-return.ts'
import { prepared } from '#db/client.server.ts'
import { matchHash } from '#db/keys.server.ts'
import { official } from '#db/schema.ts'
import { makeContext } from '#tests/context.ts'
import { CAMPAIGN, done, dropChecked, grantTo, makeOfficial, makeProvince, unitNamed } from '#tests/make.ts'
import { cookiesOf, PROVIDER_SECRET, startProvider, type TestProvider, walkProvider } from '#tests/oidc-provider.ts'

const APP = 'http://127.0.0.1:3230'
const RETURN = `${APP}/nghia-vu/cong/tra-ve`
const SIGN_IN_RETURN = `${APP}/dang-nhap/cong-tinh/tra-ve`

let national: TestProvider
let provincial: TestProvider

beforeAll(async () => {
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
})
afterEach(() => {
  expect(recount(CAMPAIGN)).toEqual([])
  expect(settledOf(CAMPAIGN, [person.officialId])).toEqual([])
  dropChecked()
})

const envOf = (changes: Record<string, string> = {}) => ({
  PORTAL_NATIONAL_ISSUER: national.issuer,
  PORTAL_NATIONAL_CLIENT_ID: '4phu',
  PORTAL_NATIONAL_CLIENT_SECRET: PROVIDER_SECRET,
  PORTAL_NATIONAL_NUMBER_CLAIM: 'so_dinh_danh',
  PORTAL_PROVINCIAL_ISSUER: provincial.issuer,
  PORTAL_PROVINCIAL_CLIENT_ID: '4phu',
  PORTAL_PROVINCIAL_CLIENT_SECRET: PROVIDER_SECRET,
  PORTAL_PROVINCIAL_NUMBER_CLAIM: 'so_dinh_danh',
  ...changes,
})

type Way = { portals?: PortalSettings[]; accountId?: number }

async function argsOf(url: string, part: string, { portals = portalSettings(envOf()), accountId }: Way, cookie = '') {
  const own = await startSession(accountId ?? person.accountId, { campaignId: CAMPAIGN, userAgent: '', isProven: true })
  return {
    request: new Request(url, { headers: { Cookie: [own.split(';')[0], cookie].filter(Boolean).join('; ') } }),
    params: { part },
    context: makeContext({ publicUrl: APP, portals }),
  } as LoaderFunctionArgs
}

/** Leaves for a portal and comes back; returns what the page of the parts says. */
async function prove(part: ObligationPart = 'portal_national', way: Way = {}) {
  const left = await leave(await argsOf(`${APP}/nghia-vu/${part}/dang-nhap`, part, way))
  const url = await walkProvider(left.headers.get('Location') ?? '', RETURN)
  return await notice(await comeBack(await argsOf(url, '', way, cookiesOf(left))))
}
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
    expect(await prove('portal_national', { accountId: other.accountId })).toBe('cong-khac-so')
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
    const portals = portalSettings(envOf({ PORTAL_NATIONAL_ACR: 'muc-2 muc-3' }))
    national.person = { number: person.number, acr: 'muc-2-chua' }
    expect(await prove('portal_national', { portals })).toBe('cong-dau-hieu')
    expect([standing()[0], logins()]).toEqual(['missing', [['portal_national', 'sign']]])
    national.person = { number: person.number, acr: 'muc-2' }
    expect(await prove('portal_national', { portals })).toBe('cong-da-chung-minh')
    expect(logins()).toEqual([['portal_national', 'proof']])
  })

  it('that is withdrawn proves nothing more; what it proved stays with its day', async () => {
    await prove()
    const portals = portalSettings(envOf()).filter(({ part }) => part !== 'portal_national')
    const way = await argsOf(`${APP}/nghia-vu/portal_national/dang-nhap`, 'portal_national', { portals })
    await expect(leave(way)).rejects.toMatchObject({ kind: 'not_found' })
    expect(standing()[0]).toBe('verified')
  })

  it('that cannot be reached says so, and a return without leaving is begun again', async () => {
    const down = portalSettings(envOf({ PORTAL_NATIONAL_ISSUER: 'http://127.0.0.1:9' }))
    const way = { portals: down }
    const left = await leave(await argsOf(`${APP}/nghia-vu/portal_national/dang-nhap`, 'portal_national', way))
    expect(notice(left)).toBe('cong-khong-mo')
    expect(notice(await comeBack(await argsOf(`${RETURN}?code=a&state=b`, '', {})))).toBe('cong-lam-lai')
  })

  it('of one portal does not answer for the other: the code is not redeemed there', async () => {
    const left = await leave(await argsOf(`${APP}/nghia-vu/portal_national/dang-nhap`, 'portal_national', {}))
    const url = await walkProvider(left.headers.get('Location') ?? '', RETURN)
    const swapped = portalSettings(
      envOf({ PORTAL_NATIONAL_ISSUER: provincial.issuer, PORTAL_PROVINCIAL_ISSUER: national.issuer }),
    )
    expect(notice(await comeBack(await argsOf(url, '', { portals: swapped }, cookiesOf(left))))).toBe('cong-lam-lai')
    expect(rowOf('portal_national')).toBeUndefined()
  })
})

describe('signing in to the application', () => {
  async function signIn(portals: PortalSettings[]) {
    const provider = providerSettings({
      OIDC_ISSUER: provincial.issuer,
      OIDC_CLIENT_ID: '4phu',
      OIDC_CLIENT_SECRET: PROVIDER_SECRET,
    })
    const args = (url: string, cookie = '') =>
      ({
        request: new Request(url, { headers: { Cookie: cookie } }),
        params: {},
        context: makeContext({ publicUrl: APP, provider, portals }),
      }) as LoaderFunctionArgs
    const username = prepared<string>('select login from account where id = ?').pluck().one(person.accountId)
    provincial.person = { username, number: person.number }
    const left = await leaveToSignIn(args(`${APP}/dang-nhap/cong-tinh`))
    const url = await walkProvider(left.headers.get('Location') ?? '', SIGN_IN_RETURN)
    const back = await comeBackSignedIn(args(url, cookiesOf(left)))
    expect(cookiesOf(back)).toContain('__Host-phien=')
  }

  it('by the portal’s own issuer proves that part', async () => {
    await signIn(portalSettings(envOf()))
    expect(standing()).toEqual(['missing', 'verified'])
  })

  it('by any other issuer leaves a sign, once, and proves nothing', async () => {
    const portals = portalSettings(envOf()).filter(({ part }) => part === 'portal_national')
    await signIn(portals)
    await signIn(portals)
    expect(logins()).toEqual([[null, 'sign']])
    expect(prepared("select count(*) from event where subject = 'portal_login'").pluck().get()).toBe(1)
    expect(prepared('select count(*) from obligation where official_id = ?').pluck().get(person.officialId)).toBe(0)
  })
})

describe('the settings', () => {
  it.each<[Record<string, string>, RegExp]>([
    [{ PORTAL_NATIONAL_CLIENT_ID: '' }, /together/],
    [{ PORTAL_NATIONAL_NUMBER_CLAIM: '' }, /PORTAL_NATIONAL_NUMBER_CLAIM/],
    [{ PORTAL_NATIONAL_ISSUER: 'http://cong.example' }, /https/],
  ])('%j', (changes, reason) => {
    expect(() => portalSettings(envOf(changes))).toThrow(reason)
  })

  it('none is none, and both portals are two issuers', () => {
    expect(portalSettings({})).toEqual([])
    expect(() => portalSettings(envOf({ PORTAL_PROVINCIAL_ISSUER: national.issuer }))).toThrow(/two issuers/)
  })
})
