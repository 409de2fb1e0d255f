import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { db, nextId, prepared } from '#db/client.server.ts'
import { ENVELOPE_HEAD, isSealingKey, keyIdIn, seal, sealerFor, unseal } from '#db/keys.server.ts'
import { extract } from '#db/schema.ts'

/** An uploaded file is stored sealed beside the database until it has been read: its rows are never kept. */
const fileOf = (extractId: number) => `${db.$client.name}.extract-${extractId}`
const partOf = (extractId: number) => `${fileOf(extractId)}.part`
const slotOf = (extractId: number) => ({ table: 'extract', column: 'file', rowId: extractId })

/** Keeps the file of an extract until it has been read. */
export function storeExtractFile(campaignId: number, extractId: number, bytes: Uint8Array) {
  const plain = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const file = fileOf(extractId)
  writeFileSync(partOf(extractId), seal({ campaignId }, slotOf(extractId), plain), { mode: 0o600 })
  renameSync(partOf(extractId), file)
}

/** A file that lies sealed in full under the id that its extract will have. */
export type SealedFile = { extractId: number; keyId: number }

/** Thrown where a sealed file cannot be taken: its id was given away or its key renewed meanwhile. It is sealed again. */
export class StaleSeal extends Error {}

/** Bytes that are sealed in one step. */
const PIECE_BYTES = 1 << 20

/**
 * Seals the file of an extract that is not recorded yet, a megabyte at a time: 60 MB in one step would hold up everybody
 * else. Its name reserves the extract's id among all processes. The caller adopts it or drops it.
 */
export async function sealExtractFile(campaignId: number, bytes: Uint8Array): Promise<SealedFile> {
  const { extractId, handle } = await reserve()
  try {
    const { keyId, body, head } = sealerFor({ campaignId }, slotOf(extractId))
    for (let at = 0; at < bytes.length; at += PIECE_BYTES)
      await writeAt(handle, body(bytes.subarray(at, at + PIECE_BYTES)), ENVELOPE_HEAD + at)
    await writeAt(handle, head(), 0)
    return { extractId, keyId }
  } catch (error) {
    dropSealedFile(extractId)
    throw error
  } finally {
    await handle.close()
  }
}

async function reserve(): Promise<{ extractId: number; handle: FileHandle }> {
  const next = nextId(extract)
  for (let extractId = next; ; extractId++)
    try {
      return { extractId, handle: await open(partOf(extractId), 'wx', 0o600) }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
}

/** Writes all of `bytes`; the system may take fewer at once. */
async function writeAt(handle: FileHandle, bytes: Buffer, position: number) {
  for (let done = 0; done < bytes.length; ) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, position + done)
    done += bytesWritten
  }
}

/** Makes a sealed file that of its extract, in the transaction that records the extract; throws StaleSeal. */
export function adoptExtractFile(campaignId: number, { extractId, keyId }: SealedFile) {
  if (!isSealingKey({ campaignId }, keyId)) throw new StaleSeal()
  renameSync(partOf(extractId), fileOf(extractId))
}

/** Removes a file that was sealed and not adopted, where there is one. */
export function dropSealedFile(extractId: number) {
  rmSync(partOf(extractId), { force: true })
}

/** Removes what a server that was cut off left half sealed before `before` (milliseconds since 1970). */
export function dropSealedBefore(before: number) {
  const folder = dirname(db.$client.name)
  const prefix = `${basename(db.$client.name)}.extract-`
  for (const name of readdirSync(folder).filter(file => file.startsWith(prefix) && file.endsWith('.part')))
    if ((statSync(join(folder, name), { throwIfNoEntry: false })?.mtimeMs ?? before) < before)
      rmSync(join(folder, name), { force: true })
}

/** True while the file of an extract is kept. */
export const hasExtractFile = (extractId: number) => existsSync(fileOf(extractId))

/** The file of an extract; undefined where it is no longer kept. */
export function openExtractFile(extractId: number): Buffer | undefined {
  const file = fileOf(extractId)
  return existsSync(file) ? unseal(slotOf(extractId), readFileSync(file)) : undefined
}

/** Returns the id of the key that seals the file of an extract; undefined if the file is no longer kept. */
export function readExtractKey(extractId: number): number | undefined {
  const file = fileOf(extractId)
  return existsSync(file) ? keyIdIn(readFileSync(file)) : undefined
}

/** Removes the file of an extract, where there is one. */
export function dropExtractFile(extractId: number) {
  rmSync(fileOf(extractId), { force: true })
  dropSealedFile(extractId)
}

/** Removes every file of a campaign's extracts. */
export function dropExtractFiles(campaignId: number) {
  for (const { id } of prepared<{ id: number }>('select id from extract where campaign_id = ?').all(campaignId))
    dropExtractFile(id)
}
