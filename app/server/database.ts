import { forgetOldCounts } from '#app/access/limit.server.ts'
import { forgetOldSessions } from '#app/access/session.server.ts'
import { startClock } from '#app/queries/clock.server.ts'
import { foundDatabase, foundProvince, isUnfounded } from '#app/queries/founding.server.ts'
import {
  db,
  faultOf,
  isBusy,
  openDatabase,
  refreshPlans,
  type StorageFault,
  shortenLog,
  transact,
} from '#db/client.server.ts'
import { useMasterKey } from '#db/keys.server.ts'
import { MigrationFailure, migrateDatabase } from '#db/migration.server.ts'
import { refusalIn, refusalOfKey } from '#db/province-file.server.ts'
import { readPlan, readReference } from '#db/reference.server.ts'
import { MIGRATIONS } from '#db/schema-version.server.ts'
import type { Settings } from './settings.ts'

const HOUR_MS = 60 * 60 * 1000
const PLANS_MS = 24 * HOUR_MS

const KEY_ADVICE = {
  missing:
    'MASTER_KEY is not set: without it no personal data can be sealed. Make one with `npm run keys:create`, keep it outside the data folder, and start again with it in the environment.',
  malformed:
    'MASTER_KEY is not base64 of 32 bytes. Make one with `npm run keys:create`; a database that exists needs the key that it was founded with.',
} as const

const STORAGE_ADVICE: Record<StorageFault, string> = {
  busy: 'is held by another process that does not let go of it: end that one and start again.',
  full: 'cannot be opened or migrated: the disk is full. A migration needs as much space again for a while.',
  read_only: 'is on a disk or in a folder that this user may not write to.',
  failed: 'cannot be opened: look at the disk and at who may write to the folder.',
}

/**
 * Opens, migrates and, if needed, founds the database; reports what is missing and how to create it. `isKeyOpen`: the
 * master key may differ from the database's, because the caller is about to change it.
 */
export function openProvince(
  settings: Settings,
  { isKeyOpen = false } = {},
): { ok: true } | { ok: false; message: string } {
  const fault = useMasterKey(settings.masterKey)
  if (fault) return { ok: false, message: KEY_ADVICE[fault] }
  try {
    openDatabase(settings.databaseFile)
    const refusal = isKeyOpen ? undefined : refusalOfKey(db.$client)
    if (refusal) return { ok: false, message: refusal.message }
    migrateDatabase(MIGRATIONS)
  } catch (error) {
    if (error instanceof MigrationFailure) return { ok: false, message: error.message }
    const refusal = refusalIn(error, settings.databaseFile)
    if (refusal) return { ok: false, message: refusal.message }
    const cause = faultOf(error)
    if (!cause) throw error
    return { ok: false, message: `${settings.databaseFile} ${STORAGE_ADVICE[cause]}` }
  }
  refreshPlans()
  setInterval(refreshPlans, PLANS_MS).unref()
  setInterval(forgetOld, HOUR_MS).unref()
  // of processes that start at once one founds it
  const isFounded = transact(() => {
    if (!isUnfounded()) return false
    if (settings.isDemo) foundProvince(readReference('db/reference'))
    else foundDatabase(readPlan('db/reference'))
    return true
  })
  // until then all data is in the log alone, and a copy of the database file may miss it
  if (isFounded) shortenLog(settings.databaseFile)
  if (settings.campaignStartsAt !== undefined) startClock(settings.campaignStartsAt)
  return { ok: true }
}

/** Removes expired data; if the database is locked, tries again an hour later. */
async function forgetOld() {
  try {
    forgetOldCounts()
    await forgetOldSessions()
  } catch (error) {
    if (!isBusy(error)) throw error
  }
}
