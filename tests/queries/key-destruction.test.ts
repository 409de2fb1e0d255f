import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Role } from '#app/domain/vocabulary.ts'
import { removeIfDue } from '#app/jobs/retention.server.ts'
import { createOfficeAccount } from '#app/queries/account.server.ts'
import { listAccountNotices } from '#app/queries/account-notice.server.ts'
import { findByCode } from '#app/queries/citizen-answer.server.ts'
import { findCitizenLink, issueCitizenLink, listSlips } from '#app/queries/citizen-code.server.ts'
import { askByCode, listCitizenRequests } from '#app/queries/citizen-request.server.ts'
import { campaignNow, moveClock } from '#app/queries/clock.server.ts'
import { walkEventChain } from '#app/queries/event-chain.server.ts'
import { recordHelp } from '#app/queries/help.server.ts'
import { findHelp } from '#app/queries/help-view.server.ts'
import { change, recount } from '#app/queries/judging/index.server.ts'
import {
  confirmDestruction,
  findDestruction,
  proposeDestruction,
  withdrawDestruction,
} from '#app/queries/key-destruction.server.ts'
import { db, prepared } from '#db/client.server.ts'
import { closeForGood } from '#tests/closing.ts'
import {
  CAMPAIGN,
  done,
  dropChecked,
  grantTo,
  helpForm,
  makeOfficial,
  makeProvince,
  statusOf,
  unitNamed,
} from '#tests/make.ts'

beforeEach(() => makeProvince())
afterEach(dropChecked)

const officer = (role: Role) => grantTo(makeOfficial(unitNamed('Sở Y tế').id).actor, role, 1)

/** A record of an ordinary citizen, one of a member of staff, one of the official themself. */
function records() {
  makeOfficial(unitNamed('Sở Nội vụ').id, { number: '070090000777' })
  const official = makeOfficial(unitNamed('Sở Nội vụ').id)
  const helpIds = [helpForm(1), helpForm(777), helpForm(888)].map(input => {
    const made = recordHelp(official.actor, CAMPAIGN, { officialId: official.officialId, input })
    if (!made.ok) throw new Error(JSON.stringify(made))
    return made.helpId
  })
  // the roster gives the official's number only after they recorded a person of that number
  const { hash } = prepared('select citizen_hash as hash from help where id = ?').get(helpIds[2]) as { hash: string }
  change(CAMPAIGN, { citizens: [hash] }, () =>
    prepared('update official_match set number_hash = ? where official_id = ?').run(hash, official.officialId),
  )
  return { official, helpIds }
}

const close = () => closeForGood()

/** The days for which a destruction is announced go by. */
const announce = () => moveClock(officer('admin'), campaignNow() + 3 * 86_400_000)

const reasons = () => prepared('select id, verdict_reason as reason from help order by id').all()

describe('the destruction of a campaign’s keys', () => {
  it('takes two people, after the close, and leaves no name, hash or key; every count and the chain still check', async () => {
    const { official, helpIds } = records()
    const [helpId = 0] = helpIds
    issueCitizenLink(official.actor, CAMPAIGN, helpId)
    const { code } = findCitizenLink(official.actor, CAMPAIGN, { id: helpId, officialId: official.officialId })
    if (!code) throw new Error('no code')
    askByCode(code, { kind: 'delete', message: 'Xin xóa dữ liệu của tôi' })
    const [office, second] = [officer('campaign_office'), officer('admin')]
    expect(proposeDestruction(office, CAMPAIGN)).toEqual({ ok: false, problem: 'not_closed' })
    await close()

    expect(await confirmDestruction(second, CAMPAIGN)).toEqual({ ok: false, problem: 'not_proposed' })
    expect(proposeDestruction(office, CAMPAIGN)).toEqual({ ok: true })
    expect(proposeDestruction(officer('campaign_office'), CAMPAIGN)).toEqual({ ok: false, problem: 'already_proposed' })
    expect(await confirmDestruction(office, CAMPAIGN)).toEqual({ ok: false, problem: 'same_person' })
    expect(await confirmDestruction(second, CAMPAIGN)).toEqual({ ok: false, problem: 'too_soon' })
    expect(withdrawDestruction(second, CAMPAIGN)).toEqual({ ok: true })
    announce()
    expect(proposeDestruction(office, CAMPAIGN)).toEqual({ ok: true })
    expect(await confirmDestruction(second, CAMPAIGN)).toEqual({ ok: false, problem: 'too_soon' })
    announce()

    const before = reasons()
    expect(before.map(row => (row as { reason: string }).reason)).toEqual([
      'awaiting_confirmation',
      'awaiting_confirmation',
      'self_claim',
    ])
    const wrapped = prepared('select wrapped from wrapped_key where campaign_id = ?').all(CAMPAIGN) as {
      wrapped: Buffer
    }[]
    const matches = prepared('select number_hash as hash from official_match').all() as { hash: string }[]
    const ofCitizens = new Set(
      (prepared('select citizen_hash as hash from help').all() as { hash: string }[]).map(row => row.hash),
    )
    expect(wrapped).toHaveLength(2)
    expect(await confirmDestruction(second, CAMPAIGN)).toEqual({ ok: true })

    const file = [db.$client.name, `${db.$client.name}-wal`].map(name => readFileSync(name))
    for (const { wrapped: key } of wrapped) expect(file.some(bytes => bytes.includes(key))).toBe(false)
    for (const { hash } of matches)
      if (!ofCitizens.has(hash))
        expect(
          file.some(bytes => bytes.includes(hash)),
          hash,
        ).toBe(false)
    expect(prepared('select count(*) as n from official_match').get()).toEqual({ n: 0 })
    expect(prepared(`select count(*) as n from help where citizen_birth_on is not null or hamlet <> ''`).get()).toEqual(
      { n: 0 },
    )

    const kept = prepared('select staff_kept as kept from help order by id').all()
    expect(kept).toEqual([{ kept: null }, { kept: 'staff' }, { kept: 'self' }])
    expect(reasons()).toEqual(before)
    expect(recount(CAMPAIGN)).toEqual([])
    expect(walkEventChain('')).toMatchObject({ brokenAt: null })
    expect(findHelp(official.actor, CAMPAIGN, helpId)).toMatchObject({
      citizenName: 'đã hủy dữ liệu',
      numberTail: '',
      phone: null,
    })
    expect(findCitizenLink(official.actor, CAMPAIGN, { id: helpId, officialId: official.officialId }).code).toBeNull()
    expect(listSlips(official.actor, CAMPAIGN)).toEqual([])
    expect(findByCode(code)).toBeUndefined()
    expect(listCitizenRequests(office, CAMPAIGN)).toMatchObject([{ message: '' }])
    const again = () => recordHelp(official.actor, CAMPAIGN, { officialId: official.officialId, input: helpForm(2) })
    expect(statusOf(again)).toBe(410)
  })

  it('goes on by itself where it was cut off; each of its steps leaves the verdicts as they are', async () => {
    records()
    await close()
    const [office, second] = [officer('campaign_office'), officer('admin')]
    proposeDestruction(office, CAMPAIGN)
    announce()
    const before = reasons()
    const cut = 'create temp trigger power_cut before'
    const left = () =>
      prepared(`select (select count(*) from official_match) as matches,
                       (select count(*) from help where hamlet <> '') as hamlets`).get()
    // the last of the records cannot be written; nothing of that step is
    prepared("update help set hamlet = 'Ấp 1'").run()
    prepared(`${cut} update of hamlet on help when new.id > 2 begin select raise(abort, 'power cut'); end`).run()
    await expect(confirmDestruction(second, CAMPAIGN)).rejects.toThrow('power cut')
    prepared('drop trigger power_cut').run()
    expect(left()).toEqual({ matches: 0, hamlets: 3 })
    expect(reasons()).toEqual(before)
    expect(recount(CAMPAIGN)).toEqual([])
    await removeIfDue(Date.now())
    expect(left()).toEqual({ matches: 0, hamlets: 0 })
    expect(reasons()).toEqual(before)
    expect(recount(CAMPAIGN)).toEqual([])
  })

  it('deletes the matches of a few officials at a time, and keeps what each verdict needs', async () => {
    records()
    await close()
    proposeDestruction(officer('campaign_office'), CAMPAIGN)
    announce()
    const before = reasons()
    const cut = 'create temp trigger power_cut before delete on official_match'
    const last = prepared('select max(official_id) from official_match').pluck().get()
    prepared(`${cut} when old.official_id = ${last} begin select raise(abort, 'power cut'); end`).run()
    await expect(confirmDestruction(officer('admin'), CAMPAIGN)).rejects.toThrow('power cut')
    expect(reasons()).toEqual(before)
    expect(recount(CAMPAIGN)).toEqual([])
  })

  it('lists the backups that still hold the keys until they have rotated away', async () => {
    records()
    await close()
    const [office, second] = [officer('campaign_office'), officer('admin')]
    proposeDestruction(office, CAMPAIGN)
    announce()
    await confirmDestruction(second, CAMPAIGN)
    const folder = join(dirname(db.$client.name), 'backups')
    mkdirSync(folder, { recursive: true })
    for (const stamp of ['20240705-190000', '20990101-190000']) writeFileSync(join(folder, `4phu-${stamp}.sqlite`), '')
    writeFileSync(join(folder, '4phu-20240704-190000.sqlite.doubtful'), '')
    expect(findDestruction(office, CAMPAIGN).backups).toEqual([
      { name: '4phu-20240705-190000.sqlite', day: '2024-07-05' },
      { name: '4phu-20240704-190000.sqlite.doubtful', day: '2024-07-04' },
    ])
    rmSync(folder, { recursive: true })
    expect(findDestruction(office, CAMPAIGN).backups).toEqual([])
  })

  it('takes two people whom nobody made both, with roles of three days', async () => {
    await close()
    const maker = officer('admin')
    const made = (role: Role, login: string) => {
      const { accountId } = done(createOfficeAccount(maker, { login, displayName: login }))
      return grantTo({ ...maker, accountId, officialId: null, grants: [] }, role, 1)
    }
    const [minted, other] = [made('campaign_office', 'thuongtruc'), made('admin', 'quantri.hai')]
    expect(proposeDestruction(minted, CAMPAIGN)).toEqual({ ok: true })
    expect(listAccountNotices(officer('home_affairs'))).toEqual([
      { kind: 'keys_announced', campaignId: CAMPAIGN, code: '128/KH-UBND', fromOn: '2024-07-13' },
    ])
    expect(listAccountNotices(officer('coordinator'))).toEqual([])
    announce()
    expect(await confirmDestruction(maker, CAMPAIGN)).toEqual({ ok: false, problem: 'not_second_person' })
    expect(await confirmDestruction(other, CAMPAIGN)).toEqual({ ok: false, problem: 'not_second_person' })
    const late = officer('admin')
    prepared('update role_grant set created_by = ?, created_at = ? where account_id = ?').run(
      made('admin', 'quantri.ba').accountId,
      campaignNow() - 1,
      late.accountId,
    )
    expect(await confirmDestruction(late, CAMPAIGN)).toEqual({ ok: false, problem: 'role_too_new' })
    expect(findDestruction(late, CAMPAIGN).confirming).toBe('role_too_new')
    expect(await confirmDestruction(officer('admin'), CAMPAIGN)).toEqual({ ok: true })
    expect(listAccountNotices(officer('home_affairs'))).toEqual([])
  })

  it('is neither proposed nor seen by others', () => {
    expect(statusOf(() => proposeDestruction(officer('admin'), CAMPAIGN))).toBe(403)
    expect(statusOf(() => findDestruction(officer('home_affairs'), CAMPAIGN))).toBe(403)
  })
})
