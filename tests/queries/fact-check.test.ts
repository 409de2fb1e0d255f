import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'

import { noteAccess } from '#app/queries/access-log.server.ts'
import { type EventRow, eventHash, logEvent } from '#app/queries/event.server.ts'
import { checkFacts } from '#app/queries/fact-check.server.ts'
import { isSealDue, sealFacts } from '#app/queries/fact-seal.server.ts'
import { withdrawHelp } from '#app/queries/help-withdrawal.server.ts'
import { startJob } from '#app/queries/job.server.ts'
import { writeUnjudged } from '#app/queries/judging/index.server.ts'
import { changeMasterKey, rotateKeys } from '#app/queries/key-rotation.server.ts'
import { removeExpired } from '#app/queries/retention.server.ts'
import { listenToHolds, nameHolds } from '#app/queries/steps.server.ts'
import { together } from '#app/queries/together.server.ts'
import { attempt, db, openDatabase, prepared, rehearsingWrite, type Tx, transact } from '#db/client.server.ts'
import { SEALED_AFTER } from '#db/covered-facts.ts'
import { forgetKeys, useMasterKey } from '#db/keys.server.ts'
import { findLogKey, isHeadSealed, readHead } from '#db/log-seal.server.ts'
import * as schema from '#db/schema.ts'
import { behindItsBack, EDITS } from '#tests/fact-edits.ts'
import {
  CAMPAIGN,
  confirmNow,
  dropProvince,
  grantTo,
  keepProvince,
  makeOfficial,
  makeProvince,
  NOW,
  recordMany,
  system,
  unitNamed,
} from '#tests/make.ts'

/** How often each kind of edit is made and looked for; `npm run test:facts` makes each 100 times. */
const RUNS = Number(process.env.FACT_EDITS ?? 4)
const DAY_MS = 86_400_000

type Scene = ReturnType<typeof makePeople>
let scene: Scene
let kept: string

function makePeople() {
  const unitId = unitNamed('Sở Nội vụ').id
  const helper = makeOfficial(unitId)
  const head = grantTo(makeOfficial(unitId).actor, 'head', unitId)
  return { helper, head }
}

/** Facts of every kind that the edits touch. */
function writeFacts({ helper, head }: Scene) {
  const ids = recordMany(helper, 8)
  confirmNow(head, CAMPAIGN, ids.slice(0, 4))
  const last = ids.at(-1) ?? 0
  withdrawHelp(helper.actor, CAMPAIGN, last)
  writeUnjudged(tx => {
    for (const [n, helpId] of ids.slice(0, 3).entries())
      tx.insert(schema.citizenAnswer)
        .values({ helpId, answer: n === 0 ? 'yes' : 'no', answeredAt: NOW })
        .run()
    const inspection = tx
      .insert(schema.inspection)
      .values({ campaignId: CAMPAIGN, unitId: 1, seed: 'hạt', drawnAt: NOW, concludedAt: NOW })
      .onConflictDoNothing()
      .returning()
      .get()
    for (const helpId of ids.slice(0, 3))
      tx.insert(schema.inspectionPick)
        .values({ inspectionId: inspection.id, helpId, result: 'untrue', checkedAt: NOW })
        .run()
    for (const state of ['asked', 'rejected'] as const)
      tx.insert(schema.exemption)
        .values({
          campaignId: CAMPAIGN,
          officialId: helper.officialId,
          part: 'quota',
          reason: 'study',
          documentNumber: '7/QĐ',
          fromOn: '2024-04-04',
          toOn: '2024-07-03',
          state,
          askedAt: NOW,
        })
        .run()
    tx.insert(schema.targetDecision)
      .values({ campaignId: CAMPAIGN, officialId: helper.officialId, citizens: 9, createdAt: NOW })
      .run()
    tx.insert(schema.gate)
      .values({
        campaignId: CAMPAIGN,
        officialId: helper.officialId,
        kind: 'complaint',
        documentNumber: '8/TB',
        documentOn: '2024-06-01',
        fromOn: '2024-06-01',
        createdAt: NOW,
        createdBy: head.accountId,
      })
      .run()
    tx.insert(schema.award)
      .values({
        officialId: helper.officialId,
        name: 'Giấy khen',
        year: 2023,
        decisionNumber: '9/QĐ',
        createdAt: NOW,
        createdBy: head.accountId,
      })
      .run()
    tx.insert(schema.reviewCase)
      .values({ campaignId: CAMPAIGN, officialId: helper.officialId, unitId: 1, openedAt: NOW })
      .run()
    tx.insert(schema.dispute)
      .values({
        campaignId: CAMPAIGN,
        helpId: ids[0] ?? 0,
        holderId: ids[1] ?? 0,
        helpRevision: 1,
        holderRevision: 1,
        unitId: 1,
        reason: 'tôi hỗ trợ trước',
        raisedAt: NOW,
        raisedBy: helper.accountId,
        decision: 'dismissed',
        decidedAt: NOW,
      })
      .run()
    tx.update(schema.account).set({ passwordHash: '$argon2id$ours' }).run()
  })
  startJob(system, 'digest', { today: '2024-06-12' })
  for (let n = 0; n < 6; n += 1) noteAccess(head, { what: 'help_record', subjectId: ids[0] ?? 0, count: 1 })
}

/** Openings as a version before links wrote them. */
function writeOldOpenings({ head }: Scene, at = Date.now()) {
  for (let n = 0; n < 5; n += 1)
    prepared("insert into access_log (at, account_id, what, subject_id, count) values (?, ?, 'help_list', '1', 2)").run(
      at,
      head.accountId,
    )
}

const named = () => checkFacts().findings

/** Half of the facts are older than the seal, the others have their hashes in events. */
beforeAll(async () => {
  makeProvince()
  scene = makePeople()
  writeOldOpenings(scene)
  writeFacts(scene)
  await sealFacts(system)
  writeFacts(scene)
  kept = keepProvince('facts')
  dropProvince()
}, 120_000)

describe('an edit of the file behind the application’s back', () => {
  it.each(Object.entries(EDITS))(
    'is named each time: %s',
    (_, edit) => {
      const drawn = fc.array(fc.nat(), { minLength: 6, maxLength: 6 })
      fc.assert(
        fc.property(drawn, numbers => {
          makeProvince(NOW, kept)
          const left = [...numbers]
          const edited = behindItsBack(file => edit(file, end => (left.pop() ?? 0) % end))
          const findings = named()
          dropProvince()
          const isNamed = findings.some(
            ({ subject, key }) => subject === edited.subject && (edited.key === null || key === edited.key),
          )
          expect({ edited, isNamed, findings }).toMatchObject({ isNamed: true })
        }),
        { numRuns: RUNS },
      )
    },
    RUNS * 10_000,
  )

  it('stays named when the application writes the same row afterwards', () => {
    makeProvince(NOW, kept)
    const id = prepared<number>('select id from help where confirmed_at is null and withdrawn_at is null').pluck().one()
    behindItsBack(file => file.prepare('update help set confirmed_at = 1, confirmed_by = 1 where id = ?').run(id))
    withdrawHelp(scene.helper.actor, CAMPAIGN, id)
    expect(named()).toContainEqual(expect.objectContaining({ kind: 'edited_before', subject: 'help', key: String(id) }))
    dropProvince()
  })

  it('is named where the hashes that were sealed are changed with it, or the key', () => {
    makeProvince(NOW, kept)
    behindItsBack(file => file.exec("update fact_seal set hashes = '{}' where part = 'gate'"))
    expect(named().map(({ kind }) => kind)).toContain('seal_changed')
    dropProvince()
    makeProvince(NOW, kept)
    behindItsBack(file => file.exec('delete from log_head'))
    expect(named().map(({ kind }) => kind)).toEqual(expect.arrayContaining(['cut_off']))
    dropProvince()
  })

  it('is acknowledged by sealing again, and each later check says so', async () => {
    makeProvince(NOW, kept)
    behindItsBack(file => file.exec('update target_decision set citizens = 1'))
    const found = named().length
    await sealFacts(system, 'again', found)
    expect(checkFacts()).toMatchObject({ since: { found }, findings: [] })
    dropProvince()
  })
})

describe('no false alarm', () => {
  afterEach(dropProvince)

  it('comes up before and after the seal, which is made once', async () => {
    makeProvince()
    const people = makePeople()
    writeOldOpenings(people)
    writeFacts(people)
    expect(isSealDue()).toBe(true)
    expect(checkFacts()).toMatchObject({ since: null, findings: [] })
    await sealFacts(system, SEALED_AFTER)
    expect(isSealDue()).toBe(false)
    writeFacts(people)
    const { since, findings } = checkFacts()
    expect(findings).toEqual([])
    expect(since?.facts).toBeGreaterThan(40)
  })

  it('comes up after a rehearsal whose facts no event told of before it was rolled back', async () => {
    makeProvince()
    const people = makePeople()
    const [helpId = 0] = recordMany(people.helper, 1)
    await rehearsingWrite(async () => {
      writeUnjudged(tx => tx.insert(schema.citizenAnswer).values({ helpId, answer: 'yes', answeredAt: NOW }).run())
    })
    recordMany(people.helper, 1)
    expect(checkFacts().findings).toEqual([])
  })

  it('comes up where the write that made the logs’ key was rolled back', () => {
    makeProvince()
    const file = db.$client.name
    behindItsBack(other => other.exec('delete from log_key; delete from log_head'))
    openDatabase(file)
    const say = () => logEvent(db as Tx, system, { verb: 'write', subject: 'facts', subjectId: 'all' })
    expect(() =>
      transact(() => {
        say()
        throw new Error('after it')
      }),
    ).toThrow('after it')
    transact(say)
    openDatabase(file)
    const [key, head] = [findLogKey(), readHead('event')]
    expect(key && head && isHeadSealed(key, 'event', head)).toBe(true)
  })

  it('comes up where one write of a batch made the logs’ key and was rolled back alone', () => {
    makeProvince()
    const file = db.$client.name
    behindItsBack(other => other.exec('delete from log_key; delete from log_head'))
    openDatabase(file)
    const say = () => logEvent(db as Tx, system, { verb: 'write', subject: 'facts', subjectId: 'all' })
    transact(() => {
      const failing = () =>
        attempt(() => {
          say()
          throw new Error('after it')
        })
      expect(failing).toThrow('after it')
      say()
    })
    openDatabase(file)
    const [key, head] = [findLogKey(), readHead('event')]
    expect(key && head && isHeadSealed(key, 'event', head)).toBe(true)
  })

  it('comes up when the seal was cut short, and facts changed meanwhile', async () => {
    makeProvince()
    const people = makePeople()
    writeFacts(people)
    // as far as a round that was cut short after its first tables
    transact(() =>
      prepared("insert into fact_seal (round, part, event_id, up_to, hashes) values (1, '', 0, '[]', '{}')").run(),
    )
    writeFacts(people)
    await sealFacts(system)
    expect(checkFacts()).toMatchObject({ findings: [] })
  })

  it('comes up after a server of the version before has written while facts were sealed', async () => {
    makeProvince(NOW, kept)
    const sealing = sealFacts(system, 'again')
    await new Promise(resolve => setTimeout(resolve, 1))
    // its event has neither hashes nor a seal
    behindItsBack(file => {
      const last = file.prepare('select * from event order by id desc limit 1').get() as EventRow & { hash: string }
      const row = { ...last, id: last.id + 1, previous_hash: last.hash, data: '{}', verb: 'confirm' }
      file
        .prepare(
          `insert into event (id, at, actor_kind, account_id, campaign_id, verb, subject, subject_id, data, previous_hash,
             hash) values (@id, @at, @actor_kind, @account_id, @campaign_id, @verb, @subject, @subject_id, @data,
             @previous_hash, @hash)`,
        )
        .run({ ...row, hash: eventHash(row) })
      file.exec('update help set confirmed_at = 1 where confirmed_at is null')
    })
    await sealing
    const begun = prepared<number>("select count(*) from fact_seal where part = ''").pluck().one()
    expect({ begun, findings: named() }).toEqual({ begun: 2, findings: [] })
  })

  it('comes up after rotation of the data keys, or a new master key', async () => {
    makeProvince(NOW, kept)
    await rotateKeys(system, { settledMs: 0 })
    expect(named()).toEqual([])
    const old = Buffer.alloc(32, 7).toString('base64')
    useMasterKey(Buffer.alloc(32, 9).toString('base64'))
    changeMasterKey(system, old)
    forgetKeys()
    writeFacts(scene)
    expect(named()).toEqual([])
    useMasterKey(old)
  })

  it('comes up after what has expired was removed, and a gap that is no expiry is named', async () => {
    makeProvince()
    const people = makePeople()
    const open = () => noteAccess(people.head, { what: 'help_list', subjectId: 1, count: 1 })
    const before = vi.spyOn(Date, 'now').mockReturnValue(Date.now() - 800 * DAY_MS)
    writeOldOpenings(people)
    for (let n = 0; n < 3; n += 1) open()
    before.mockRestore()
    for (let n = 0; n < 4; n += 1) open()
    startJob(system, 'digest', {})
    prepared("update job set state = 'done', finished_at = 1").run()
    await sealFacts(system)
    expect(checkFacts()).toMatchObject({ openings: 12, findings: [] })
    expect(await removeExpired(system, Date.now())).toMatchObject({ access_log: 8, job: 1 })
    expect(checkFacts()).toMatchObject({ openings: 4, findings: [] })
    open()
    expect(named()).toEqual([])
    behindItsBack(file => {
      file.exec('drop trigger access_log_no_delete')
      file.exec('delete from access_log where id = (select min(id) from access_log)')
    })
    expect(named()).toMatchObject([{ subject: 'access_log' }])
  })

  it('comes up after a write of a batch was undone alone', async () => {
    makeProvince(NOW, kept)
    const fails = together(() => {
      recordMany(scene.helper, 1)
      throw new Error('not this one')
    })
    const works = together(() => recordMany(scene.helper, 1))
    await expect(fails).rejects.toThrow('not this one')
    expect(await works).toHaveLength(1)
    expect(named()).toEqual([])
  })
})

describe('the seal', () => {
  afterEach(dropProvince)

  it('holds the writer less than 20 ms a step', async () => {
    makeProvince(NOW, kept)
    const held: number[] = []
    listenToHolds((kind, ms) => {
      if (kind === 'seal') held.push(ms)
    })
    nameHolds('seal')
    await sealFacts(system, 'again')
    nameHolds('other')
    listenToHolds(() => undefined)
    expect(held.length).toBeGreaterThan(10)
    // the disk and other processes make single steps longer, not most of them
    expect(held.sort((a, b) => a - b)[held.length >> 1]).toBeLessThan(20)
  })
})

describe('an event', () => {
  beforeAll(() => makeProvince(NOW, kept))
  afterAll(dropProvince)

  it('holds the hash of what its act wrote, before and after', () => {
    const [id = 0] = recordMany(scene.helper, 1)
    confirmNow(scene.head, CAMPAIGN, [id])
    const facts = prepared<string>("select facts from event where subject = 'help' and subject_id = ? order by id")
      .pluck()
      .all(String(id))
      .map(text => (JSON.parse(text) as Record<string, Record<string, string>>).help?.[String(id)])
    const hash = '[\\w-]{16}'
    expect(facts[0]).toMatch(new RegExp(`^>${hash}$`))
    expect(facts[1]).toMatch(new RegExp(`^${hash}>${hash}$`))
    expect(facts[1]?.split('>')[0]).toBe(facts[0]?.slice(1))
  })

  it('of the system tells of what an act wrote without one', () => {
    writeUnjudged(tx => tx.update(schema.account).set({ passwordHash: '$argon2id$other' }).run())
    const row = prepared<{ verb: string; subject: string; facts: string }>(
      'select verb, subject, facts from event order by id desc limit 1',
    ).one()
    expect(row).toMatchObject({ verb: 'write', subject: 'facts' })
    expect(Object.keys(JSON.parse(row.facts) as object)).toEqual(['account'])
  })

  it('keeps nothing of a write that was rolled back', () => {
    const before = prepared<number>('select max(id) from event').pluck().one()
    expect(() =>
      writeUnjudged(tx => {
        tx.update(schema.account).set({ passwordHash: 'x' }).run()
        throw new Error('back')
      }),
    ).toThrow('back')
    transact(tx => logEvent(tx, system, { verb: 'edit', subject: 'unit', subjectId: 1 }))
    const facts = prepared<string | null>('select facts from event where id = ?')
      .pluck()
      .one(before + 1)
    expect(facts).toBeNull()
  })
})
