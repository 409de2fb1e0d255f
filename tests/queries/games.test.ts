import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { type GameAct, PLAYED, playAct } from '#tests/game-acts.ts'
import { before, bentIn } from '#tests/game-figures.ts'
import type { Game } from '#tests/game-state.ts'
import { CITIZENS, DRAWN_LOTS, openWorld, truthOf } from '#tests/game-world.ts'
import { dropProvince, makeProvince } from '#tests/make.ts'

afterEach(dropProvince)

/** Games in `npm test`; `npm run test:games` plays 20,000. */
const USUAL = 300
const RUNS = Number(process.env.GAMES ?? USUAL)
/** An official, a coordinator, a head, an administrator. */
const PLAYERS = 4
const SEED = Number(process.env.SEED ?? Date.now() % 2 ** 31)
console.info(`${RUNS} games, seed ${SEED}`)

/** How often each right was used, and how many acts were refused, over all games. */
const played = new Map<string, number>()
const note = (what: string) => played.set(what, (played.get(what) ?? 0) + 1)

const ACT: fc.Arbitrary<GameAct> = fc.record({
  // mostly a right that the account holds; now and then any, which the page refuses
  right: fc.oneof({ weight: 9, arbitrary: fc.nat(200) }, { weight: 1, arbitrary: fc.constantFrom(...PLAYED) }),
  by: fc.nat(5),
  whom: fc.nat(40),
  nth: fc.nat(30),
  lot: fc.oneof(
    { weight: 3, arbitrary: fc.integer({ min: CITIZENS, max: CITIZENS + 8 }) },
    { weight: 1, arbitrary: fc.nat(CITIZENS - 1) },
  ),
  way: fc.nat(9),
  on: fc.constantFrom(
    '2024-04-04',
    '2024-04-04',
    '2024-05-20',
    '2024-06-12',
    '2024-06-20',
    '2024-07-03',
    '2024-07-04',
    '2024-07-25',
  ),
  isYes: fc.boolean(),
  unit: fc.nat(4),
})
const TRUTH = fc.array(fc.boolean(), { minLength: DRAWN_LOTS.length, maxLength: DRAWN_LOTS.length })

describe('a game of one person', () => {
  it(
    'bends no figure, result or sample',
    async () => {
      const acts = fc.array(ACT, { minLength: 1, maxLength: 8, size: 'max' })
      await fc.assert(
        fc.asyncProperty(fc.nat(PLAYERS - 1), TRUTH, acts, async (who, drawn, sequence) => {
          const world = await openWorld()
          const player = world.members[who] ?? world.seats.official
          const game: Game = { world, player, accounts: [player.accountId], made: { accounts: [] } }
          const start = before(game)
          for (const act of sequence) note((await playAct(game, act)) ?? 'refused')
          const bent = bentIn(game, truthOf(world, player, drawn), start)
          dropProvince()
          expect(bent).toEqual([])
        }),
        { numRuns: RUNS, seed: SEED, interruptAfterTimeLimit: RUNS > USUAL ? undefined : 50_000 },
      )
      makeProvince()
      if (process.env.GAMES)
        console.info(
          [...played]
            .sort()
            .map(([what, n]) => `${n} × ${what}`)
            .join('\n'),
        )
    },
    6 * 3_600_000,
  )
})
