import { BlobWriter, Uint8ArrayReader, ZipWriter } from '@zip.js/zip.js'

/** One file in a zip that only opens with the password (AES-256, as 7-Zip and WinRAR open it). */
export async function lockZip(fileName: string, content: Uint8Array, password: string): Promise<Uint8Array> {
  const writer = new ZipWriter(new BlobWriter('application/zip'), { useWebWorkers: false })
  await writer.add(fileName, new Uint8ArrayReader(content), { password, encryptionStrength: 3 })
  const blob = await writer.close()
  return new Uint8Array(await blob.arrayBuffer())
}
