import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { recordHelp } from '#app/queries/help.server.ts'
import { confirmHelp } from '#app/queries/help-confirmation.server.ts'
import { recount } from '#app/queries/judging/index.server.ts'
import { together } from '#app/queries/together.server.ts'
import { db, openDatabase, prepared } from '#db/client.server.ts'
import { CAMPAIGN, dropProvince, grantTo, helpForm, makeOfficial, makeProvince, unitNamed } from '#tests/make.ts'

beforeEach(() => makeProvince())
afterEach(() => {
  expect(recount(CAMPAIGN)).toEqual([])
  dropProvince()
})

const stored = () => (prepared('select count(*) as n from help').get() as { n: number }).n
const unit = () => unitNamed('Sở Nội vụ')

describe('writes asked for at the same moment', () => {
  it('are all done, in the order in which they came', async () => {
    const { actor, officialId } = makeOfficial(unit().id)
    const head = grantTo(makeOfficial(unit().id).actor, 'head', unit().id)
    const made = await Promise.all(
      Array.from({ length: 70 }, (_, n) =>
        together(() => recordHelp(actor, CAMPAIGN, { officialId, input: helpForm(n) })),
      ),
    )
    expect(made.every(outcome => outcome.ok)).toBe(true)
    expect(new Set(made.map(outcome => outcome.ok && outcome.helpId)).size).toBe(70)
    expect(stored()).toBe(70)
    const ids = made.flatMap(outcome => (outcome.ok ? [outcome.helpId] : []))
    const { confirmed } = await together(() => confirmHelp(head, CAMPAIGN, ids))
    expect(confirmed).toBe(70)
  })

  it('fail alone: what one wrote before it threw is undone, the others stand', async () => {
    const { actor, officialId } = makeOfficial(unit().id)
    const record = (n: number) => recordHelp(actor, CAMPAIGN, { officialId, input: helpForm(n) })
    const results = await Promise.allSettled([
      together(() => record(1)),
      together(() => {
        record(2)
        throw new Error('after it wrote')
      }),
      together(() => record(3)),
    ])
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(stored()).toBe(2)
  })

  it('are none of them done while somebody else holds the database, and each is told', async () => {
    const { actor, officialId } = makeOfficial(unit().id)
    const other = db
    openDatabase(other.$client.name)
    other.$client.exec('begin immediate')
    const results = await Promise.allSettled(
      [1, 2].map(n => together(() => recordHelp(actor, CAMPAIGN, { officialId, input: helpForm(n) }))),
    )
    other.$client.exec('rollback')
    other.$client.close()
    expect(results.map(result => result.status === 'rejected' && (result.reason as { code: string }).code)).toEqual([
      'SQLITE_BUSY',
      'SQLITE_BUSY',
    ])
    expect(stored()).toBe(0)
  })
})
