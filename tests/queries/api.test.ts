import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Token } from '#app/access/policy.ts'
import { type Action, can, MATRIX } from '#app/access/policy.ts'
import type { ApiScope } from '#app/domain/vocabulary.ts'
import {
  apiAssessments,
  apiDayTallies,
  apiLocalityTallies,
  apiReports,
  apiTargets,
  apiUnits,
  apiUnitTallies,
} from '#app/queries/api.server.ts'
import { findToken, issueToken, listTokens, revokeToken } from '#app/queries/api-token.server.ts'
import { checkEventChain } from '#app/queries/event-chain.server.ts'
import { checkUpload, uploadExtract } from '#app/queries/extract.server.ts'
import { recordHelp } from '#app/queries/help.server.ts'
import { db, prepared } from '#db/client.server.ts'
import { account, apiToken, unit } from '#db/schema.ts'
import { closeForGood } from '#tests/closing.ts'
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
  recordMany,
  statusOf,
  unitNamed,
} from '#tests/make.ts'

beforeEach(() => makeProvince())
afterEach(dropProvince)

const office = () =>
  grantTo(makeOfficial(unitNamed('Sở Y tế').id).actor, 'campaign_office', unitNamed('Tỉnh Bình Phước').id)

function issue(place: string, scopes: ApiScope[] = ['read'], days = 30) {
  const by = office()
  const made = issueToken(by, CAMPAIGN, { name: 'Phần mềm khác', unitId: unitNamed(place).id, scopes, days })
  if (!made.ok) throw new Error(JSON.stringify(made))
  return { ...made, by }
}

function actorAt(place: string, scopes: ApiScope[] = ['read']): Token {
  const found = findToken(issue(place, scopes).token)
  if (!found) throw new Error('no token')
  return found.actor
}

const ALL = { limit: 200 }

describe('a token', () => {
  it('is kept as its SHA-256, acts in its campaign with its scopes over its unit, and notes the day of its use', () => {
    const { token, tokenId } = issue('Sở Nội vụ', ['read', 'figures'])
    const row = db.select().from(apiToken).where(eq(apiToken.id, tokenId)).get()
    expect(row?.tokenHash).toMatch(/^[0-9a-f]{64}$/)
    expect(JSON.stringify(row)).not.toContain(token)
    expect(findToken(token)).toMatchObject({
      campaignId: CAMPAIGN,
      actor: { kind: 'token', tokenId, scopes: ['read', 'figures'], unitPath: unitNamed('Sở Nội vụ').path },
    })
    expect(db.select().from(apiToken).where(eq(apiToken.id, tokenId)).get()?.usedOn).toBe('2024-06-12')
  })

  it.each<[string, (made: ReturnType<typeof issue>) => unknown]>([
    ['revoked', ({ by, tokenId }) => revokeToken(by, CAMPAIGN, tokenId)],
    [
      'expired',
      ({ tokenId }) =>
        db
          .update(apiToken)
          .set({ expiresAt: Date.now() - 1 })
          .where(eq(apiToken.id, tokenId))
          .run(),
    ],
    ['of a closed unit', () => db.update(unit).set({ closedOn: '2024-06-01' }).where(eq(unit.name, 'Sở Nội vụ')).run()],
    [
      'of an issuer who may no longer sign in',
      ({ by }) => db.update(account).set({ disabledAt: 1 }).where(eq(account.id, by.accountId)).run(),
    ],
  ])('is none any more when %s', (_, end) => {
    const made = issue('Sở Nội vụ')
    expect(findToken(made.token)).toBeDefined()
    end(made)
    expect(findToken(made.token)).toBeUndefined()
    expect(findToken(`${made.token}x`)).toBeUndefined()
  })

  it('is issued, listed and revoked by the campaign office alone, on record', () => {
    const { by, tokenId, token } = issue('Sở Nội vụ')
    for (const role of ['admin', 'head', 'home_affairs', 'province_leader', 'auditor'] as const) {
      const other = grantTo(makeOfficial(unitNamed('Sở Y tế').id).actor, role, 1)
      const input = { name: 'x', unitId: unitNamed('Sở Nội vụ').id, scopes: ['read' as const], days: 1 }
      expect(
        statusOf(() => listTokens(other, CAMPAIGN)),
        role,
      ).toBe(403)
      expect(
        statusOf(() => issueToken(other, CAMPAIGN, input)),
        role,
      ).toBe(403)
      expect(
        statusOf(() => revokeToken(other, CAMPAIGN, tokenId)),
        role,
      ).toBe(403)
    }
    revokeToken(by, CAMPAIGN, tokenId)
    expect(statusOf(() => revokeToken(by, 2, tokenId))).toBe(404)
    const events = prepared(`select verb, data from event where subject = 'api_token' order by id`).all()
    expect(events.map(row => (row as { verb: string }).verb)).toEqual(['issue', 'revoke'])
    expect(JSON.stringify(events)).not.toContain(token.slice(5))
    const auditor = grantTo(makeOfficial(1).actor, 'auditor', 1)
    expect(checkEventChain(auditor)?.brokenAt).toBeNull()
  })

  it('carries extracts only at the root', () => {
    const input = { name: 'x', unitId: unitNamed('Sở Nội vụ').id, scopes: ['extracts' as const], days: 1 }
    expect(issueToken(office(), CAMPAIGN, input)).toEqual({
      ok: false,
      problems: [{ field: 'scopes', reason: 'scope_at_root_only' }],
    })
  })

  it('may do nothing to a person, whatever its scopes', () => {
    const actor = actorAt('Tỉnh Bình Phước', ['read', 'figures', 'extracts'])
    const { officialId } = makeOfficial(unitNamed('Sở Nội vụ').id)
    const target = { unitPath: unitNamed('Sở Nội vụ').path, officialId }
    const allowed = (Object.keys(MATRIX) as Action[]).filter(action => can(actor, action, target))
    expect(allowed.filter(action => 'persons' in MATRIX[action])).toEqual([])
    expect(allowed.filter(action => /^help|^official|^evidence|^account|^event|manage/.test(action))).toEqual([])
  })
})

describe('what a token reads', () => {
  it('is its own subtree', () => {
    const actor = actorAt('Thành phố Đồng Xoài')
    const root = unitNamed('Thành phố Đồng Xoài')
    const own = db
      .select()
      .from(unit)
      .all()
      .filter(row => row.path.startsWith(root.path))
    const ids = apiUnits(actor, ALL).items.map(row => row.id)
    expect(ids).toEqual(own.map(row => row.id).sort((a, b) => a - b))
    expect(apiUnits(actor, ALL).items.find(row => row.id === root.id)?.parentId).toBeNull()
    expect(apiUnitTallies(actor, CAMPAIGN, ALL).items.map(row => row.unitId)).toEqual(ids)
    expect(apiAssessments(actor, CAMPAIGN, ALL).items.map(row => row.unitId)).toEqual(ids)
    expect(
      apiLocalityTallies(actor, CAMPAIGN, ALL).items.every(row => row.code === '689' || row.level === 'commune'),
    ).toBe(true)
    expect(apiDayTallies(actor, CAMPAIGN, { ...ALL, unitId: 1 })).toBeUndefined()
    expect(apiDayTallies(actor, CAMPAIGN, { ...ALL, localityCode: '70' })).toBeUndefined()
    expect(apiDayTallies(actor, CAMPAIGN, { ...ALL, unitId: root.id })).toBeDefined()
    // both parameters are optional: without them it is the token's own unit
    expect(apiDayTallies(actor, CAMPAIGN, ALL)).toEqual(apiDayTallies(actor, CAMPAIGN, { ...ALL, unitId: root.id }))
    expect(apiReports(actor, CAMPAIGN, actor.unitPath, ALL).items.every(row => ids.includes(row.unitId))).toBe(true)
  })

  it('is nothing without its scope', () => {
    const actor = actorAt('Thành phố Đồng Xoài', ['figures'])
    expect(apiUnits(actor, ALL).items).toEqual([])
    expect(apiLocalityTallies(actor, CAMPAIGN, ALL).items).toEqual([])
  })

  it('comes page by page, each row once', () => {
    const actor = actorAt('Tỉnh Bình Phước')
    const seen: number[] = []
    let after: string | undefined
    do {
      const page = apiUnits(actor, { limit: 17, after })
      seen.push(...page.items.map(row => row.id))
      after = page.next ?? undefined
    } while (after !== undefined)
    expect(seen).toEqual(
      db
        .select()
        .from(unit)
        .all()
        .map(row => row.id)
        .sort((a, b) => a - b),
    )
  })

  it('counts results of units of five or more, and the days of records', () => {
    const people = Array.from({ length: 6 }, () => makeOfficial(unitNamed('Sở Nội vụ').id))
    for (let n = 0; n < 4; n++) makeOfficial(unitNamed('Sở Tư pháp').id)
    const first = people[0] as (typeof people)[number]
    const made = recordHelp(first.actor, CAMPAIGN, { officialId: first.officialId, input: helpForm(1) })
    if (!made.ok) throw new Error('not recorded')
    confirmNow(grantTo(makeOfficial(1).actor, 'head', 1), CAMPAIGN, [made.helpId])
    const actor = actorAt('Tỉnh Bình Phước')
    const of = (name: string) => apiAssessments(actor, CAMPAIGN, ALL).items.find(row => row.name === name)
    expect(of('Sở Nội vụ')).toMatchObject({ officials: 6, results: { not_completed_open: 6 } })
    expect(of('Sở Tư pháp')).toMatchObject({ officials: 4, results: null })
    expect(apiDayTallies(actor, CAMPAIGN, { ...ALL, unitId: unitNamed('Sở Nội vụ').id })?.items).toEqual([
      { day: '2024-04-04', reported: 1, counted: 1, verified: 0 },
    ])
  })

  it('rests on the frozen version after the close, and on today where that is asked for (A7)', async () => {
    const people = Array.from({ length: 6 }, () => makeOfficial(unitNamed('Sở Nội vụ').id))
    const first = people[0] as (typeof people)[number]
    const helpIds = recordMany(first, 2)
    const head = makeReader('head')
    const actor = actorAt('Tỉnh Bình Phước')
    expect(apiAssessments(actor, CAMPAIGN, ALL)).toMatchObject({
      campaign: '128/KH-UBND',
      basis: 'live',
      version: null,
    })
    await closeForGood()
    confirmNow(head, CAMPAIGN, helpIds)
    const tally = (basis?: 'live' | 'frozen') => apiUnitTallies(actor, CAMPAIGN, { ...ALL, basis })
    const of = (name: string, basis?: 'live') => tally(basis).items.find(row => row.name === name)
    expect(tally()).toMatchObject({ campaign: '128/KH-UBND', basis: 'frozen', version: 1, isProvisional: false })
    expect(tally('live')).toMatchObject({ basis: 'live', version: null })
    expect(of('Sở Nội vụ')).toMatchObject({ officials: 6, reported: 2, counted: 0, targets: 60, awaiting: null })
    expect(of('Sở Nội vụ', 'live')).toMatchObject({ officials: 6, reported: 2, counted: 2, awaiting: 0 })
    expect(of('Tỉnh Bình Phước')?.reported).toBe(2)
    expect(of('Tỉnh Bình Phước')?.officials).toBe(of('Tỉnh Bình Phước', 'live')?.officials)
    expect(apiAssessments(actor, CAMPAIGN, ALL).items.find(row => row.name === 'Sở Nội vụ')).toMatchObject({
      officials: 6,
      results: { not_completed_open: 6 },
    })
    expect(apiDayTallies(actor, CAMPAIGN, { ...ALL, unitId: unitNamed('Sở Nội vụ').id })).toMatchObject({
      basis: 'live',
    })
  })

  it('has the annex with its printed totals', () => {
    const { items, totals } = apiTargets(CAMPAIGN)
    expect(items).toHaveLength(11)
    expect(totals.eid_activated).toEqual({ total: 357_048, daily: 3974 })
  })
})

describe('an extract by token', () => {
  const input = { source: 'police' as const, asOfOn: '2024-06-10', isFullList: false, localities: [], carriers: [] }
  const file = { input, fileName: 'a.csv', bytes: new TextEncoder().encode('so_dinh_danh\n070090000001\n') }

  it('is taken and left to a person', () => {
    expect(checkUpload(input)).toEqual([])
    const { extractId } = done(uploadExtract(actorAt('Tỉnh Bình Phước', ['extracts']), CAMPAIGN, file))
    const row = prepared('select state, uploaded_by as by from extract where id = ?').get(extractId)
    expect(row).toEqual({ state: 'reading', by: null })
    const event = prepared(`select actor_kind as kind, data from event where subject = 'extract'`).get() as {
      kind: string
      data: string
    }
    expect(event.kind).toBe('token')
    expect(JSON.parse(event.data)).toHaveProperty('tokenId')
  })

  it('is refused to a token that only reads', () => {
    expect(statusOf(() => uploadExtract(actorAt('Tỉnh Bình Phước'), CAMPAIGN, file))).toBe(403)
  })
})
