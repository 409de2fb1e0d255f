import { TextWriter, Uint8ArrayReader, ZipReader } from '@zip.js/zip.js'
import { expect, it } from 'vitest'
import { lockZip } from '#app/documents/locked-zip.ts'

const CONTENT = 'ma;so_dinh_danh\nA1;070090000001\n'

async function open(zip: Uint8Array, password: string): Promise<string> {
  const [entry] = await new ZipReader(new Uint8ArrayReader(zip), { useWebWorkers: false }).getEntries()
  if (!entry || entry.directory) throw new Error('no file')
  return entry.getData(new TextWriter(), { password })
}

it('opens with its password and no other, and holds nothing in clear', async () => {
  const zip = await lockZip('doi-chieu.csv', new TextEncoder().encode(CONTENT), 'một câu dài để mở')
  expect(await open(zip, 'một câu dài để mở')).toBe(CONTENT)
  await expect(open(zip, 'câu khác')).rejects.toThrow()
  expect(Buffer.from(zip).includes('070090000001')).toBe(false)
})
