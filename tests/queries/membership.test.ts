import { afterEach, beforeEach, expect, it } from 'vitest'
import { answerOffer, insertOffer } from '#app/queries/join-offer.server.ts'
import { changePeople, writeUnjudged } from '#app/queries/judging/index.server.ts'
import { beginMembership, endMemberships } from '#app/queries/membership.server.ts'
import { prepared } from '#db/client.server.ts'
import { CAMPAIGN, done, dropProvince, makeOfficial, makeProvince, system, unitNamed } from '#tests/make.ts'

beforeEach(() => makeProvince())
afterEach(dropProvince)

const chapterId = () => prepared<number>("select id from chapter where association = 'women' order by id").pluck().one()
const held = (officialId: number) =>
  prepared('select from_on as fromOn, to_on as toOn from membership where official_id = ? order by id').all(officialId)

/** The two ways into an association: by a list, and by an offer that was accepted. */
const WAYS = {
  'a list': (officialId: number, fromOn: string) =>
    changePeople([officialId], tx =>
      beginMembership(tx, { officialId, association: 'women', chapterId: chapterId(), fromOn }),
    ),
  'an accepted offer': (officialId: number, fromOn: string) => {
    const unitId = unitNamed('UBND xã Tân Thành').id
    const offerId = writeUnjudged(tx =>
      insertOffer(tx, system, { officialId, unitId, chapterId: chapterId(), teamId: null, fromOn }),
    )
    const owner = prepared<number>('select id from account where official_id = ?').pluck().one(officialId)
    done(
      answerOffer({ kind: 'person', accountId: owner, officialId, grants: [], on: '2024-06-12' }, CAMPAIGN, {
        offerId,
        isAccepted: true,
      }),
    )
  },
} as const

it.each(Object.keys(WAYS) as (keyof typeof WAYS)[])('by %s begins by one rule', way => {
  const begin = WAYS[way]
  const [fresh, former, present] = [0, 1, 2].map(() => makeOfficial(unitNamed('Sở Y tế').id).officialId)
  if (fresh === undefined || former === undefined || present === undefined) throw new Error('nobody')
  begin(fresh, '2024-04-04')
  expect(held(fresh)).toEqual([{ fromOn: '2024-04-04', toOn: null }])

  begin(former, '2024-01-01')
  changePeople([former], tx => endMemberships(tx, { officialId: former, association: 'women' }))
  begin(former, '2024-04-04')
  expect(held(former)).toEqual([
    { fromOn: '2024-01-01', toOn: '2024-06-11' },
    { fromOn: '2024-06-12', toOn: null },
  ])

  // of today's membership nothing is left before today, and one that begins later makes way
  begin(present, '2024-01-01')
  begin(present, '2024-04-04')
  begin(present, '2024-04-04')
  expect(held(present)).toEqual([
    { fromOn: '2024-01-01', toOn: '2024-06-11' },
    { fromOn: '2024-06-12', toOn: null },
  ])
})
