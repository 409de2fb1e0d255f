import { randomBytes } from 'node:crypto'
import { is } from 'drizzle-orm'
import { CasingCache } from 'drizzle-orm/casing'
import { getTableConfig, SQLiteTable } from 'drizzle-orm/sqlite-core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { dropExtractFile, openExtractFile, readExtractKey, storeExtractFile } from '#app/queries/extract-file.server.ts'
import { recordHelp } from '#app/queries/help.server.ts'
import { findHelp } from '#app/queries/help-view.server.ts'
import { changeMasterKey, rotateKeys } from '#app/queries/key-rotation.server.ts'
import { openFile, storeEvidence } from '#app/queries/stored-file.server.ts'
import { prepared } from '#db/client.server.ts'
import { forgetKeys, seal, unsealText, unwrapLogKey, useMasterKey } from '#db/keys.server.ts'
import * as schema from '#db/schema.ts'
import { SEALED_TABLES } from '#db/sealed-columns.ts'
import { CAMPAIGN, dropProvince, helpForm, makeOfficial, makeProvince, system, unitNamed } from '#tests/make.ts'

beforeEach(() => makeProvince())
afterEach(dropProvince)

const keys = () =>
  prepared(
    `select id, campaign_id as campaignId, wrapped is not null as lives, destroyed_at is not null as isDestroyed
       from wrapped_key where purpose = 'data' order by id`,
  ).all() as { id: number; campaignId: number | null; lives: 0 | 1; isDestroyed: 0 | 1 }[]

/** Returns the ids of the keys under which anything is stored. */
function keysInUse(): number[] {
  const used = new Set<number>()
  for (const { table, columns } of SEALED_TABLES)
    for (const { name } of columns)
      for (const row of prepared(
        `select distinct hex(substr(${name}, 2, 4)) as id from ${table} where length(${name}) > 0`,
      ).all() as {
        id: string
      }[])
        used.add(Number.parseInt(row.id, 16))
  return [...used].sort((a, b) => a - b)
}

function recordMany(from: number, count: number) {
  const official = makeOfficial(unitNamed('Sở Nội vụ').id)
  return Array.from({ length: count }, (_, n) => {
    const input = helpForm(from + n, { citizen: { name: `Trần Thị Số ${from + n}` } })
    const made = recordHelp(official.actor, CAMPAIGN, { officialId: official.officialId, input })
    if (!made.ok) throw new Error(JSON.stringify(made))
    return { helpId: made.helpId, name: `Trần Thị Số ${from + n}`, actor: official.actor }
  })
}

describe('the list of sealed columns', () => {
  it('holds every sealed column of every table', () => {
    const casing = new CasingCache('snake_case')
    const intended = Object.values(schema)
      .filter(value => is(value, SQLiteTable))
      .flatMap(table => {
        const { name, columns } = getTableConfig(table as SQLiteTable)
        return columns
          .filter(column => column.getSQLType() === 'blob')
          .map(column => `${name}.${casing.getColumnCasing(column)}`)
      })
      .filter(name => !['wrapped_key.wrapped', 'log_key.wrapped'].includes(name))
    const listed = SEALED_TABLES.flatMap(({ table, columns }) => columns.map(({ name }) => `${table}.${name}`))
    expect(listed.sort()).toEqual(intended.sort())
  })
})

describe('rotateKeys', () => {
  it('goes on after it was cut off, beside writes, until everything lies under new keys and the old are gone', async () => {
    const before = recordMany(1, 450)
    const official = makeOfficial(unitNamed('Sở Nội vụ').id)
    const file = { mediaType: 'application/pdf' as const, content: Buffer.from('%PDF-1.7 chứng thư') }
    const fileId = storeEvidence(official.actor, CAMPAIGN, official.officialId, file)
    storeExtractFile(CAMPAIGN, 7, Buffer.from('số liệu'))
    const old = keys()
    expect(old).toHaveLength(2)

    const cut = rotateKeys(system, {
      settledMs: 0,
      told(rows) {
        if (rows >= 200) throw new Error('cut off')
      },
    })
    await expect(cut).rejects.toThrow('cut off')
    expect(keys()).toHaveLength(4)
    expect(keys().every(key => key.lives)).toBe(true)
    expect(keysInUse().length).toBeGreaterThan(2)
    expect(findHelp(before[0]?.actor as never, CAMPAIGN, before[0]?.helpId as never)?.citizenName).toBe(before[0]?.name)

    let during: ReturnType<typeof recordMany> = []
    const rotation = await rotateKeys(system, {
      settledMs: 0,
      told() {
        if (during.length === 0) during = recordMany(1001, 30)
      },
    })
    expect(rotation.destroyed).toBe(2)
    expect(keys().map(({ lives, isDestroyed }) => [lives, isDestroyed])).toEqual([
      [0, 1],
      [0, 1],
      [1, 0],
      [1, 0],
    ])
    expect(keysInUse()).toEqual(
      keys()
        .filter(key => key.lives)
        .map(key => key.id),
    )
    for (const { helpId, name, actor } of [...before, ...during])
      expect(findHelp(actor, CAMPAIGN, helpId)?.citizenName).toBe(name)
    expect(openFile(official.actor, CAMPAIGN, fileId)).toEqual(file)
    expect(keys().find(key => key.id === readExtractKey(7))).toMatchObject({ campaignId: CAMPAIGN, lives: 1 })
    expect(openExtractFile(7)?.toString()).toBe('số liệu')
    dropExtractFile(7)
  })

  it('catches what somebody sealed just before the new key and wrote after the first pass', async () => {
    const [made] = recordMany(1, 1)
    if (!made) throw new Error('no record')
    const late = seal({ campaignId: CAMPAIGN }, { table: 'help', column: 'note', rowId: made.helpId }, 'muộn')
    let isWritten = false
    await rotateKeys(system, {
      settledMs: 300,
      told(rows) {
        if (rows === 0 || isWritten) return
        setTimeout(() => prepared('update help set note_cipher = ? where id = ?').run(late, made.helpId), 200)
        isWritten = true
      },
    })
    expect(findHelp(made.actor, CAMPAIGN, made.helpId)?.note).toBe('muộn')
    expect(keysInUse()).toEqual(
      keys()
        .filter(key => key.lives)
        .map(key => key.id),
    )
  })

  it('is the operator’s alone', async () => {
    await expect(rotateKeys(makeOfficial(1).actor)).rejects.toMatchObject({ kind: 'forbidden' })
  })
})

describe('changeMasterKey', () => {
  const OLD = Buffer.alloc(32, 7).toString('base64')

  it('wraps every key anew, once, so that the new master key opens everything and the old nothing', () => {
    const [made] = recordMany(1, 1)
    if (!made) throw new Error('no record')
    const fresh = randomBytes(32).toString('base64')
    useMasterKey(fresh)
    expect(() => findHelp(made.actor, CAMPAIGN, made.helpId)).toThrow()
    const logKey = () => unwrapLogKey(prepared<Buffer>('select wrapped from log_key').pluck().one())
    expect(logKey).toThrow()
    // a data and a matching key for the staff and the campaign, and the logs' own
    expect(changeMasterKey(system, OLD)).toBe(2 + 2 + 1)
    expect(changeMasterKey(system, OLD)).toBe(0)
    expect(findHelp(made.actor, CAMPAIGN, made.helpId)?.citizenName).toBe(made.name)
    expect(logKey()).toHaveLength(32)
    useMasterKey(OLD)
    expect(() => findHelp(made.actor, CAMPAIGN, made.helpId)).toThrow()
    expect(logKey).toThrow()
  })

  it('changes nothing where the old key given is not the one', () => {
    const stored = () => prepared('select id, wrapped from wrapped_key order by id').all()
    const before = stored()
    useMasterKey(randomBytes(32).toString('base64'))
    expect(() => changeMasterKey(system, randomBytes(32).toString('base64'))).toThrow()
    expect(stored()).toEqual(before)
    forgetKeys()
    useMasterKey(OLD)
    expect(unsealText({ table: 'help', column: 'note', rowId: 1 }, null)).toBeNull()
  })
})
