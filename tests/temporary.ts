import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Gives a run of the unit tests one folder for its temporary files; returns what removes it, cut-off tests' files too. */
export default function keepTogether(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'unit-tests-'))
  process.env.TMPDIR = folder
  return () => rmSync(folder, { recursive: true, force: true })
}
