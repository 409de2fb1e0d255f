import { execFileSync } from 'node:child_process'
import { join } from 'node:path'

/** Builds `scripts/NAME.c` as a preload library into `folder` and returns its path; throws where there is no compiler. */
export function buildPreload(name: string, folder: string): string {
  const library = join(folder, `${name}.so`)
  try {
    execFileSync('cc', ['-shared', '-fPIC', '-O2', '-o', library, `scripts/${name}.c`, '-ldl'], { stdio: 'inherit' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    throw new Error('this needs a C compiler as `cc` (Debian: apt install build-essential)')
  }
  return library
}
