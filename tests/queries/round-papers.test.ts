import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Person } from '#app/access/policy.ts'
import { found } from '#app/domain/refusal.ts'
import { ROLES } from '#app/domain/vocabulary.ts'
import { openZip } from '#app/imports/zip-archive.ts'
import { bundlePapers } from '#app/jobs/papers/bundle.server.ts'
import { candidateReport } from '#app/jobs/papers/candidate.server.ts'
import { reviewPaper } from '#app/jobs/papers/review.server.ts'
import { type RoundPaper, writeRoundFiles, writeRoundPaper } from '#app/jobs/papers/round.server.ts'
import { partOf, sealedAnnexPaper, sealedCertificates, writeUnitPaper } from '#app/jobs/papers/unit.server.ts'
import { addAwardRate, endAwardRate, listAwardRates } from '#app/queries/award-rate.server.ts'
import { findCandidate, listCandidates } from '#app/queries/candidate.server.ts'
import { proposeListed, stepCandidates } from '#app/queries/candidate-step.server.ts'
import { moveClock } from '#app/queries/clock.server.ts'
import { listBeforeCouncil, recordMeeting } from '#app/queries/council.server.ts'
import { takeBundle } from '#app/queries/paper-bundle.server.ts'
import { paperGapsOf } from '#app/queries/paper-gap.server.ts'
import { removeExpired } from '#app/queries/retention.server.ts'
import { findReview } from '#app/queries/review.server.ts'
import { giveNotice } from '#app/queries/review-step.server.ts'
import { createRound, roundById } from '#app/queries/round.server.ts'
import { freezeRound } from '#app/queries/round-decision.server.ts'
import { collectRound, listOf } from '#app/queries/round-list.server.ts'
import { annexesFor, listSealed, openAnnex, setDisclosure, stepAnnex } from '#app/queries/sealed-annex.server.ts'
import { addSigner } from '#app/queries/signer.server.ts'
import { db, prepared } from '#db/client.server.ts'
import { gate } from '#db/schema.ts'
import { CLOSING_DAY, closeForGood } from '#tests/closing.ts'
import { readDocx } from '#tests/documents/docx.ts'
import {
  CAMPAIGN,
  done,
  dropProvince,
  grantTo,
  makeOfficial,
  makeProvince,
  makeReader,
  statusOf,
  unitNamed,
} from '#tests/make.ts'
import { CITY, COMMUNE, decide, official, opening, propose, reader } from '#tests/round-scene.ts'

beforeEach(() => makeProvince())
afterEach(dropProvince)

const COMMAND = 'Bộ Chỉ huy Quân sự tỉnh'
const POLICE = 'Công an tỉnh (thường trực Tổ công tác Đề án 06)'
async function close() {
  await closeForGood()
  return done(createRound(reader('home_affairs'), CAMPAIGN, opening())).roundId
}

const candidateOf = (roundId: number, officialId: number) =>
  prepared<{ id: number; stage: string; certificateNumber: string | null }>(
    'select id, stage, certificate_number as certificateNumber from candidate where round_id = ? and official_id = ?',
  ).one(roundId, officialId)
const pass = (actor: Person, roundId: number, ids: number[]) =>
  done(stepCandidates(actor, CAMPAIGN, { roundId, ids, action: 'pass', reason: '' }))
/** The council agrees to everybody on the list, but for what `votes` says. */
const vote = (roundId: number, votes = '') => done(meet(roundId, votes))
const meet = (roundId: number, votes = '') =>
  recordMeeting(makeReader('home_affairs'), CAMPAIGN, {
    roundId,
    input: {
      metOn: CLOSING_DAY,
      startedAt: 480,
      endedAt: 600,
      place: 'Phòng họp',
      chair: 'Chủ trì',
      secretary: 'Thư ký',
      present: ['Một', 'Hai', 'Ba'],
      absent: [],
      isUnanimous: true,
      votes,
    },
  })
describe('numbers in the register', () => {
  it('follow the list, not the order of proposals', async () => {
    const second = official(COMMUNE, 11)
    const first = official(COMMUNE, 14)
    const roundId = await close()
    propose(reader('head', COMMUNE), roundId, [second.officialId])
    propose(reader('head', COMMUNE), roundId, [first.officialId])
    const ids = [second, first].map(({ officialId }) => candidateOf(roundId, officialId).id)
    pass(reader('head', CITY), roundId, ids)
    pass(reader('home_affairs'), roundId, ids)
    done(freezeRound(reader('home_affairs'), CAMPAIGN, { roundId, lateReason: 'Chưa đến.', isEarlySeen: true }))
    vote(roundId)
    done(decide(roundId))
    expect([first, second].map(({ officialId }) => candidateOf(roundId, officialId).certificateNumber)).toEqual([
      '7',
      '8',
    ])
    const { persons } = await collectRound(reader('home_affairs'), CAMPAIGN, { roundId, isWhole: false })
    expect(persons.map(({ certificateNumber }) => certificateNumber)).toEqual(['7', '8'])
  })
})

describe('people of the armed forces', () => {
  it('go through their own tree and stay unnamed to everybody else (B1)', async () => {
    const soldier = official(COMMAND, 12, { name: 'Trần Văn Kín' })
    const roundId = await close()
    const home = reader('home_affairs')
    done(propose(reader('head', COMMAND), roundId, [soldier.officialId]))
    const { id, stage } = candidateOf(roundId, soldier.officialId)
    expect(stage).toBe('home_affairs')
    const round = found(roundById(CAMPAIGN, roundId))
    expect(listCandidates(home, round)).toEqual([])
    expect(findCandidate(home, CAMPAIGN, { roundId, candidateId: id })).toBeUndefined()
    const commandId = unitNamed(COMMAND).id
    expect(listSealed(round)).toEqual([
      { commandId, command: COMMAND, stage: 'home_affairs', isDecided: false, count: 1, certificates: [] },
    ])
    const annex = { roundId, commandId }
    // before the freeze the annex is its own tree's alone
    expect(statusOf(() => openAnnex(home, CAMPAIGN, annex))).toBe(403)
    expect(openAnnex(reader('coordinator', COMMAND), CAMPAIGN, annex).rows.map(({ name }) => name)).toEqual([
      'Trần Văn Kín',
    ])
    expect(statusOf(() => openAnnex(reader('head'), CAMPAIGN, annex))).toBe(403)
    expect(
      statusOf(() => stepAnnex(reader('campaign_office'), CAMPAIGN, { ...annex, action: 'pass', reason: '' })),
    ).toBe(403)
    done(stepAnnex(home, CAMPAIGN, { ...annex, action: 'pass', reason: '' }))
    done(freezeRound(home, CAMPAIGN, { roundId, lateReason: 'Chưa đến.', isEarlySeen: true }))
    expect(listBeforeCouncil(home, CAMPAIGN, roundId)).toMatchObject({ rows: [], annexes: [{ commandId }] })
    // for the council, from the freeze to the decision
    expect(openAnnex(home, CAMPAIGN, annex).rows).toHaveLength(1)
    vote(roundId)
    done(decide(roundId))
    expect(statusOf(() => openAnnex(home, CAMPAIGN, annex))).toBe(403)
    expect(listSealed(found(roundById(CAMPAIGN, roundId)))).toMatchObject([
      { stage: 'decision', isDecided: true, certificates: [7] },
    ])
  })

  it('are opened by their own command, and by home affairs for the council; by nobody else at any time (B1)', async () => {
    const soldier = official(COMMAND, 12, { name: 'Trần Văn Kín' })
    const roundId = await close()
    const home = reader('home_affairs')
    const annex = { roundId, commandId: unitNamed(COMMAND).id }
    const readers: Record<string, Person> = {
      ...Object.fromEntries(ROLES.map(role => [role, reader(role)])),
      'head of the command': reader('head', COMMAND),
      'coordinator of the command': reader('coordinator', COMMAND),
      'head of the police': reader('head', POLICE),
      'head of a commune': reader('head', COMMUNE),
      'the person': soldier.actor,
    }
    const opens = () =>
      Object.entries(readers).flatMap(([name, actor]) => {
        const isOpen = annexesFor(actor, found(roundById(CAMPAIGN, roundId))).some(({ mayOpen }) => mayOpen)
        const status = statusOf(() => openAnnex(actor, CAMPAIGN, annex))
        expect([name, status, isOpen]).toEqual(status === null ? [name, null, true] : [name, 403, false])
        return status === null ? [name] : []
      })
    const command = ['head of the command', 'coordinator of the command']
    done(propose(reader('head', COMMAND), roundId, [soldier.officialId]))
    expect(opens()).toEqual(command)
    done(stepAnnex(home, CAMPAIGN, { ...annex, action: 'pass', reason: '' }))
    expect(opens()).toEqual(command)
    done(freezeRound(home, CAMPAIGN, { roundId, lateReason: 'Chưa đến.', isEarlySeen: true }))
    expect(opens()).toEqual(['home_affairs', ...command])
    vote(roundId)
    expect(opens()).toEqual(['home_affairs', ...command])
    done(decide(roundId))
    expect(opens()).toEqual(command)
    // each opening is on record, with who looked
    const looked = "select count(*) from event where verb = 'open' and data like '%sealed_annex%'"
    expect(prepared<number>(looked).pluck().one()).toBe(12)
  })

  it('are listed by what their command is called, without what it is in charge of', async () => {
    const officer = official(POLICE, 12, { name: 'Lê Quốc Kín' })
    const roundId = await close()
    done(propose(reader('head', POLICE), roundId, [officer.officialId]))
    const commandId = unitNamed(POLICE).id
    const { round, rows } = openAnnex(reader('head', POLICE), CAMPAIGN, { roundId, commandId })
    const { paragraphs } = await readDocx(await sealedAnnexPaper(round, rows, { commandId, datedOn: null }))
    const line = paragraphs.slice(paragraphs.indexOf('Lê Quốc Kín'))
    expect(line).toContain('Công an tỉnh')
    expect(paragraphs.join(' ')).not.toContain('(thường trực')
  })

  it('are passed on by home affairs station by station; those passed on earlier wait for the freeze', async () => {
    const [early, late] = [official(COMMAND, 12), official(COMMAND, 11)]
    const roundId = await close()
    const home = reader('home_affairs')
    const annex = { roundId, commandId: unitNamed(COMMAND).id }
    for (const { officialId } of [early, late]) {
      done(propose(reader('head', COMMAND), roundId, [officialId]))
      expect(annexesFor(home, found(roundById(CAMPAIGN, roundId))).filter(({ mayStep }) => mayStep)).toMatchObject([
        { stage: 'home_affairs', count: 1, mayOpen: false },
      ])
      expect(done(stepAnnex(home, CAMPAIGN, { ...annex, action: 'pass', reason: '' })).done).toBe(1)
    }
    expect(annexesFor(reader('head'), found(roundById(CAMPAIGN, roundId)))).toEqual([])
    expect(annexesFor(reader('head', COMMAND), found(roundById(CAMPAIGN, roundId)))).toMatchObject([
      { stage: 'council', count: 2, mayOpen: true, mayStep: false },
    ])
  })

  it('have numbers of a range for each command, and are counted in the decision of their own form of award', async () => {
    const [first, middle, last] = [official(COMMAND, 14), official(POLICE, 12), official(COMMAND, 11)]
    const agency = official(COMMAND, 13)
    const roundId = await close()
    const home = reader('home_affairs')
    for (const [place, ids, form] of [
      [COMMAND, [first.officialId, last.officialId], 'province_certificate'],
      [COMMAND, [agency.officialId], 'agency_certificate'],
      [POLICE, [middle.officialId], 'province_certificate'],
    ] as const)
      done(
        proposeListed(reader('head', place), CAMPAIGN, { roundId, kind: 'official', ids, form, achievement: 'Vượt.' }),
      )
    const passAll = () => {
      for (const place of [COMMAND, POLICE])
        done(stepAnnex(home, CAMPAIGN, { roundId, commandId: unitNamed(place).id, action: 'pass', reason: '' }))
    }
    passAll()
    done(freezeRound(home, CAMPAIGN, { roundId, lateReason: 'Chưa đến.', isEarlySeen: true }))
    vote(roundId)
    done(decide(roundId))
    for (const { certificates } of listSealed(found(roundById(CAMPAIGN, roundId)), 'province_certificate'))
      expect(Math.max(...certificates) - Math.min(...certificates)).toBe(certificates.length - 1)
    const list = await collectRound(home, CAMPAIGN, { roundId, isWhole: false })
    const decision = await readDocx(await writeRoundPaper(home, list, { document: 'quyet-dinh.docx', datedOn: null }))
    const words = decision.paragraphs.join(' ')
    expect(words).toContain('02 cá nhân theo phụ lục do Bộ Chỉ huy Quân sự')
    expect(words).toContain('01 cá nhân theo phụ lục do Công an')
  })

  it('are voted on by the council as a whole, command by command, and its minutes count them without a name', async () => {
    const [soldier, officer] = [official(COMMAND, 12, { name: 'Trần Văn Kín' }), official(POLICE, 12)]
    const civil = official(COMMUNE, 12)
    const roundId = await close()
    const home = reader('home_affairs')
    done(propose(reader('head', COMMUNE), roundId, [civil.officialId]))
    const civilId = candidateOf(roundId, civil.officialId).id
    for (const head of [reader('head', CITY), home]) pass(head, roundId, [civilId])
    const annexOf = (place: string) => ({ roundId, commandId: unitNamed(place).id })
    for (const [place, { officialId }] of [
      [COMMAND, soldier],
      [POLICE, officer],
    ] as const) {
      done(propose(reader('head', place), roundId, [officialId]))
      done(stepAnnex(home, CAMPAIGN, { ...annexOf(place), action: 'pass', reason: '' }))
    }
    done(freezeRound(home, CAMPAIGN, { roundId, lateReason: 'Chưa đến.', isEarlySeen: true }))
    expect(stepAnnex(home, CAMPAIGN, { ...annexOf(COMMAND), action: 'pass', reason: '' })).toEqual({
      ok: false,
      problem: 'meeting_missing',
    })
    const { annexes } = listBeforeCouncil(home, CAMPAIGN, roundId)
    const place = (name: string) => 2 + annexes.findIndex(({ commandId }) => commandId === unitNamed(name).id)
    expect(meet(roundId, `4; 3`)).toMatchObject({ problems: { votes: [{ code: 'place_unknown' }], count: 3 } })
    // of the armed forces' people a gate comes from within their tree alone
    const { id: gateId } = db
      .insert(gate)
      .values({
        campaignId: CAMPAIGN,
        officialId: soldier.officialId,
        kind: 'complaint',
        documentNumber: '1/TB',
        documentOn: '2024-07-04',
        fromOn: '2024-07-04',
        createdAt: 0,
        createdBy: home.accountId,
      })
      .returning({ id: gate.id })
      .get()
    expect(meet(roundId)).toMatchObject({ problems: { barred: COMMAND, reason: 'annex_barred' } })
    prepared('delete from gate where id = ?').run(gateId)
    vote(roundId, `${place(POLICE)}; 1; Chưa đủ hồ sơ.`)
    const list = await collectRound(home, CAMPAIGN, { roundId, isWhole: false })
    const { paragraphs } = await readDocx(
      await writeRoundPaper(home, list, { document: 'bien-ban-hop.docx', datedOn: null }),
    )
    const words = paragraphs.join(' ')
    expect(words).toContain('01 cá nhân; 01 cá nhân theo phụ lục do Bộ Chỉ huy Quân sự tỉnh Bình Phước lập và quản lý.')
    const line = (issuer: string) => paragraphs.slice(paragraphs.lastIndexOf(issuer)).slice(0, 3)
    expect(line('Bộ Chỉ huy Quân sự tỉnh Bình Phước').slice(1)).toEqual(['3/3 (100%)', 'Đề nghị tặng thưởng'])
    expect(line('Công an tỉnh Bình Phước').slice(1)).toEqual(['1/3 (33,33%)', 'Không đề nghị'])
    expect(words).not.toContain('Trần Văn Kín')
    done(decide(roundId))
    const decided = found(roundById(CAMPAIGN, roundId))
    expect(listSealed(decided)).toMatchObject([{ commandId: annexOf(COMMAND).commandId }])
    const { rows } = openAnnex(reader('head', COMMAND), CAMPAIGN, annexOf(COMMAND))
    const annex = await readDocx(await sealedAnnexPaper(decided, rows, { ...annexOf(COMMAND), datedOn: null }))
    expect(annex.paragraphs).toEqual(
      expect.arrayContaining(['DANH SÁCH CÁ NHÂN ĐƯỢC TẶNG BẰNG KHEN', 'Trần Văn Kín', rows[0]?.certificateNumber]),
    )
    expect(annex.paragraphs.join(' ')).toContain('(Kèm theo Quyết định số 1205/QĐ-UBND ngày 25 tháng 7 năm 2024')
    // home affairs, which prints the others' certificates, knows no name: the command prints its own
    const certificates = await readDocx(await sealedCertificates(decided, rows))
    expect(certificates.paragraphs).toEqual(
      expect.arrayContaining(['Trần Văn Kín', `Số vào sổ: ${rows[0]?.certificateNumber}`]),
    )
    const common = await readDocx(await writeRoundPaper(home, list, { document: 'bang-khen.docx', datedOn: null }))
    expect(common.paragraphs).not.toContain('Trần Văn Kín')
  })

  it('come into the common list by their own consent alone, and may take it back', async () => {
    const soldier = official(COMMAND, 12)
    const roundId = await close()
    done(propose(reader('head', COMMAND), roundId, [soldier.officialId]))
    const ids = { roundId, candidateId: candidateOf(roundId, soldier.officialId).id }
    const home = reader('home_affairs')
    expect(statusOf(() => setDisclosure(reader('head', COMMAND), CAMPAIGN, { ...ids, isAgreed: true }))).toBe(403)
    done(setDisclosure(soldier.actor, CAMPAIGN, { ...ids, isAgreed: true }))
    expect(findCandidate(home, CAMPAIGN, ids)?.name).toBe(soldier.name)
    expect(listSealed(found(roundById(CAMPAIGN, roundId)))).toEqual([])
    done(setDisclosure(soldier.actor, CAMPAIGN, { ...ids, isAgreed: false }))
    expect(findCandidate(home, CAMPAIGN, ids)).toBeUndefined()
  })
})

describe('a collective that is not eligible', () => {
  it('is proposed with reasons, marked in lists; without them, or without its final report, it is not (B6)', async () => {
    official(COMMUNE, 4)
    const roundId = await close()
    const unitId = unitNamed(COMMUNE).id
    const head = reader('head', CITY)
    expect(propose(head, roundId, [unitId], { kind: 'collective', exceptionReason: '' })).toMatchObject({
      problems: [{ problem: 'not_eligible' }],
    })
    done(propose(head, roundId, [unitId], { kind: 'collective', exceptionReason: 'Xã vùng sâu, đạt 80%.' }))
    const list = await collectRound(head, CAMPAIGN, { roundId, isWhole: true })
    expect(list.collectives).toMatchObject([{ exceptionReason: 'Xã vùng sâu, đạt 80%.' }])
    const bytes = await writeUnitPaper(partOf(list, unitNamed(CITY).path), unitNamed(CITY).id, {
      document: 'danh-sach-tap-the.docx',
      datedOn: null,
    })
    const { paragraphs } = await readDocx(bytes)
    expect(paragraphs).toContain('Chưa thuộc diện đủ điều kiện, đề nghị kèm lý do: Xã vùng sâu, đạt 80%.')
    expect(paragraphs).toContain('Ủy ban nhân dân xã Tân Thành, Thành phố Đồng Xoài')
  })
})

describe('a báo cáo thành tích', () => {
  it('of a head is confirmed from above; nobody confirms their own', async () => {
    const leader = official(COMMUNE, 12, { name: 'Lê Văn Trưởng' })
    grantTo(leader.actor, 'head', unitNamed(COMMUNE).id)
    const office = reader('campaign_office')
    const signing = { title: 'Chủ tịch', capacity: 'head', fromOn: '2024-01-01', toOn: null } as const
    addSigner(office, unitNamed(COMMUNE).id, { ...signing, name: 'Lê Văn Trưởng' })
    addSigner(office, unitNamed(CITY).id, { ...signing, name: 'Phạm Thị Trên' })
    const roundId = await close()
    done(propose(reader('head', CITY), roundId, [leader.officialId]))
    const row = found(
      findCandidate(reader('home_affairs'), CAMPAIGN, {
        roundId,
        candidateId: candidateOf(roundId, leader.officialId).id,
      }),
    )
    const listed = found(listOf(row.round, [row])[0])
    const { paragraphs } = await readDocx(await candidateReport(row.round, listed, '2024-07-10'))
    const confirmed = paragraphs.indexOf('THỦ TRƯỞNG ĐƠN VỊ XÁC NHẬN, ĐỀ NGHỊ')
    expect(paragraphs[paragraphs.indexOf('Phạm Thị Trên')]).toBeDefined()
    expect(confirmed).toBeGreaterThan(0)
    // the head's own name is there once more, as who reports, and not as who confirms
    expect(paragraphs.slice(confirmed).filter(text => text === 'Lê Văn Trưởng')).toHaveLength(1)
    expect(paragraphs[0]).toBe('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM')
  })
})

describe('the papers of a round in one zip', () => {
  it('are made by a job with a contents list, kept for home affairs, in place of the one before (B4)', async () => {
    const people = [official(COMMUNE, 11), official(COMMUNE, 12)]
    const roundId = await close()
    done(
      propose(
        reader('head', COMMUNE),
        roundId,
        people.map(({ officialId }) => officialId),
      ),
    )
    const ids = people.map(({ officialId }) => candidateOf(roundId, officialId).id)
    pass(reader('head', CITY), roundId, ids)
    const home = makeReader('home_affairs')
    pass({ ...home, officialId: null }, roundId, ids)
    const asked = { campaignId: CAMPAIGN, roundId, datedOn: '2024-07-10', accountId: home.accountId }
    const seen: number[] = []
    await bundlePapers(asked, undefined, finished => seen.push(finished))
    expect(seen.at(-1)).toBe(9)
    const content = found(takeBundle(home, CAMPAIGN, roundId))
    const zip = await openZip(new Uint8Array(content), 50_000_000)
    const contents = await readDocx(new Uint8Array(found(await zip.read('00-muc-luc.docx'))))
    expect(contents.paragraphs).toEqual(
      expect.arrayContaining(['Quyết định tặng Bằng khen, kèm danh sách', '05-quyet-dinh.docx']),
    )
    const decision = await readDocx(new Uint8Array(found(await zip.read('05-quyet-dinh.docx'))))
    expect(decision.paragraphs.join(' ')).toContain('02 cá nhân (danh sách tại Phụ lục)')
    expect(statusOf(() => takeBundle(reader('head'), CAMPAIGN, roundId))).toBe(403)
    await bundlePapers(asked, undefined, () => undefined)
    const kept = () =>
      prepared<number>('select count(*) from paper_bundle where length(content_cipher) > 0').pluck().one()
    expect(kept()).toBe(1)
    prepared('update paper_bundle set created_at = created_at - ?').run(7 * 86_400_000 + 1)
    expect(takeBundle(home, CAMPAIGN, roundId)).toBeUndefined()
    await removeExpired({ kind: 'system' }, Date.now())
    expect(kept()).toBe(0)
  })
})

describe('certificates', () => {
  it('come a hundred to a file, each file named by its first and last', async () => {
    const people = official(COMMUNE, 12)
    const roundId = await close()
    done(propose(reader('head', COMMUNE), roundId, [people.officialId]))
    const { id } = candidateOf(roundId, people.officialId)
    for (const head of [reader('head', CITY), reader('home_affairs')]) pass(head, roundId, [id])
    const home = reader('home_affairs')
    const list = await collectRound(home, CAMPAIGN, { roundId, isWhole: false })
    const [row] = list.persons
    const partsOf = async (count: number) => {
      const persons = Array.from({ length: count }, () => found(row))
      const asked = { document: 'bang-khen.docx', datedOn: null } as const
      const parts: [string, number][] = []
      for await (const { part, content } of writeRoundFiles(home, { ...list, persons }, asked)) {
        const { paragraphs } = await readDocx(content)
        parts.push([part, paragraphs.filter(text => text.startsWith('Số vào sổ')).length])
      }
      return parts
    }
    expect(await partsOf(100)).toEqual([['', 100]])
    expect(await partsOf(201)).toEqual([
      ['1-100', 100],
      ['101-200', 100],
      ['201-201', 1],
    ])
  })
})

describe('the mark of a draft', () => {
  const headOf = async (roundId: number, document: RoundPaper) => {
    const home = reader('home_affairs')
    const list = await collectRound(home, CAMPAIGN, { roundId, isWhole: false })
    const { paragraphs } = await readDocx(await writeRoundPaper(home, list, { document, datedOn: null }))
    return {
      isDraft: paragraphs.includes('DỰ THẢO'),
      number: paragraphs.find(text => text.startsWith('Số: ')),
      day: paragraphs.find(text => /^Bình Phước, ngày /.test(text)),
    }
  }

  it('goes with the council’s vote: number and day are blank then, and as on record once decided (B2)', async () => {
    const { officialId } = official(COMMUNE, 12)
    const roundId = await close()
    const part = () => collectRound(reader('head', COMMUNE), CAMPAIGN, { roundId, isWhole: true })
    const unitDraft = async () => {
      const commune = unitNamed(COMMUNE)
      const bytes = await writeUnitPaper(partOf(await part(), commune.path), commune.id, {
        document: 'to-trinh.docx',
        datedOn: null,
      })
      return (await readDocx(bytes)).paragraphs.includes('DỰ THẢO')
    }
    expect(await unitDraft()).toBe(true)
    done(propose(reader('head', COMMUNE), roundId, [officialId]))
    expect(await unitDraft()).toBe(false)
    const { id } = candidateOf(roundId, officialId)
    for (const head of [reader('head', CITY), reader('home_affairs')]) pass(head, roundId, [id])
    expect(await headOf(roundId, 'to-trinh.docx')).toMatchObject({ isDraft: true })
    done(freezeRound(reader('home_affairs'), CAMPAIGN, { roundId, lateReason: 'Chưa đến.', isEarlySeen: true }))
    for (const document of ['to-trinh.docx', 'bien-ban-hop.docx', 'quyet-dinh.docx', 'du-toan.docx'] as const)
      expect(await headOf(roundId, document), document).toMatchObject({ isDraft: true })
    vote(roundId)
    for (const document of ['to-trinh.docx', 'bien-ban-hop.docx', 'du-toan.docx'] as const)
      expect(await headOf(roundId, document), document).toMatchObject({ isDraft: false })
    expect(await headOf(roundId, 'quyet-dinh.docx')).toEqual({
      isDraft: false,
      number: 'Số:        /QĐ-UBND',
      day: 'Bình Phước, ngày …… tháng …… năm ………',
    })
    done(decide(roundId))
    const { decisionNumber } = found(roundById(CAMPAIGN, roundId))
    const decided = await headOf(roundId, 'quyet-dinh.docx')
    expect(decided.isDraft).toBe(false)
    expect(decided.number).toBe(`Số: ${decisionNumber}`)
    expect(decided.day).not.toContain('……')
  })
})

describe('rates of bonuses', () => {
  const RATE = {
    form: 'province_certificate',
    part: 'person',
    multiple: 150,
    baseSalary: 1_000_000,
    source: 'Điều …',
    fromOn: '2024-01-01',
    toOn: null,
  } as const

  it('are home affairs’ to add and to end; what papers lack is told until then', () => {
    const home = reader('home_affairs')
    const gaps = () => paperGapsOf(CAMPAIGN).map(({ gap }) => gap)
    expect(listAwardRates()).toEqual([])
    expect(gaps()).toContain('award_rates')
    expect(statusOf(() => addAwardRate(reader('campaign_office'), RATE))).toBe(403)
    const rateId = addAwardRate(home, RATE)
    addAwardRate(home, { ...RATE, part: 'collective' })
    expect(gaps()).not.toContain('award_rates')
    expect(endAwardRate(home, { rateId, toOn: '2023-12-31' })).toEqual({ ok: false, problem: 'ends_before_start' })
    done(endAwardRate(home, { rateId, toOn: '2024-05-31' }))
    expect(gaps()).toContain('award_rates')
  })
})

describe('papers of due process', () => {
  it('come from who decides, and from above in an appeal; none rests on the law of commendation (B3)', async () => {
    const idle = makeOfficial(unitNamed(COMMUNE).id, { name: 'Trần Thị Chậm' })
    moveClock(reader('admin'), Date.parse('2024-07-04T09:00+07:00'))
    const { caseId } = done(
      giveNotice(reader('head', COMMUNE), CAMPAIGN, {
        subject: { officialId: idle.officialId },
        documentNumber: '31/TB-UBND',
        body: 'Được tính 0/10.',
      }),
    )
    const row = found(findReview(reader('head', COMMUNE), CAMPAIGN, caseId))
    const wordsOf = async (kind: 'notice' | 'explanation' | 'appeal') =>
      (await readDocx(await reviewPaper(CAMPAIGN, row, { kind, parts }))).paragraphs
    const parts = [
      { name: 'Điện thoại thông minh 4G', shortName: 'máy 4G', basis: 'unit' as const },
      { name: 'Cổng dịch vụ công quốc gia', shortName: 'cổng quốc gia', basis: null },
    ]
    const notice = await wordsOf('notice')
    expect(notice).toEqual(expect.arrayContaining(['Số: 31/TB-UBND', 'THÔNG BÁO', 'Được tính 0/10.']))
    expect(notice.join(' ')).not.toContain('Thi đua')
    expect((await wordsOf('appeal')).slice(0, 3).join(' ')).toContain('THÀNH PHỐ ĐỒNG XOÀI')
    const explanation = await wordsOf('explanation')
    expect(explanation.at(-1)).toBe('Trần Thị Chậm')
    const rests =
      'Nội dung bản thân thực hiện, theo kết quả xét đã chốt: Điện thoại thông minh 4G: đạt, theo xác nhận của đơn vị; Cổng dịch vụ công quốc gia: chưa đạt.'
    expect([notice.includes(rests), explanation.includes(rests)]).toEqual([true, true])
    expect((await wordsOf('appeal')).join(' ')).not.toContain('đã chốt')
  })
})
