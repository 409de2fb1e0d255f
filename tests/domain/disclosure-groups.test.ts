import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Group, tellableGroups } from '#app/domain/disclosure/groups.ts'

const group = (key: string, parentKey: string | null, people: number): Group => ({ key, parentKey, people })

describe('results of groups', () => {
  it('withhold a sibling where the difference would be a group of four', () => {
    const groups = [group('p', null, 40), group('a', 'p', 20), group('b', 'p', 16), group('c', 'p', 4)]
    expect([...tellableGroups(groups)]).toEqual(['p', 'a'])
  })

  it('count the people of the unit itself to what is left', () => {
    const own = (people: number) => [group('p', null, 40 + people), group('a', 'p', 25), group('b', 'p', 15)]
    expect([...tellableGroups(own(0))].sort()).toEqual(['a', 'b', 'p'])
    expect([...tellableGroups(own(3))].sort()).toEqual(['a', 'p'])
    expect([...tellableGroups(own(5))].sort()).toEqual(['a', 'b', 'p'])
  })

  it('leave nobody and no group of one to four to any subtraction', () => {
    const sizes = fc.array(fc.array(fc.integer({ min: 0, max: 12 }), { maxLength: 6 }), { maxLength: 6 })
    fc.assert(
      fc.property(sizes, fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 7, maxLength: 7 }), (tree, own) => {
        const parts = tree.map((leaves, n) => ({
          leaves,
          people: leaves.reduce((sum, people) => sum + people, own[n] ?? 0),
        }))
        const groups = [
          group(
            'p',
            null,
            parts.reduce((sum, { people }) => sum + people, own[6] ?? 0),
          ),
          ...parts.map(({ people }, n) => group(`d${n}`, 'p', people)),
          ...parts.flatMap(({ leaves }, n) => leaves.map((people, m) => group(`d${n}u${m}`, `d${n}`, people))),
        ]
        const told = tellableGroups(groups)
        for (const { key, parentKey, people } of groups.filter(({ key }) => told.has(key))) {
          expect(parentKey === null || told.has(parentKey)).toBe(true)
          const left = groups
            .filter(part => part.parentKey === key && told.has(part.key))
            .reduce((rest, part) => rest - part.people, people)
          const hasParts = groups.some(part => part.parentKey === key && told.has(part.key))
          expect(hasParts && left > 0 && left < 5).toBe(false)
        }
      }),
    )
  })
})
