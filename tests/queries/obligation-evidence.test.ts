import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Person } from '#app/access/policy.ts'
import { moveExtract, readExtract } from '#app/jobs/extract.server.ts'
import { peopleFiguresOf } from '#app/queries/aggregate.server.ts'
import { undoConfirming } from '#app/queries/confirming-undo.server.ts'
import { mapColumns, startApplying, startUndoing, uploadExtract } from '#app/queries/extract.server.ts'
import { recount } from '#app/queries/judging/index.server.ts'
import { storedStanding } from '#app/queries/judging/standing.server.ts'
import {
  confirmObligations,
  declareObligation,
  findObligations,
  listWaitingObligations,
  returnObligations,
} from '#app/queries/obligation.server.ts'
import { settledOf } from '#app/queries/obligation-evidence.server.ts'
import { prepared } from '#db/client.server.ts'
import { CAMPAIGN, done, dropProvince, grantTo, makeOfficial, makeProvince, unitNamed } from '#tests/make.ts'

const COMMUNE = 'UBND xã Tân Thành'
const quiet = () => undefined

let office: Person
let head: Person
let person: ReturnType<typeof makeOfficial>

beforeEach(() => {
  makeProvince()
  office = grantTo(makeOfficial(1).actor, 'telecom_office', 1)
  head = grantTo(makeOfficial(unitNamed(COMMUNE).id).actor, 'head', unitNamed(COMMUNE).id)
  person = makeOfficial(unitNamed(COMMUNE).id)
  // declared on 20/4, so that a list of 20/5 is past the days of grace
  declareBoth('0912345678', '2024-04-20')
})
afterEach(() => {
  expect(recount(CAMPAIGN)).toEqual([])
  expect(settledOf(CAMPAIGN, [person.officialId])).toEqual([])
  dropProvince()
})

function declareBoth(phone: string, on: string) {
  const { officialId, actor } = person
  const sim = {
    part: 'sim_signature' as const,
    phone,
    carrier: 'vinaphone' as const,
    isOwnName: true,
    provider: 'VNPT-CA',
    certificateKind: 'sim' as const,
    validFromOn: '2024-04-01',
    validToOn: '2025-04-01',
  }
  const device = { part: 'phone_4g' as const, maker: 'Samsung', model: 'A15', has4g: true }
  for (const declaration of [sim, device])
    done(declareObligation(actor, CAMPAIGN, { officialId, declaration, evidence: null }))
  prepared('update obligation set declared_at = ?').run(Date.parse(`${on}T09:00+07:00`))
}

const partOf = (part: string) =>
  prepared('select id, state from obligation where part = ? and official_id = ?').get(part, person.officialId) as {
    id: number
    state: string
  }
const confirm = (...parts: string[]) =>
  confirmObligations(
    head,
    CAMPAIGN,
    parts.map(part => partOf(part).id),
  )
const stands = () => {
  const { simSignature, phone4g } = storedStanding(CAMPAIGN, person.officialId) ?? {}
  return [simSignature, phone4g]
}

/** Applies a telecom's file; `rows` are phones with or without signature and 4G. */
async function apply(asOfOn: string, rows: string[], fullFor: string[] = []): Promise<number> {
  const { extractId } = done(
    uploadExtract(office, CAMPAIGN, {
      input: {
        source: 'telecom',
        asOfOn,
        isFullList: fullFor.length > 0,
        localities: fullFor,
        carriers: ['vinaphone'],
      },
      fileName: 'a.csv',
      bytes: Buffer.from(['Số thuê bao;Chính chủ;Chữ ký số;4G', ...rows].join('\n')),
    }),
  )
  const columns = { phone: 0, ownName: 1, signature: 2, has4g: 3 }
  await readExtract({ extractId }, undefined, quiet)
  done(mapColumns(office, CAMPAIGN, { extractId, columns }))
  await readExtract({ extractId, columns, headRow: 1 }, undefined, quiet)
  prepared("update job set state = 'done'").run()
  startApplying(office, CAMPAIGN, extractId)
  await moveExtract({ extractId }, undefined, quiet)
  prepared("update job set state = 'done'").run()
  return extractId
}

async function undo(extractId: number) {
  startUndoing(office, CAMPAIGN, extractId)
  await moveExtract({ extractId }, undefined, quiet)
  prepared("update job set state = 'done'").run()
}

describe('an extract and own obligations', () => {
  it('verifies what it shows, and undoing it takes that back', async () => {
    confirm('sim_signature', 'phone_4g')
    expect(stands()).toEqual(['met', 'met'])
    const extractId = await apply('2024-05-20', ['0912345678;x;x;'])
    expect(stands()).toEqual(['verified', 'met'])
    expect(partOf('sim_signature').state).toBe('verified')
    const [people] = peopleFiguresOf(CAMPAIGN, 'unit', ['1'])
    expect(people).toMatchObject({ simSignatureConfirmed: 1, simSignatureMet: 1, simSignatureVerified: 1 })
    expect(people?.phone4gVerified).toBe(0)
    await undo(extractId)
    expect(stands()).toEqual(['met', 'met'])
    expect(partOf('sim_signature').state).toBe('confirmed')
  })

  it('verifies a phone with 4G, and at once what is confirmed after it', async () => {
    await apply('2024-05-20', ['0912345678;x;x;x'])
    expect(stands()).toEqual(['declared', 'declared'])
    confirm('sim_signature', 'phone_4g')
    expect(stands()).toEqual(['verified', 'verified'])
  })

  it('that covers and lacks a part leaves it confirmed, to be looked at again, with its source', async () => {
    confirm('sim_signature', 'phone_4g')
    const extractId = await apply('2024-05-20', ['0987654321;x;x;x'], ['70'])
    expect(stands()).toEqual(['review', 'review'])
    expect(partOf('sim_signature').state).toBe('confirmed')
    const asked = { unitPath: unitNamed(COMMUNE).path, waits: 'review' as const }
    const { rows, total } = listWaitingObligations(head, CAMPAIGN, asked)
    expect(total).toBe(2)
    expect(rows[0]).toMatchObject({ isInReview: true, extract: { asOfOn: '2024-05-20', shows: false } })
    const own = findObligations(person.actor, CAMPAIGN, person.officialId)
    expect(own?.find(({ part }) => part === 'sim_signature')).toMatchObject({ standing: 'review' })
    expect(confirm('sim_signature')).toEqual({ confirmed: 1, left: [] })
    expect(stands()).toEqual(['met', 'review'])
    await undo(extractId)
    expect(stands()).toEqual(['met', 'met'])
  })

  it('that lacks it later asks again, and one that shows it later verifies it', async () => {
    confirm('sim_signature', 'phone_4g')
    await apply('2024-05-20', ['0987654321;x;x;x'], ['70'])
    confirm('sim_signature', 'phone_4g')
    expect(stands()).toEqual(['met', 'met'])
    await apply('2024-05-27', ['0987654321;x;x;x'], ['70'])
    expect(stands()).toEqual(['review', 'review'])
    await apply('2024-05-28', ['0912345678;x;x;x'])
    expect(stands()).toEqual(['verified', 'verified'])
  })

  it('a confirmation that is undone leaves what was there before it', async () => {
    const unconfirm = () => done(undoConfirming(head, CAMPAIGN, { kind: 'obligation', count: 1 }, Date.now()))
    await apply('2024-05-20', ['0912345678;x;x;x'])
    confirm('phone_4g')
    expect(stands()).toEqual(['declared', 'verified'])
    unconfirm()
    expect(stands()).toEqual(['declared', 'declared'])
    confirm('sim_signature', 'phone_4g')
    await apply('2024-05-27', ['0987654321;x;x;x'], ['70'])
    confirm('sim_signature')
    expect(stands()).toEqual(['met', 'review'])
    unconfirm()
    expect(stands()).toEqual(['review', 'review'])
  })

  it.each([
    ['within the days of grace', '2024-04-28', ['70']],
    ['of another place', '2024-05-20', ['691']],
  ])('%s lacks nothing', async (_, asOfOn, fullFor) => {
    confirm('sim_signature', 'phone_4g')
    await apply(asOfOn, ['0987654321;x;x;x'], fullFor)
    expect(stands()).toEqual(['met', 'met'])
  })

  it('is forgotten where a part is returned or declared again', async () => {
    confirm('sim_signature', 'phone_4g')
    await apply('2024-05-20', ['0987654321;x;x;x'], ['70'])
    const { id } = partOf('sim_signature')
    expect(returnObligations(head, CAMPAIGN, { obligationIds: [id], reason: 'Xem lại số' })).toMatchObject({
      returned: 1,
    })
    expect(stands()).toEqual(['returned', 'review'])
    declareBoth('0987654321', '2024-04-20')
    expect(stands()).toEqual(['declared', 'declared'])
    confirm('sim_signature', 'phone_4g')
    expect(stands()).toEqual(['verified', 'verified'])
  })
})
