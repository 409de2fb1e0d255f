import { chmodSync, readdirSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { Settings } from './settings.ts'

/** Whatever this process or one that it starts writes is for its own user: files 0600, folders 0700. */
const OTHERS = 0o077

/**
 * Takes the rights of other users from all that is written from now on, whatever the shell's umask, and from database
 * files and backups that an earlier version left open to them. Called once, first of all, by the server and by commands.
 */
export function keepFilesPrivate({ databaseFile, backups }: Pick<Settings, 'databaseFile' | 'backups'>) {
  process.umask(OTHERS)
  const database = basename(databaseFile)
  closeToOthers(dirname(databaseFile), name => name.startsWith(database))
  closeToOthers(backups.folder, name => /^\.?4phu-.*\.sqlite/.test(name))
}

function closeToOthers(folder: string, isOurs: (name: string) => boolean) {
  for (const name of namesIn(folder).filter(isOurs)) {
    const file = join(folder, name)
    try {
      const { mode } = statSync(file)
      if ((mode & OTHERS) !== 0) chmodSync(file, mode & 0o700)
    } catch {
      // another user's, on a disk without rights, or gone meanwhile: what opens it says what is wrong
    }
  }
}

/** The names in a folder; none where it is not there, or not to be read. */
function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
