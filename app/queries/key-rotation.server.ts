import { readdirSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import type { Actor } from '#app/access/policy.ts'
import { forbidden } from '#app/domain/refusal.ts'
import { db, prepared, transact } from '#db/client.server.ts'
import { createKey, type KeyOwner, keyIdIn, resealing, rewrapKeys } from '#db/keys.server.ts'
import { SEALED_TABLES, type SealedTable } from '#db/sealed-columns.ts'
import { logEvent } from './event.server.ts'
import { openExtractFile, readExtractKey, storeExtractFile } from './extract-file.server.ts'
import { writeUnjudged } from './judging/index.server.ts'
import { inTurn } from './retry.server.ts'
import { inSteps, Pace } from './steps.server.ts'

/** Maximum of rows that one step reseals. */
const MOST = 200
/** Age (ms) of a key before its predecessors are destroyed: by then, values sealed just before it came are written. */
const SETTLED_MS = 5_000

type DataKey = { id: number; campaignId: number | null; createdAt: number }
type Sealed = { id: number; part: number } & Record<string, Buffer | null>

/** Result of a rotation: rows resealed, keys destroyed. */
type Rotation = { rows: number; destroyed: number }

/**
 * Gives the staff and every campaign a new data key, and reseals everything under it while others continue to read and
 * write. Then destroys the former keys. An interrupted rotation continues when called again, without a further key:
 * the key in a value's envelope shows whether it is done.
 *
 * Matching keys stay. An extract's subjects are kept only as hashes, and citizens' printed codes derive from these
 * keys, so neither can be made again. Only for the system's own actor (403).
 */
export async function rotateKeys(
  actor: Actor,
  { settledMs = SETTLED_MS, told = () => {} }: { settledMs?: number; told?: (rows: number) => void } = {},
): Promise<Rotation> {
  if (actor.kind !== 'system') throw forbidden()
  await inTurn(() => beginRotation(actor))
  const rotation = { rows: 0, destroyed: 0 }
  for (;;) {
    const wait = Math.max(...dataKeys().map(key => key.createdAt)) + settledMs - Date.now()
    const resealed = await resealAll(rows => told(rotation.rows + rows))
    rotation.rows += resealed
    // only a pass that began after the newest key had settled, and found nothing, shows that nothing is left
    if (wait <= 0 && resealed === 0) break
    if (resealed === 0) await new Promise(resolve => setTimeout(resolve, wait))
  }
  await inTurn(() => {
    rotation.destroyed = destroyFollowed(actor)
  })
  return rotation
}

/** Rewraps all keys after the master key changed from `old` (base64 of 32 bytes); returns how many. */
export function changeMasterKey(actor: Actor, old: string): number {
  if (actor.kind !== 'system') throw forbidden()
  return transact(tx => {
    const count = rewrapKeys(tx, old)
    if (count > 0) logEvent(tx, actor, { verb: 'rotate', subject: 'key', subjectId: 'master', data: { count } })
    return count
  })
}

const dataKeys = () =>
  prepared<DataKey>(
    `select id, campaign_id as campaignId, created_at as createdAt from wrapped_key
      where purpose = 'data' and wrapped is not null order by id`,
  ).all()

const ownerOf = ({ campaignId }: DataKey): KeyOwner => (campaignId === null ? 'staff' : { campaignId })

/** Living keys that a newer one of the same owner follows. */
function followed(keys: readonly DataKey[]): DataKey[] {
  return keys.filter(key => keys.some(other => other.campaignId === key.campaignId && other.id > key.id))
}

/** A new key for each owner, unless a rotation is under way. */
function beginRotation(actor: Actor) {
  transact(tx => {
    const keys = dataKeys()
    if (followed(keys).length > 0) return
    for (const key of keys) {
      const id = createKey(tx, ownerOf(key), 'data', Date.now())
      logEvent(tx, actor, { verb: 'create', subject: 'key', subjectId: id, campaignId: key.campaignId })
    }
  })
}

async function resealAll(told: (rows: number) => void): Promise<number> {
  let rows = 0
  const stale = new Map(followed(dataKeys()).map(key => [key.id, ownerOf(key)]))
  for (const table of SEALED_TABLES) {
    let after = { id: 0, part: 0 }
    await inSteps(new Pace(MOST, MOST), {
      take: most => resealed(table, { after, stale, most }),
      write: chunk => storeResealed(table, chunk),
      told: async count => {
        rows += count
        told(rows)
      },
      passed: chunk => {
        const last = chunk.at(-1)?.now
        if (last) after = { id: last.id, part: last.part }
      },
    })
  }
  return rows + resealFiles(stale)
}

/** A row as it was read, and the same row with its stale values resealed. */
type Resealed = { was: Sealed; now: Sealed }

/**
 * Returns the next `most` rows after `after` that have values under a stale key, with those resealed; undefined: none
 * left. Reads and seals without a lock.
 */
function resealed(
  { table, id, part, columns }: SealedTable,
  { after, stale, most }: { after: { id: number; part: number }; stale: ReadonlyMap<number, KeyOwner>; most: number },
): Resealed[] | undefined {
  const names = columns.map(column => column.name)
  const blobs = [...stale.keys()].map(key => `x'${key.toString(16).padStart(8, '0')}'`).join(', ')
  const isStale = names.map(name => `substr(${name}, 2, 4) in (${blobs})`).join(' or ')
  const partName = part ?? '0'
  const rows = prepared<Sealed>(
    `select ${id} as id, ${partName} as part, ${names.join(', ')} from ${table}
      where (${id} > @id or (${id} = @id and ${partName} > @part)) and (${isStale})
      order by ${part === undefined ? id : `${id}, ${part}`} limit @most`,
  ).all({ ...after, most })
  if (rows.length === 0) return undefined
  const anew = new Map([...stale].map(([key, owner]) => [key, resealing(owner)]))
  return rows.map(was => {
    const now = { ...was }
    for (const { name, slot } of columns) {
      const sealed = was[name]
      if (!sealed || sealed.length === 0) continue
      const reseal = anew.get(keyIdIn(sealed))
      if (reseal === undefined) continue
      const place = { table, column: part === undefined ? slot : `${slot}.${was.part}`, rowId: was.id }
      now[name] = reseal(place, sealed)
    }
    return { was, now }
  })
}

/**
 * Stores resealed rows in one transaction; returns how many. A row that was changed since it was read stays as it is:
 * the next pass finds it.
 */
function storeResealed({ table, id, part, columns }: SealedTable, rows: readonly Resealed[]): number {
  const names = columns.map(column => column.name)
  return writeUnjudged(tx => {
    const update = tx.write(`update ${table} set ${names.map(name => `${name} = @${name}`).join(', ')}
      where ${id} = @id and ${part ?? '0'} = @part and ${names.map(name => `${name} is @was_${name}`).join(' and ')}`)
    for (const { was, now } of rows)
      update.run({ ...now, ...Object.fromEntries(names.map(name => [`was_${name}`, was[name]])) })
    return rows.length
  })
}

/** Returns the uploaded extracts that are stored sealed beside the database until they have been read. */
function extractFiles(): number[] {
  const prefix = `${basename(db.$client.name)}.extract-`
  return readdirSync(dirname(db.$client.name))
    .filter(name => name.startsWith(prefix) && /^\d+$/.test(name.slice(prefix.length)))
    .map(name => Number(name.slice(prefix.length)))
}

function resealFiles(stale: ReadonlyMap<number, KeyOwner>): number {
  let files = 0
  for (const extractId of extractFiles()) {
    const key = readExtractKey(extractId)
    const owner = key === undefined ? undefined : stale.get(key)
    if (owner === undefined || owner === 'staff') continue
    const bytes = openExtractFile(extractId)
    if (bytes) storeExtractFile(owner.campaignId, extractId, bytes)
    files += 1
  }
  return files
}

function destroyFollowed(actor: Actor): number {
  return transact(tx => {
    const old = followed(dataKeys())
    for (const { id, campaignId } of old) {
      prepared('update wrapped_key set wrapped = null, destroyed_at = ? where id = ?').run(Date.now(), id)
      logEvent(tx, actor, { verb: 'destroy', subject: 'key', subjectId: id, campaignId })
    }
    return old.length
  })
}
