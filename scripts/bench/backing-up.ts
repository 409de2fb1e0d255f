import { setPriority } from 'node:os'
import { BACKUP_PRIORITY } from '#app/server/backup.ts'
import { makeBackup } from '#db/backup.server.ts'

/** Backs a database up in a process of its own, as the nightly backup does, and prints how long that took (ms). */
const [database = '', folder = ''] = process.argv.slice(2)
setPriority(BACKUP_PRIORITY)
const start = performance.now()
await makeBackup(database, folder, Date.now(), async () => null)
process.stdout.write(String(performance.now() - start))
