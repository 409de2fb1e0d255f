import { prepared, transact } from '#db/client.server.ts'
import { inserterOf } from '#db/inserter.server.ts'
import { award } from '#db/schema.ts'
import type { Dice } from './dice.ts'
import type { People } from './people.ts'
import { STANDS_AT } from './rhythm.ts'
import { logStep } from './steps.server.ts'
import type { Tree } from './tree.server.ts'

const NAMES = [
  'Giấy khen của Chủ tịch UBND huyện',
  'Giấy khen của Giám đốc Công an tỉnh',
  'Bằng khen của Chủ tịch UBND tỉnh',
  'Danh hiệu Chiến sĩ thi đua cơ sở',
] as const
const YEARS = [2021, 2022, 2023] as const
const SHARE = { officials: 0.025, communes: 0.1 }

/** Earlier awards (khen thưởng đã có) of a few officials and communes, as home affairs entered them. */
export function writeAwards({ officials }: People, { units }: Tree, dice: Dice) {
  const insert = inserterOf(award)
  const { id: createdBy } = prepared<{ id: number }>("select id from account where login = 'noivu'").one()
  const told = () => ({
    name: dice.pick(NAMES),
    year: dice.pick(YEARS),
    decisionNumber: `${dice.int(100, 1900)}/QĐ-UBND`,
    createdAt: STANDS_AT,
    createdBy,
  })
  const persons = officials.filter(() => dice.chance(SHARE.officials))
  const communes = units.filter(unit => unit.kind === 'commune' && dice.chance(SHARE.communes))
  transact(() => {
    for (const { id } of persons) insert({ ...told(), officialId: id })
    for (const { id } of communes) insert({ ...told(), unitId: id })
    logStep('award', { officials: persons.length, units: communes.length })
  })
}
