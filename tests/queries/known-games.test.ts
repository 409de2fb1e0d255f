import { describe, expect, it } from 'vitest'
import { type GameAct, playAct, UNLISTED } from '#tests/game-acts.ts'
import { before, bentIn } from '#tests/game-figures.ts'
import { type Game, recordNth, whomAll } from '#tests/game-state.ts'
import { CITIZENS, citizenLot, LOT, openWorld, truthOf, type World } from '#tests/game-world.ts'
import { dropProvince } from '#tests/make.ts'

type Name = keyof World['seats'] | keyof World['unopened']
type Planned = GameAct | ((game: Game) => GameAct)
type Known = { name: string; player: 'official' | 'coordinator' | 'head' | 'admin'; acts: readonly Planned[] }

const PLAYERS = ['official', 'coordinator', 'head', 'admin'] as const
const UNITS = ['root', 'above', 'own', 'next', 'away'] as const

/** An act about a person, named by their seat. */
const about =
  (name: Name, act: GameAct): Planned =>
  game => {
    const seat = { ...game.world.seats, ...game.world.unopened }[name]
    return { ...act, whom: whomAll(game).findIndex(({ accountId }) => accountId === seat.accountId) }
  }
/** An act about the player's record of one of their citizens. */
const onRecord =
  (lot: number, act: GameAct): Planned =>
  game => ({ ...act, nth: recordNth(game, citizenLot(PLAYERS.indexOf(playerName(game)), lot)) })
const playerName = ({ world, player }: Game) =>
  PLAYERS.find(name => world.seats[name].accountId === player.accountId) ?? 'official'
const unit = (name: (typeof UNITS)[number]) => UNITS.indexOf(name)

/** Roles as `account.manage` numbers them. */
const ROLE = { inspector: 0, office: 1, head: 5, coordinator: 6 } as const

/** Games that were once won, each by one person in at most eight acts. */
const KNOWN: readonly Known[] = [
  {
    name: 'H1: a head lowers a target',
    player: 'head',
    acts: [about('laggard', { right: 'target.assign' })],
  },
  {
    name: 'H1: a head asks for an exemption and approves it',
    player: 'head',
    acts: [about('laggard', { right: 'exemption.ask' }), { right: 'exemption.decide' }],
  },
  {
    name: 'H1: a head asks as the coordinator whose account they opened, and approves it',
    player: 'head',
    acts: [
      about('coordinator', { right: 'activation.issue' }),
      about('laggard', { right: 'exemption.ask', by: 1 }),
      { right: 'exemption.decide' },
    ],
  },
  {
    name: 'H2: a coordinator parks somebody elsewhere for the cut-off alone',
    player: 'coordinator',
    acts: [
      about('laggard', { right: 'official.transfer', unit: unit('next'), on: '2024-07-03' }),
      about('laggard', { right: 'official.transfer', unit: unit('own'), on: '2024-07-04' }),
    ],
  },
  {
    name: 'H2: a coordinator parks somebody elsewhere for longer',
    player: 'coordinator',
    acts: [
      about('laggard', { right: 'official.transfer', unit: unit('next'), on: '2024-06-20' }),
      about('laggard', { right: 'official.transfer', unit: unit('own'), on: '2024-07-25' }),
    ],
  },
  {
    name: 'H3: an imported list takes a person of another unit, and their account',
    player: 'coordinator',
    acts: [
      about('member', { right: 'roster.edit', unit: unit('own') }),
      about('member', { right: 'activation.issue' }),
    ],
  },
  {
    name: 'H4: a citizen who said no is recorded again',
    player: 'official',
    acts: [{ right: 'help.record', lot: CITIZENS + LOT.denied }],
  },
  {
    name: 'H4: a citizen of whom an inspection found a record untrue is recorded again',
    player: 'official',
    acts: [{ right: 'help.record', lot: CITIZENS + LOT.untrue }],
  },
  {
    name: 'H5: an administrator makes the office that upholds their appeal',
    player: 'admin',
    acts: [
      { right: 'account.manage', way: 0 },
      { right: 'account.manage', way: 2, lot: ROLE.office, unit: unit('root') },
      onRecord(LOT.untrue, { right: 'inspection.appeal' }),
      { right: 'inspection.decide', by: 1 },
    ],
  },
  {
    name: 'H5: an administrator makes the office that lowers the quota',
    player: 'admin',
    acts: [
      { right: 'account.manage', way: 0 },
      { right: 'account.manage', way: 2, lot: ROLE.office, unit: unit('root') },
      { right: 'campaign.edit', by: 1 },
    ],
  },
  {
    name: 'H6: a coordinator opens the other’s account and confirms their own',
    player: 'coordinator',
    acts: [about('coordinator2', { right: 'activation.issue' }), { right: 'help.confirm', by: 1 }],
  },
  {
    name: 'H6: a coordinator records as an official whose account they opened, and confirms it',
    player: 'coordinator',
    acts: [
      about('colleague', { right: 'activation.issue' }),
      { right: 'help.record', by: 1, lot: CITIZENS + LOT.free },
      { right: 'help.confirm' },
    ],
  },
  {
    name: 'a head opens two accounts, makes one coordinator, and confirms with it what the other records',
    player: 'head',
    acts: [
      about('colleague', { right: 'activation.issue' }),
      about('colleague', { right: 'coordinator.appoint', unit: unit('own') }),
      about('colleague2', { right: 'activation.issue' }),
      { right: 'help.record', by: 2, lot: CITIZENS + LOT.free },
      { right: 'help.confirm', by: 1 },
    ],
  },
  {
    name: 'an administrator makes a root head of an account that they then open, and lowers a target with it',
    player: 'admin',
    acts: [
      about('colleague', { right: 'account.manage', way: 2, lot: ROLE.head, unit: unit('root') }),
      about('colleague', { right: 'account.manage', way: 1 }),
      about('laggard', { right: 'target.assign', by: 1 }),
    ],
  },
  {
    name: 'an administrator makes a root head of an account that they made, and lowers a target with it',
    player: 'admin',
    acts: [
      { right: 'account.manage', way: 0 },
      { right: 'account.manage', way: 2, lot: ROLE.head, unit: unit('root') },
      about('laggard', { right: 'target.assign', by: 1 }),
    ],
  },
  {
    name: 'an administrator opens a coordinator whom they made, and confirms their own record as them',
    player: 'admin',
    acts: [
      about('colleague', { right: 'account.manage', way: 1 }),
      about('colleague', { right: 'account.manage', way: 2, lot: ROLE.coordinator, unit: unit('own') }),
      about('colleague2', { right: 'account.manage', way: 1 }),
      { right: 'help.record', by: 2, lot: CITIZENS + LOT.free },
      { right: 'help.confirm', by: 1 },
    ],
  },
  {
    name: 'an administrator replaces an office’s password and lowers the quota as the office',
    player: 'admin',
    acts: [about('office', { right: 'account.manage', way: 1 }), { right: 'campaign.edit', by: 1 }],
  },
  {
    name: 'an administrator replaces a root head’s password and lowers a target as the root head',
    player: 'admin',
    acts: [about('rootHead', { right: 'account.manage', way: 1 }), about('laggard', { right: 'target.assign', by: 1 })],
  },
  {
    name: 'a head opens a coordinator whom the system made and confirms as them what another account that they opened records',
    player: 'head',
    acts: [
      about('deputy', { right: 'activation.issue' }),
      about('colleague', { right: 'activation.issue' }),
      { right: 'help.record', by: 2, lot: CITIZENS + LOT.free },
      { right: 'help.confirm', by: 1 },
    ],
  },
  {
    name: 'an administrator opens a root head whom the system made and lowers a target as them',
    player: 'admin',
    acts: [
      about('rootDeputy', { right: 'account.manage', way: 1 }),
      about('laggard', { right: 'target.assign', by: 1 }),
    ],
  },
  {
    name: 'H7: what a list contradicts moves to a district that the list does not cover',
    player: 'official',
    acts: [onRecord(LOT.contradicted, { right: 'help.edit', way: 1, isYes: true })],
  },
]

describe('the list of acts', () => {
  it('has every right of the access matrix, played or with the reason why not', () => {
    expect(UNLISTED).toEqual([])
  })
})

describe('a game known since it was won', () => {
  it.each(KNOWN)(
    '$name: bends nothing any more',
    async ({ player, acts }) => {
      const world = await openWorld()
      const seat = world.seats[player]
      const game: Game = { world, player: seat, accounts: [seat.accountId], made: { accounts: [] } }
      const start = before(game)
      for (const act of acts) await playAct(game, typeof act === 'function' ? act(game) : act)
      const bent = bentIn(game, truthOf(world, seat, []), start)
      dropProvince()
      expect(bent).toEqual([])
    },
    120_000,
  )
})
