import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ActionFunctionArgs } from '@remix-run/node'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startSession } from '#app/access/session.server.ts'
import { EVERY_TERM, heldTerms } from '#app/domain/terms.ts'
import { checkSignIn } from '#app/queries/account.server.ts'
import { currentClosing } from '#app/queries/closing.server.ts'
import { recomputeHash } from '#app/queries/closing-rows.server.ts'
import { walkEventChain } from '#app/queries/event-chain.server.ts'
import { campaignIds, recount, rulesOf } from '#app/queries/judging/index.server.ts'
import { forgetRules } from '#app/queries/judging/rules.server.ts'
import { findPlan, termWordsOf } from '#app/queries/plan.server.ts'
import { currentProvince } from '#app/queries/province.server.ts'
import { action as takeFromPhone } from '#app/routes/help/send-outbox.ts'
import { closeDatabase, db, openDatabase, prepared } from '#db/client.server.ts'
import { forgetKeys, useMasterKey } from '#db/keys.server.ts'
import { migrateDatabase } from '#db/migration.server.ts'
import { MIGRATIONS, pendingOf, readMigrations } from '#db/schema-version.server.ts'
import { makeContext, ORIGIN } from '#tests/context.ts'
import { type Release, unpackRelease } from '#tests/fixtures/release.ts'

const migrations = readMigrations(MIGRATIONS)
const VERSIONS = readdirSync('tests/fixtures/releases')

/** How many migrations each version had when it came out. */
const HAD: Record<string, number> = { '0.1': 1 }

describe.each(VERSIONS)('a province of release %s', version => {
  let folder: string
  let release: Release
  let before: { count: number; pending: number }

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'release-'))
    const file = join(folder, 'campaign.sqlite')
    release = unpackRelease(version, file)
    useMasterKey(release.masterKey)
    forgetKeys()
    forgetRules()
    openDatabase(file)
    // the campaign's clock went on since the province was made, by another machine's clock
    prepared('update clock set real_at = ?').run(Date.now())
    before = { count: countEvents(), pending: pendingOf(db.$client, migrations).length }
    migrateDatabase(MIGRATIONS)
  })
  afterEach(() => {
    closeDatabase()
    rmSync(folder, { recursive: true, force: true })
  })

  const countEvents = () => prepared('select count(*) from event').pluck().get() as number
  const differences = () => campaignIds().flatMap(campaignId => recount(campaignId))

  it('is brought to this version: nothing pending, the recount without a difference, the chain whole', () => {
    expect(before.pending).toBe(migrations.length - (HAD[version] ?? 0))
    expect(pendingOf(db.$client, migrations)).toEqual([])
    expect(db.$client.pragma('integrity_check', { simple: true })).toBe('ok')
    expect(differences()).toEqual([])
    expect(walkEventChain('')).toMatchObject({ count: before.count, brokenAt: null })
  })

  it('has what later versions keep as data: articles, a province, the campaign of files, everything held', () => {
    const { code, articles } = findPlan(1)
    expect(code).toBe('128/KH-UBND')
    expect(articles['IV.1']?.quote).toContain('Đợt cao điểm thực hiện trong thời gian 90 ngày')
    expect(currentProvince()).toMatchObject({ code: '70', name: 'Bình Phước' })
    const lost =
      'select count(*) from stored_file where campaign_id is null and id in (select evidence_file_id from obligation)'
    expect(prepared<number>(lost).pluck().one()).toBe(0)
    expect(heldTerms(rulesOf(1).regulation)).toEqual(heldTerms(EVERY_TERM))
    expect(termWordsOf(1)).toEqual({})
  })

  it('keeps its frozen closing, and lets its people in', async () => {
    const closing = currentClosing(1)
    expect(closing && recomputeHash(closing)).toBe(closing?.hash)
    expect(closing?.hash).toMatch(/./)
    expect(await checkSignIn(release.login, release.password)).toEqual({ accountId: release.outbox.accountId })
    expect(prepared('select count(*) from help').pluck().get()).toBeGreaterThanOrEqual(100)
  })

  it('takes what a phone of that version held back, once, though it is sent twice', async () => {
    const cookie = (
      await startSession(release.outbox.accountId, { campaignId: 1, userAgent: 'x', isProven: false })
    ).split(';')[0]
    const send = async () => {
      const request = new Request(`${ORIGIN}/ho-tro/gui`, {
        method: 'POST',
        headers: { Cookie: cookie ?? '', Origin: ORIGIN, 'Content-Type': 'application/json' },
        body: JSON.stringify(release.outbox),
      })
      const answer = await takeFromPhone({
        request,
        params: {},
        context: makeContext(),
      } as ActionFunctionArgs)
      return { status: answer.status, body: (await answer.json()) as { kind: string; helpId: number } }
    }
    const help = () => prepared('select count(*) from help').pluck().get() as number
    const had = help()
    const first = await send()
    expect(first).toMatchObject({ status: 200, body: { kind: 'saved' } })
    expect(await send()).toEqual(first)
    expect(help()).toBe(had + 1)
    const [, key] = release.outbox.entries.find(([name]) => name === 'submissionKey') ?? []
    expect(prepared('select submission_key from help where id = ?').pluck().get(first.body.helpId)).toBe(key)
    expect(differences()).toEqual([])
    expect(walkEventChain('')?.brokenAt).toBeNull()
  })
})
