import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openFile, storeEvidence, storePledgeList } from '#app/queries/stored-file.server.ts'
import { prepared } from '#db/client.server.ts'
import { CAMPAIGN, dropProvince, grantTo, makeOfficial, makeProvince, unitNamed } from '#tests/make.ts'

beforeEach(() => makeProvince())
afterEach(dropProvince)

const FILE = { mediaType: 'application/pdf' as const, content: Buffer.from('%PDF-1.7 chứng thư') }
const forbidden = expect.objectContaining({ kind: 'forbidden' })

function office(name = 'Sở Nội vụ') {
  const unit = unitNamed(name)
  const official = makeOfficial(unit.id)
  return {
    unit,
    official,
    colleague: makeOfficial(unit.id).actor,
    coordinator: grantTo(makeOfficial(unit.id).actor, 'coordinator', unit.id),
  }
}

describe('a stored file', () => {
  it('is sealed, opens as it was for its owner and the coordinator, and each opening is logged', () => {
    const { official, coordinator } = office()
    const fileId = storeEvidence(official.actor, CAMPAIGN, official.officialId, FILE)
    const row = prepared('select content_cipher as sealed, size from stored_file where id = ?').get(fileId) as {
      sealed: Buffer
      size: number
    }
    expect(row.sealed.includes('%PDF')).toBe(false)
    expect(row.size).toBe(FILE.content.length)
    expect(openFile(official.actor, CAMPAIGN, fileId)).toEqual(FILE)
    expect(openFile(coordinator, CAMPAIGN, fileId)).toEqual(FILE)
    const openings = prepared(
      `select account_id as accountId from event where subject = 'stored_file' and subject_id = ? and verb = 'open'`,
    ).all(String(fileId))
    expect(openings).toEqual([{ accountId: official.accountId }, { accountId: coordinator.accountId }])
  })

  it.each([
    ['a colleague without a role', () => office().colleague, undefined],
    [
      'the head of another agency',
      () => grantTo(office('Sở Tư pháp').colleague, 'head', unitNamed('Sở Tư pháp').id),
      undefined,
    ],
    ['nobody signed in', () => ({ kind: 'anonymous' as const }), undefined],
    ['home affairs, who see the person but no evidence', () => grantTo(office().colleague, 'home_affairs', 1), 403],
  ])('stays shut for %s', (_label, make, status) => {
    const { official } = office()
    const fileId = storeEvidence(official.actor, CAMPAIGN, official.officialId, FILE)
    const actor = make()
    if (status === undefined) expect(openFile(actor, CAMPAIGN, fileId)).toBeUndefined()
    else expect(() => openFile(actor, CAMPAIGN, fileId)).toThrow(forbidden)
    expect(prepared(`select count(*) as n from event where verb = 'open'`).get()).toEqual({ n: 0 })
  })

  it('of a unit is stored by its coordinator and opened by those above, not by its people', () => {
    const { unit, official, coordinator } = office()
    const fileId = storePledgeList(coordinator, CAMPAIGN, unit.id, { ...FILE, mediaType: 'image/png' })
    expect(openFile(grantTo(official.actor, 'head', 1), CAMPAIGN, fileId)?.mediaType).toBe('image/png')
    expect(openFile(official.actor, CAMPAIGN, fileId)).toBeUndefined()
    expect(() => storePledgeList(official.actor, CAMPAIGN, unit.id, FILE)).toThrow(forbidden)
  })

  it('is nobody else’s to add', () => {
    const { official, colleague, coordinator } = office()
    expect(() => storeEvidence(colleague, CAMPAIGN, official.officialId, FILE)).toThrow(forbidden)
    expect(() => storeEvidence(coordinator, CAMPAIGN, official.officialId, FILE)).toThrow(forbidden)
  })

  it('that is not there does not open', () => {
    expect(openFile(office().coordinator, CAMPAIGN, 99)).toBeUndefined()
  })
})
