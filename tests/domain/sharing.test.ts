import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hamletKey } from '#app/domain/hamlet.ts'
import { type Bearer, SHARING_WAYS, type SharedItem, shareOut } from '#app/domain/sharing.ts'

const items = (...hamlets: string[]): SharedItem[] => hamlets.map((hamlet, n) => ({ id: n + 1, hamlet }))
const bearer = (key: string, hamlet: string, load = 0, share: number | null = null): Bearer => ({
  key,
  hamlets: hamlet === '' ? [] : [hamlet],
  load,
  share,
})
const told = ({ given, left }: ReturnType<typeof shareOut>) => [
  ...given.map(row => `${row.itemId} → ${row.bearerKey}: ${row.reason}`),
  ...left.map(row => `${row.itemId}: ${row.reason}`),
]

describe('hamlets are compared by their own name', () => {
  it.each([
    ['Ấp 3', 'ấp 03'],
    ['Khu phố Tân Bình', 'KP. Tân Bình'],
    ['Thôn Bù Xia', 'thôn  bù xia'],
    ['Ấp 3', '3'],
  ])('%s is %s', (a, b) => {
    expect(hamletKey(a)).toBe(hamletKey(b))
  })
  it('ấp 1 is not ấp 11', () => expect(hamletKey('Ấp 1')).not.toBe(hamletKey('Ấp 11')))
})

describe('sharing out, situation by situation', () => {
  it('automatic: a hamlet’s own people first, then whoever has the least', () => {
    const people = [bearer('a', 'Ấp 1'), bearer('b', 'Ấp 2')]
    expect(told(shareOut(items('Ấp 1', 'Ấp 1', 'Ấp 2', 'Ấp 9'), people, 'automatic'))).toEqual([
      '1 → a: own_hamlet',
      '2 → a: own_hamlet',
      '3 → b: own_hamlet',
      '4 → b: least_loaded',
    ])
  })
  it('automatic: nobody above their share, what is over goes to others, what nobody can take is left', () => {
    const people = [bearer('a', 'Ấp 1', 0, 1), bearer('b', 'Ấp 2', 1, 2)]
    expect(told(shareOut(items('Ấp 1', 'Ấp 1', 'Ấp 1'), people, 'automatic'))).toEqual([
      '1 → a: own_hamlet',
      '2 → b: least_loaded',
      '3: shares_full',
    ])
  })
  it('automatic: whoever is of a hamlet that has nobody else is kept for it', () => {
    const people: Bearer[] = [{ ...bearer('a', 'Ấp 1', 0, 1), hamlets: ['Ấp 1', 'Ấp 2'] }, bearer('b', 'Ấp 1', 0, 1)]
    expect(told(shareOut(items('Ấp 1', 'Ấp 2'), people, 'automatic'))).toEqual([
      '1 → b: own_hamlet',
      '2 → a: own_hamlet',
    ])
  })
  it('automatic: one whose share is used up already gets none', () => {
    expect(told(shareOut(items('Ấp 1'), [bearer('a', 'Ấp 1', 5, 5)], 'automatic'))).toEqual(['1: shares_full'])
  })
  it('by hamlet: to the hamlet’s own alone', () => {
    const people = [bearer('a', 'Ấp 1'), bearer('b', 'Ấp 1'), bearer('c', '')]
    expect(told(shareOut(items('Ấp 1', 'Ấp 1', 'Ấp 2'), people, 'by_hamlet'))).toEqual([
      '1 → a: own_hamlet',
      '2 → b: own_hamlet',
      '3: hamlet_without_bearer',
    ])
  })
  it('evenly: as many to each, neighbours together, the odd one to who has the least open', () => {
    const people = [bearer('a', '', 3), bearer('b', '', 0)]
    expect(told(shareOut(items('Ấp 1', 'Ấp 2', 'Ấp 1'), people, 'evenly'))).toEqual([
      '1 → b: even',
      '2 → a: even',
      '3 → b: even',
    ])
  })
  it('by hand: all to the one named', () => {
    expect(told(shareOut(items('Ấp 1', 'Ấp 2'), [bearer('a', '', 99, 1)], 'by_hand'))).toEqual([
      '1 → a: by_hand',
      '2 → a: by_hand',
    ])
  })
  it('with nobody named everybody is left', () => {
    expect(told(shareOut(items('Ấp 1'), [], 'automatic'))).toEqual(['1: nobody_named'])
  })
})

const HAMLETS = ['Ấp 1', 'Ấp 2', 'Ấp 3', 'Ấp 4', '']
const hamlet = fc.constantFrom(...HAMLETS)
const citizens = fc
  .uniqueArray(fc.integer({ min: 1, max: 500 }), { maxLength: 60 })
  .chain(ids => fc.tuple(...ids.map(id => hamlet.map(where => ({ id, hamlet: where })))))
const people = fc.uniqueArray(fc.integer({ min: 1, max: 40 }), { maxLength: 8 }).chain(keys =>
  fc.tuple(
    ...keys.map(key =>
      fc.record({
        key: fc.constant<string>(`o${key}`),
        hamlets: fc.uniqueArray(hamlet, { maxLength: 3 }),
        load: fc.integer({ min: 0, max: 12 }),
        share: fc.option(fc.integer({ min: 0, max: 15 })),
      }),
    ),
  ),
)
const way = fc.constantFrom(...SHARING_WAYS)

const received = (sharing: ReturnType<typeof shareOut>, key: string) =>
  sharing.given.filter(row => row.bearerKey === key).length

describe('sharing out, whatever is shared', () => {
  it('keeps the sum: every citizen is given once or left once', () => {
    fc.assert(
      fc.property(citizens, people, way, (list, bearers, how) => {
        const { given, left } = shareOut(list, bearers, how)
        const ids = [...given, ...left].map(row => row.itemId).sort((a, b) => a - b)
        expect(ids).toEqual(list.map(({ id }) => id).sort((a, b) => a - b))
        const keys = new Set(bearers.map(({ key }) => key))
        expect(given.every(row => keys.has(row.bearerKey))).toBe(true)
      }),
    )
  })

  it('is the same whatever the order in which it is asked, and for the same question', () => {
    fc.assert(
      fc.property(citizens, people, way, (list, bearers, how) => {
        fc.pre(how !== 'by_hand' || bearers.length < 2)
        const once = shareOut(list, bearers, how)
        expect(shareOut([...list].reverse(), [...bearers].reverse(), how)).toEqual(once)
        expect(shareOut([...list, ...list], bearers, how)).toEqual(once)
      }),
    )
  })

  it('automatic: gives nobody more than their share', () => {
    fc.assert(
      fc.property(citizens, people, (list, bearers) => {
        const sharing = shareOut(list, bearers, 'automatic')
        for (const { key, load, share } of bearers) {
          const more = received(sharing, key)
          if (share !== null && more > 0) expect(load + more).toBeLessThanOrEqual(share)
        }
      }),
    )
  })

  it('automatic: leaves nobody while somebody has room', () => {
    fc.assert(
      fc.property(citizens, people, (list, bearers) => {
        const sharing = shareOut(list, bearers, 'automatic')
        const hasRoom = bearers.some(({ key, load, share }) => share === null || load + received(sharing, key) < share)
        if (hasRoom) expect(sharing.left).toEqual([])
      }),
    )
  })

  it('automatic: goes to a stranger only where the hamlet’s own have no room', () => {
    fc.assert(
      fc.property(citizens, people, (list, bearers) => {
        const sharing = shareOut(list, bearers, 'automatic')
        const where = new Map(list.map(item => [item.id, hamletKey(item.hamlet)]))
        for (const { itemId, reason } of sharing.given) {
          if (reason !== 'least_loaded') continue
          const own = bearers.filter(({ hamlets }) =>
            hamlets.some(name => name !== '' && hamletKey(name) === where.get(itemId)),
          )
          for (const { key, load, share } of own)
            expect(share !== null && load + received(sharing, key) >= share).toBe(true)
        }
      }),
    )
  })

  it('automatic: is balanced within one among those with the same hamlets who have room', () => {
    fc.assert(
      fc.property(citizens, people, (list, bearers) => {
        const sharing = shareOut(list, bearers, 'automatic')
        const same = (a: Bearer, b: Bearer) =>
          JSON.stringify([...a.hamlets].filter(Boolean).sort()) ===
          JSON.stringify([...b.hamlets].filter(Boolean).sort())
        for (const a of bearers)
          for (const b of bearers) {
            const hasRoom = b.share === null || b.load + received(sharing, b.key) < b.share
            if (a.key === b.key || !same(a, b) || !hasRoom || received(sharing, a.key) === 0) continue
            expect(a.load + received(sharing, a.key)).toBeLessThanOrEqual(b.load + received(sharing, b.key) + 1)
          }
      }),
    )
  })

  it('is stable under re-run: once shared out, nothing moves', () => {
    fc.assert(
      fc.property(citizens, people, (list, bearers) => {
        const first = shareOut(list, bearers, 'automatic')
        const now = bearers.map(row => ({ ...row, load: row.load + received(first, row.key) }))
        const rest = list.filter(({ id }) => first.left.some(row => row.itemId === id))
        const again = shareOut(rest, now, 'automatic')
        expect(again.given).toEqual([])
      }),
    )
  })

  it('evenly: gives as many to each, within one', () => {
    fc.assert(
      fc.property(citizens, people, (list, bearers) => {
        const sharing = shareOut(list, bearers, 'evenly')
        const counts = bearers.map(({ key }) => received(sharing, key))
        if (counts.length > 0) expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1)
      }),
    )
  })
})
