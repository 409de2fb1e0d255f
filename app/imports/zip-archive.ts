import { buffer } from 'node:stream/consumers'
import { crc32 } from 'node:zlib'
import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl'
import type { WorkbookReason } from '#app/domain/list.ts'

/** Thrown inside `imports/` where a file cannot be read; `readWorkbook` turns it into its result. */
export class UnreadableFile extends Error {
  constructor(readonly reason: WorkbookReason) {
    super(reason)
  }
}

export type ZipArchive = {
  /** Names of the entries, backslashes as slashes. */
  names: string[]
  /**
   * Returns the unpacked bytes of an entry, undefined if there is none; above `most` bytes it is `too_large`. Throws
   * UnreadableFile.
   */
  read(name: string, most?: number): Promise<Buffer | undefined>
  /** The same piece by piece, never held whole; ends with UnreadableFile where it is damaged. */
  stream(name: string): AsyncIterable<Buffer> | undefined
}

const MAX_ENTRIES = 5_000

/**
 * Opens a zip archive by its central directory, without unpacking anything. Refuses (`too_large`) where the sizes
 * declared there add up to more than `maxUnpacked` bytes; an entry that unpacks to more than it declared is damaged,
 * and reading it ends right there: neither an honest nor a lying bomb is ever unpacked. Throws UnreadableFile.
 */
export async function openZip(bytes: Uint8Array, maxUnpacked: number): Promise<ZipArchive> {
  try {
    const zip = await fromBufferPromise(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
    if (zip.entryCount > MAX_ENTRIES) throw new UnreadableFile('too_large')
    const entries = new Map<string, Entry>()
    let unpacked = 0
    for await (const entry of zip.eachEntry()) {
      unpacked += entry.uncompressedSize
      if (unpacked > maxUnpacked) throw new UnreadableFile('too_large')
      entries.set(entry.fileName, entry)
    }
    return {
      names: [...entries.keys()],
      read: async (name, most = maxUnpacked) => {
        const entry = entries.get(name)
        if (entry && entry.uncompressedSize > most) throw new UnreadableFile('too_large')
        return entry && (await readEntry(zip, entry))
      },
      stream: name => {
        const entry = entries.get(name)
        return entry && streamEntry(zip, entry)
      },
    }
  } catch (error) {
    throw asUnreadable(error)
  }
}

async function readEntry(zip: ZipFile, entry: Entry): Promise<Buffer> {
  try {
    const unpacked = await buffer(await zip.openReadStreamPromise(entry))
    if (crc32(unpacked) !== entry.crc32) throw new UnreadableFile('truncated')
    return unpacked
  } catch (error) {
    throw asUnreadable(error)
  }
}

async function* streamEntry(zip: ZipFile, entry: Entry): AsyncIterable<Buffer> {
  let sum = 0
  try {
    for await (const piece of await zip.openReadStreamPromise(entry)) {
      sum = crc32(piece as Buffer, sum)
      yield piece as Buffer
    }
  } catch (error) {
    throw asUnreadable(error)
  }
  if (sum !== entry.crc32) throw new UnreadableFile('truncated')
}

/** Whatever else an archive does not let itself be read for means that it is incomplete or damaged. */
function asUnreadable(error: unknown): UnreadableFile {
  return error instanceof UnreadableFile ? error : new UnreadableFile('truncated')
}
