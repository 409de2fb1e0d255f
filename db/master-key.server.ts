import { readFileSync } from 'node:fs'

/** The environment names no usable source of the master key; its message is a sentence for the operator. */
export class MasterKeyProblem extends Error {}

/**
 * The master key as text, from MASTER_KEY or from the file that MASTER_KEY_FILE names (what systemd's LoadCredential puts
 * there, so that no environment holds it). The file holds the key, or the line that `keys:create` prints. Undefined:
 * neither is set. Throws MasterKeyProblem where both are, or the file cannot be read or is empty.
 */
export function readMasterKey({ MASTER_KEY, MASTER_KEY_FILE }: Record<string, string | undefined>): string | undefined {
  if (!MASTER_KEY_FILE) return MASTER_KEY || undefined
  if (MASTER_KEY)
    throw new MasterKeyProblem(
      'MASTER_KEY and MASTER_KEY_FILE are both set: take one of them away, so that it is clear which key holds.',
    )
  const text = read(MASTER_KEY_FILE).trim()
  if (text === '') throw new MasterKeyProblem(`MASTER_KEY_FILE names an empty file: ${MASTER_KEY_FILE}`)
  return text.replace(/^MASTER_KEY=/, '')
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    const reason =
      code === 'ENOENT'
        ? 'there is no such file'
        : code === 'EACCES'
          ? 'this user may not read it'
          : code === 'EISDIR'
            ? 'it is a folder'
            : code
    throw new MasterKeyProblem(`MASTER_KEY_FILE names a file that cannot be read (${reason}): ${file}`)
  }
}
