import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** What a disk does with writes that no sync followed: all lost, some of them kept, or some of their sectors. */
export const CUTS = ['dropped', 'some_kept', 'some_torn'] as const
type Cut = (typeof CUTS)[number]

const KINDS = { write: 1, truncate: 2, sync: 3, remove: 4 } as const
const FILES = { '': 1, '-wal': 2 } as const
type Suffix = keyof typeof FILES
const HEAD_BYTES = 32
const SECTOR_BYTES = 512

type Entry = { at: bigint; kind: number; file: number; offset: number; length: number; bytes: Buffer }

/** The environment under which a process is seen by the library; its log is `folder`/`name`.log. */
export function underPowerCut(library: string, database: string, folder: string, name: string) {
  return { LD_PRELOAD: library, POWER_CUT_FILE: database, POWER_CUT_LOG: join(folder, `${name}.log`) }
}

/** Everything the processes noted, in the order in which it happened; an entry that was cut off is left out. */
export function readLogs(folder: string): Entry[] {
  const entries = readdirSync(folder)
    .filter(name => name.endsWith('.log'))
    .flatMap(name => entriesOf(readFileSync(join(folder, name))))
  return entries.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
}

function entriesOf(log: Buffer): Entry[] {
  const entries: Entry[] = []
  for (let n = 0; n + HEAD_BYTES <= log.length; ) {
    const kind = log.readUInt32LE(n + 8)
    const length = Number(log.readBigUInt64LE(n + 24))
    const end = n + HEAD_BYTES + (kind === KINDS.write ? length : 0)
    if (end > log.length) break
    entries.push({
      at: log.readBigUInt64LE(n),
      kind,
      file: log.readUInt32LE(n + 12),
      offset: Number(log.readBigUInt64LE(n + 16)),
      length,
      bytes: log.subarray(n + HEAD_BYTES, end),
    })
    n = end
  }
  return entries
}

/**
 * Returns what is on the disk after the cut: `before` (the database when the processes began, entirely durable) with
 * all synced writes. Of the other writes it has what `cut` leaves by `random` (0–1). null: no such file. `unsynced`:
 * how many writes were at stake.
 */
export function afterCut(before: Buffer, entries: readonly Entry[], cut: Cut, random: () => number) {
  const images = Object.fromEntries(
    Object.entries(FILES).map(([suffix, file]) => {
      const own = entries.filter(entry => entry.file === file)
      const synced = own.findLastIndex(({ kind }) => kind === KINDS.sync) + 1
      const image = new Image(suffix === '' ? before : null)
      for (const entry of own.slice(0, synced)) image.apply(entry, () => true)
      const rest = own.slice(synced)
      for (const entry of rest) {
        if (cut === 'some_kept' && random() < 0.5) image.apply(entry, () => true)
        if (cut === 'some_torn' && random() < 0.8) image.apply(entry, () => random() < 0.5)
      }
      return [suffix, { bytes: image.bytes, unsynced: rest.length }]
    }),
  ) as Record<Suffix, { bytes: Buffer | null; unsynced: number }>
  return {
    database: images[''].bytes,
    wal: images['-wal'].bytes,
    unsynced: images[''].unsynced + images['-wal'].unsynced,
  }
}

/** Puts what the cut left in the place of the database; the shared memory beside it goes with the current. */
export function putAfterCut(file: string, { database, wal }: { database: Buffer | null; wal: Buffer | null }) {
  for (const suffix of ['', '-wal', '-shm'])
    if (existsSync(`${file}${suffix}`)) rmSync(`${file}${suffix}`, { force: true })
  if (database) writeFileSync(file, database)
  if (wal) writeFileSync(`${file}-wal`, wal)
}

/** One file, growing as it is written. */
class Image {
  private content: Buffer | null
  private size: number

  constructor(before: Buffer | null) {
    this.content = before && Buffer.from(before)
    this.size = before?.length ?? 0
  }

  get bytes(): Buffer | null {
    return this.content?.subarray(0, this.size) ?? null
  }

  /** `keeps` is asked for each sector of a write. */
  apply({ kind, offset, length, bytes }: Entry, keeps: () => boolean) {
    if (kind === KINDS.remove) {
      this.content = null
      this.size = 0
    } else if (kind === KINDS.truncate) this.resize(offset)
    else if (kind === KINDS.write) {
      for (let n = 0; n < length; n += SECTOR_BYTES) {
        if (!keeps()) continue
        const sector = bytes.subarray(n, n + SECTOR_BYTES)
        if (offset + n + sector.length > this.size) this.resize(offset + n + sector.length)
        sector.copy(this.content as Buffer, offset + n)
      }
    }
  }

  private resize(size: number) {
    if (!this.content || size > this.content.length) {
      const grown = Buffer.alloc(Math.max(size, (this.content?.length ?? 0) * 2))
      this.content?.copy(grown, 0, 0, this.size)
      this.content = grown
    } else if (size < this.size) this.content.fill(0, size, this.size)
    this.size = size
  }
}
