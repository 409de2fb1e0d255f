import { Counter, Gauge, type Registry } from 'prom-client'
import { folderFault, newestGoodBackup } from '#db/backup.server.ts'
import { readBackupState } from '#db/backup-state.server.ts'
import type { ReplicaLag } from './replica.ts'
import type { Settings } from './settings.ts'

/** Figures of backups and of the continuous copy; only backups that were looked through count. */
export function registerCopies(
  registry: Registry,
  { databaseFile, backups, replica }: Pick<Settings, 'databaseFile' | 'backups' | 'replica'>,
  replicaLag: ReplicaLag,
) {
  // every process reads the same value: reported once, not added up
  const stored = { registers: [registry], aggregator: 'first' as const }
  const newest = () => newestGoodBackup(backups.folder, Date.now())
  new Gauge({
    name: 'backup_last_ok_timestamp_seconds',
    help: 'When the newest backup that was looked through was made; 0: there is none',
    ...stored,
    collect() {
      this.set((newest()?.madeAt ?? 0) / 1000)
    },
  })
  new Gauge({
    name: 'backup_duration_seconds',
    help: 'How long making and looking through the newest good backup took; 0: there is none',
    ...stored,
    collect() {
      this.set((newest()?.tookMs ?? 0) / 1000)
    },
  })
  new Counter({
    name: 'backup_failures_total',
    help: 'Backups that failed, were cut short, or in which something was found wrong',
    ...stored,
    collect() {
      this.reset()
      this.inc(readBackupState(databaseFile).failures)
    },
  })
  new Gauge({
    name: 'backup_folder_writable',
    help: 'Whether the folder of backups is there and takes files: 1 or 0',
    ...stored,
    collect() {
      this.set(folderFault(backups.folder) === null ? 1 : 0)
    },
  })
  if (!replica) return
  new Gauge({
    name: 'replica_lag_seconds',
    help: 'How long the oldest commit has waited that the continuous copy does not hold; 0: it holds all',
    ...stored,
    collect() {
      this.set(replicaLag() ?? 0)
    },
  })
}
