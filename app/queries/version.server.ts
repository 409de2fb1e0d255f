import { readFileSync } from 'node:fs'
import { type Actor, permit } from '#app/access/policy.ts'
import { db, oncePerConnection } from '#db/client.server.ts'
import { MIGRATIONS, readMigrations, schemaVersion } from '#db/schema-version.server.ts'
import { rootUnit } from './unit.server.ts'

/** Which version of the product runs, and the newest migration that its database had; null: one it does not know. */
export type Version = { product: string; schema: { number: number; name: string } | null }

const { version: own } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }

/** As the folder was when this process first looked: another version may be put in its place while it runs. */
const ownMigrations = oncePerConnection(() => readMigrations(MIGRATIONS))

/** The version of this process and of the database that it has open now. */
export function runningVersion(): Version {
  return { product: own, schema: schemaVersion(db.$client, ownMigrations()) ?? null }
}

/** The same, for those who run the machine. */
export function findVersion(actor: Actor): Version {
  permit(actor, 'system.operate', { unitPath: rootUnit().path })
  return runningVersion()
}
