import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { db, prepared } from '#db/client.server.ts'
import { keyIdIn, seal, unseal } from '#db/keys.server.ts'

/** An uploaded file is stored sealed beside the database until it has been read: its rows are never kept. */
const fileOf = (extractId: number) => `${db.$client.name}.extract-${extractId}`
const slotOf = (extractId: number) => ({ table: 'extract', column: 'file', rowId: extractId })

/** Keeps the file of an extract until it has been read. */
export function storeExtractFile(campaignId: number, extractId: number, bytes: Uint8Array) {
  const plain = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const file = fileOf(extractId)
  writeFileSync(`${file}.part`, seal({ campaignId }, slotOf(extractId), plain), { mode: 0o600 })
  renameSync(`${file}.part`, file)
}

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
  rmSync(`${fileOf(extractId)}.part`, { force: true })
}

/** Removes every file of a campaign's extracts. */
export function dropExtractFiles(campaignId: number) {
  for (const { id } of prepared('select id from extract where campaign_id = ?').all(campaignId) as { id: number }[])
    dropExtractFile(id)
}
