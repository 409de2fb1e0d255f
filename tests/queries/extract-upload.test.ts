import { existsSync, readdirSync, utimesSync, writeFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Person } from '#app/access/policy.ts'
import { handInExtract, uploadExtract } from '#app/queries/extract.server.ts'
import { openExtractFile, readExtractKey, sealExtractFile } from '#app/queries/extract-file.server.ts'
import { db, prepared, transact } from '#db/client.server.ts'
import { createKey } from '#db/keys.server.ts'
import { CAMPAIGN, done, dropProvince, grantTo, makeOfficial, makeProvince } from '#tests/make.ts'

const LARGE = Buffer.alloc(20 * 1024 * 1024 + 7, 'so-dinh-danh;muc-do;ngay\n')
const upload = {
  input: {
    source: 'police' as const,
    asOfOn: '2024-05-20',
    isFullList: false,
    localities: [],
    carriers: [],
  },
  fileName: 'số liệu.csv',
}

let office: Person

beforeEach(() => {
  makeProvince()
  office = grantTo(makeOfficial(1).actor, 'campaign_office', 1) as Person
})
afterEach(dropProvince)

const parts = () =>
  readdirSync(dirname(db.$client.name)).filter(
    name => name.startsWith(basename(db.$client.name)) && name.endsWith('.part'),
  )

describe('a large extract', () => {
  it('is sealed in pieces, between which others have their turn, and opens as it was', async () => {
    const any = await open('/dev/null')
    const write = vi.spyOn(Object.getPrototypeOf(any), 'write')
    await any.close()
    const { extractId } = done(await handInExtract(office, CAMPAIGN, { ...upload, bytes: LARGE }))
    const sizes = write.mock.calls.map(([bytes]) => (bytes as Buffer).length)
    write.mockRestore()
    expect(sizes.length).toBeGreaterThan(20)
    expect(Math.max(...sizes)).toBeLessThanOrEqual(1 << 20)
    expect(openExtractFile(extractId)?.equals(LARGE)).toBe(true)
    expect(parts()).toEqual([])
  })

  it('keeps an id of its own, however many are handed in at once', async () => {
    const texts = ['a;b', 'c;d', 'e;f', 'g;h']
    const made = await Promise.all(
      texts.map(text => handInExtract(office, CAMPAIGN, { ...upload, bytes: Buffer.from(text) })),
    )
    const ids = made.map(one => done(one).extractId)
    expect(new Set(ids).size).toBe(texts.length)
    expect(ids.map(id => openExtractFile(id)?.toString())).toEqual(texts)
  })

  it('is sealed again where the key is renewed or its id given away meanwhile', async () => {
    const sealed = await sealExtractFile(CAMPAIGN, LARGE)
    transact(tx => createKey(tx, { campaignId: CAMPAIGN }, 'data', 0))
    expect(() => uploadExtract(office, CAMPAIGN, { ...upload, bytes: sealed })).toThrow()
    expect(prepared('select count(*) from extract').pluck().get()).toBe(0)

    const handedIn = handInExtract(office, CAMPAIGN, { ...upload, bytes: LARGE })
    const newest = transact(tx => createKey(tx, { campaignId: CAMPAIGN }, 'data', 0))
    const quick = done(uploadExtract(office, CAMPAIGN, { ...upload, bytes: Buffer.from('a;b') }))
    const { extractId } = done(await handedIn)
    expect(readExtractKey(extractId)).toBe(newest)
    expect(openExtractFile(extractId)?.equals(LARGE)).toBe(true)
    expect(openExtractFile(quick.extractId)?.toString()).toBe('a;b')
  })

  it('leaves nothing where it is refused, and what a cut off server left goes after a day', async () => {
    const input = { ...upload.input, asOfOn: '2030-01-01' }
    expect((await handInExtract(office, CAMPAIGN, { ...upload, input, bytes: LARGE })).ok).toBe(false)
    expect(parts()).toEqual([])

    const [old, young] = [8, 9].map(id => `${db.$client.name}.extract-${id}.part`) as [string, string]
    for (const file of [old, young]) writeFileSync(file, 'a')
    utimesSync(old, new Date(0), new Date(0))
    done(await handInExtract(office, CAMPAIGN, { ...upload, bytes: Buffer.from('a;b') }))
    expect([old, young].map(file => existsSync(file))).toEqual([false, true])
  })
})
