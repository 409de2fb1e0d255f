import { crc32, inflateRawSync } from 'node:zlib'
import type { WorkbookReason } from '#app/domain/roster.ts'

/** Thrown inside `imports/` where a file cannot be read; `readWorkbook` turns it into its result. */
export class UnreadableFile extends Error {
  constructor(readonly reason: WorkbookReason) {
    super(reason)
  }
}

export type ZipArchive = {
  /** Names of the entries as stored. */
  names: string[]
  /** The unpacked bytes of an entry, undefined where there is none. Throws UnreadableFile. */
  read(name: string): Buffer | undefined
}

type Entry = { method: number; crc: number; packed: number; unpacked: number; offset: number }

const END = 0x06054b50
const CENTRAL = 0x02014b50
const LOCAL = 0x04034b50
const MAX_ENTRIES = 5_000

/**
 * Opens a zip archive by its central directory, without unpacking anything. Refuses (`too_large`) where the sizes
 * declared there add up to more than `maxUnpacked` bytes; an entry that unpacks to more than it declared is refused
 * while it is read, so that neither an honest nor a lying bomb is ever unpacked. Throws UnreadableFile.
 */
export function openZip(bytes: Uint8Array, maxUnpacked: number): ZipArchive {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  try {
    const entries = readDirectory(data, maxUnpacked)
    return {
      names: [...entries.keys()],
      read: name => {
        const entry = entries.get(name)
        return entry && readEntry(data, entry)
      },
    }
  } catch (error) {
    throw asUnreadable(error)
  }
}

function readDirectory(data: Buffer, maxUnpacked: number): Map<string, Entry> {
  const end = data.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]))
  if (end < 0 || data.readUInt32LE(end) !== END) throw new UnreadableFile('truncated')
  const count = data.readUInt16LE(end + 10)
  if (count > MAX_ENTRIES) throw new UnreadableFile('too_large')
  const entries = new Map<string, Entry>()
  let at = data.readUInt32LE(end + 16)
  let unpacked = 0
  for (let n = 0; n < count; n++) {
    if (data.readUInt32LE(at) !== CENTRAL) throw new UnreadableFile('truncated')
    const nameLength = data.readUInt16LE(at + 28)
    const entry: Entry = {
      method: data.readUInt16LE(at + 10),
      crc: data.readUInt32LE(at + 16),
      packed: data.readUInt32LE(at + 20),
      unpacked: data.readUInt32LE(at + 24),
      offset: data.readUInt32LE(at + 42),
    }
    unpacked += entry.unpacked
    if (unpacked > maxUnpacked) throw new UnreadableFile('too_large')
    entries.set(data.toString('utf8', at + 46, at + 46 + nameLength), entry)
    at += 46 + nameLength + data.readUInt16LE(at + 30) + data.readUInt16LE(at + 32)
  }
  return entries
}

function readEntry(data: Buffer, entry: Entry): Buffer {
  try {
    if (data.readUInt32LE(entry.offset) !== LOCAL) throw new UnreadableFile('truncated')
    const start = entry.offset + 30 + data.readUInt16LE(entry.offset + 26) + data.readUInt16LE(entry.offset + 28)
    if (start + entry.packed > data.length) throw new UnreadableFile('truncated')
    const packed = data.subarray(start, start + entry.packed)
    const unpacked = entry.method === 0 ? packed : inflateRawSync(packed, { maxOutputLength: entry.unpacked || 1 })
    if (unpacked.length !== entry.unpacked || crc32(unpacked) !== entry.crc) throw new UnreadableFile('truncated')
    return unpacked
  } catch (error) {
    throw asUnreadable(error)
  }
}

/** Reading past the end and broken compressed data mean an incomplete file; more data than declared, a bomb. */
function asUnreadable(error: unknown): UnreadableFile {
  if (error instanceof UnreadableFile) return error
  const isTooLong = error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE'
  return new UnreadableFile(isTooLong ? 'too_large' : 'truncated')
}
