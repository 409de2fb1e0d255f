import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Person } from '#app/access/policy.ts'
import { articleFields, readPlanWords } from '#app/domain/article.ts'
import { PLAN_128 } from '#app/domain/regulation.ts'
import { reminderParts } from '#app/domain/reminder.ts'
import { publishWhenDue } from '#app/jobs/publish.server.ts'
import {
  campaignBySlug,
  campaignsAtWork,
  createCampaign,
  defaultCampaignId,
  rememberCampaign,
} from '#app/queries/campaign.server.ts'
import { setDelivery, takeDigest } from '#app/queries/digest-account.server.ts'
import { hasDisputes } from '#app/queries/dispute.server.ts'
import { findGoLive } from '#app/queries/go-live.server.ts'
import { permitBatch } from '#app/queries/import-batch.server.ts'
import { insertOffer, offersToAnswer, withdrawOffer } from '#app/queries/join-offer.server.ts'
import { writeUnjudged } from '#app/queries/judging/index.server.ts'
import { findPlan, noteReviewed, openCampaigns, setPlanWords, unreviewedOf } from '#app/queries/plan.server.ts'
import { readPublicBoard } from '#app/queries/public-board.server.ts'
import { latestPublication } from '#app/queries/publication.server.ts'
import { openFile, storeEvidence } from '#app/queries/stored-file.server.ts'
import { formTeam } from '#app/queries/team.server.ts'
import { cite } from '#app/text/plan.ts'
import { digestMail } from '#app/text/reminder.ts'
import { db, prepared } from '#db/client.server.ts'
import { readPlan } from '#db/reference.server.ts'
import { importBatch } from '#db/schema.ts'
import {
  CAMPAIGN,
  done,
  dropProvince,
  grantTo,
  makeOfficial,
  makeProvince,
  recordMany,
  statusOf,
  toldBy,
  unitNamed,
} from '#tests/make.ts'

const TODAY = '2024-06-12'
let office: Person
let second: number

beforeEach(() => {
  makeProvince()
  office = grantTo(makeOfficial(unitNamed('Sở Tài chính').id).actor, 'campaign_office', 1)
  second = done(
    createCampaign(office, {
      code: '250/KH-UBND',
      name: 'Đợt thứ hai',
      issuer: 'UBND tỉnh',
      issuedOn: '2024-05-01',
      parameters: { ...PLAN_128, startsOn: '2024-05-05', endsOn: '2024-08-30', finalReportOn: '2024-09-10', quota: 5 },
      annexOf: null,
      unreviewed: ['articles', 'readings'],
    }),
  ).campaignId
})
afterEach(dropProvince)

describe('two campaigns that run', () => {
  it('are shown to nobody in particular as the one that began first, to an account as the one it used last', () => {
    const { accountId } = makeOfficial(1)
    expect(defaultCampaignId(TODAY)).toBe(CAMPAIGN)
    expect(defaultCampaignId(TODAY, accountId)).toBe(CAMPAIGN)
    rememberCampaign(accountId, second)
    expect(defaultCampaignId(TODAY, accountId)).toBe(second)
    expect(defaultCampaignId('2024-05-04', accountId)).toBe(CAMPAIGN)
  })

  it('have each their address and their public board', () => {
    expect(campaignBySlug('250-kh-ubnd')?.id).toBe(second)
    expect(campaignBySlug('1-kh-ubnd')).toBeUndefined()
    const anonymous = { kind: 'anonymous' } as const
    expect(readPublicBoard(anonymous).campaign.code).toBe('128/KH-UBND')
    expect(readPublicBoard(anonymous, second).campaign).toMatchObject({ code: '250/KH-UBND', headline: 'Đợt thứ hai' })
  })

  it('are both published by the job', async () => {
    prepared("update job set state = 'done'").run()
    await publishWhenDue()
    for (const campaignId of [CAMPAIGN, second])
      expect(latestPublication({ kind: 'anonymous' }, campaignId)?.day).toBe(TODAY)
  })

  it('share no address', () => {
    const made = createCampaign(office, {
      code: '250 KH-UBND',
      name: 'x',
      issuer: 'x',
      issuedOn: TODAY,
      parameters: PLAN_128,
      annexOf: null,
    })
    expect(made).toMatchObject({ ok: false, problems: [{ reason: 'code_taken' }] })
  })
})

describe('a mail', () => {
  it('names each campaign, and its links lead into it', () => {
    const person = makeOfficial(unitNamed('Sở Nội vụ').id)
    setDelivery(person.actor, { email: 'a@binhphuoc.example', wantsDigest: true })
    recordMany(person, 1)
    const digest = takeDigest(person.accountId, campaignsAtWork(TODAY), TODAY)
    if (!digest) throw new Error('no digest')
    const { text } = digestMail(digest, { today: TODAY, address: 'https://4phu.example', isOne: false })
    const [, ofFirst = '', ofSecond = ''] = text.split(/Đợt cao điểm theo KH /)
    expect(ofFirst).toMatch(/^128\/KH-UBND/)
    expect(ofFirst).toContain('https://4phu.example/dot?dot=128-kh-ubnd&den=%2Fho-tro%2Fmoi')
    expect(ofSecond).toMatch(/^250\/KH-UBND/)
    expect(ofSecond).toContain('Cần thêm 5 người dân')
    expect(ofSecond).toContain('https://4phu.example/dot?dot=250-kh-ubnd&den=')
  })

  it('says once what waits in every campaign alike', () => {
    const reminder = (kind: 'citizens' | 'transfers') => ({ kind, count: 1, dueOn: null, unit: null })
    const of = (code: string) => ({ code, reminders: [reminder('citizens'), reminder('transfers')] })
    expect(reminderParts([of('1'), of('2')])).toEqual([
      { code: '1', reminders: [reminder('citizens')] },
      { code: '2', reminders: [reminder('citizens')] },
      { code: null, reminders: [reminder('transfers')] },
    ])
  })
})

describe('from a session of the other campaign', () => {
  it('a file is not found', () => {
    const { actor, officialId } = makeOfficial(unitNamed('Sở Nội vụ').id)
    const file = { mediaType: 'application/pdf' as const, content: Buffer.from('%PDF-1.7') }
    const fileId = storeEvidence(actor, CAMPAIGN, officialId, file)
    expect(openFile(actor, second, fileId)).toBeUndefined()
    expect(openFile(actor, CAMPAIGN, fileId)?.content.toString()).toBe('%PDF-1.7')
  })

  it('an uploaded list is not found; a roster is of all', () => {
    const add = (kind: 'help' | 'roster', campaignId: number | null) =>
      db
        .insert(importBatch)
        .values({
          kind,
          unitId: 1,
          fileName: 'x',
          planCipher: Buffer.alloc(0),
          createdAt: 1,
          createdBy: office.accountId,
          campaignId,
        })
        .returning()
        .get().id
    const [list, roster] = [add('help', CAMPAIGN), add('roster', null)]
    expect(statusOf(() => permitBatch(second, list))).toBe(404)
    expect(statusOf(() => permitBatch(CAMPAIGN, list))).toBeNull()
    expect(statusOf(() => permitBatch(second, roster))).toBeNull()
  })

  it('an offer of a place in a team is neither listed nor taken back', () => {
    const unit = unitNamed('UBND xã Tân Thành')
    const head = grantTo(makeOfficial(unit.id).actor, 'head', unit.id)
    const outsider = makeOfficial(unitNamed('Sở Nội vụ').id)
    const input = { kind: 'volunteer' as const, name: 'Tổ 1', hamlet: '', decisionNumber: '' }
    const teamId = formTeam(head, CAMPAIGN, { unitId: unit.id, input })
    const { officialId } = outsider
    const offerId = writeUnjudged(tx =>
      insertOffer(tx, head, { officialId, unitId: unit.id, chapterId: null, teamId, fromOn: TODAY }),
    )
    expect(offersToAnswer(outsider.actor, second)).toEqual([])
    expect(offersToAnswer(outsider.actor, CAMPAIGN)).toHaveLength(1)
    expect(statusOf(() => withdrawOffer(head, second, offerId))).toBe(404)
    expect(hasDisputes(second, '/1/')).toBe(false)
  })
})

describe('the plan that is quoted', () => {
  it('is the campaign’s own, never another’s', () => {
    expect(cite(findPlan(CAMPAIGN), 'IV.1').quote).toContain('90 ngày')
    expect(cite(findPlan(second), 'IV.1')).toEqual({ article: 'Kế hoạch 250/KH-UBND', quote: '' })
    setPlanWords(office, second, {
      title: 'về việc hỗ trợ người dân',
      articles: { 'IV.1': { label: 'Mục III.2', quote: 'Mỗi người hỗ trợ năm người dân.' } },
    })
    expect(cite(findPlan(second), 'IV.1')).toEqual({ article: 'Mục III.2', quote: 'Mỗi người hỗ trợ năm người dân.' })
    expect(cite(findPlan(CAMPAIGN), 'IV.1').article).toBe('Mục IV.1')
    expect(toldBy("subject = 'campaign' and verb = 'edit'")).toEqual([{ articles: 1 }])
    expect(statusOf(() => setPlanWords(makeOfficial(1).actor, second, { title: '', articles: {} }))).toBe(403)
  })

  it('of plan 128 is the same after an upgrade as at a founding', () => {
    const text = readFileSync('db/migrations/0008_set_up_as_data.sql', 'utf8')
    const [, json = ''] = /SET `articles` = '((?:[^']|'')*)'/.exec(text) ?? []
    expect(JSON.parse(json.replaceAll("''", "'"))).toEqual(readPlan('db/reference').articles)
    const founded = prepared('select headline, annex_as_of, annex_note from campaign where id = 1').get() as object
    for (const value of Object.values(founded)) expect(text).toContain(`'${value}'`)
  })

  it('is read from its form, where words need a place', () => {
    const { label, quote } = articleFields('IV.1')
    const typed = (fields: Record<string, string>) => readPlanWords(name => fields[name] ?? '')
    expect(typed({ [label]: ' Mục III ', [quote]: 'Mỗi người\n năm người.' })).toEqual({
      ok: true,
      title: '',
      articles: { 'IV.1': { label: 'Mục III', quote: 'Mỗi người năm người.' } },
    })
    expect(typed({ title: ' thực hiện\n đợt cao điểm ' })).toMatchObject({ ok: true, title: 'thực hiện đợt cao điểm' })
    expect(typed({ title: 'x'.repeat(501) })).toMatchObject({ ok: false, long: ['title'] })
    expect(typed({ [quote]: 'Mỗi người' })).toMatchObject({ ok: false, missing: [label] })
    expect(typed({ [label]: 'Mục III', [quote]: 'x'.repeat(3001) })).toMatchObject({ ok: false, long: [quote] })
    expect(typed({})).toEqual({ ok: true, title: '', articles: {} })
  })
})

describe('what a copy leaves open', () => {
  it('is on its page and in the go-live list until somebody has looked at it', () => {
    expect(openCampaigns(TODAY).map(({ code }) => code)).toEqual(['250/KH-UBND'])
    const operator = grantTo(makeOfficial(1).actor, 'admin', 1)
    const running = {
      isDemo: false,
      publicUrl: 'https://4phu.example',
      backupFolder: '/nowhere',
      replicaFolder: null,
      replicaLag: () => null,
    }
    const { open } = findGoLive(operator, running)
    noteReviewed(office, second, 'articles')
    expect(unreviewedOf(second)).toEqual(['readings'])
    noteReviewed(office, second, 'readings')
    noteReviewed(office, second, 'readings')
    expect(openCampaigns(TODAY)).toEqual([])
    expect(findGoLive(operator, running).open).toBe(open - 1)
    expect(toldBy("subject = 'campaign' and verb = 'edit'")).toEqual([
      { reviewed: 'articles' },
      { reviewed: 'readings' },
    ])
    expect(statusOf(() => noteReviewed(operator, second, 'readings'))).toBe(403)
  })
})
