import pLimit from 'p-limit'
import { readSignedFile, type SignedFileInput, type SignedFileReading, type Trust } from '#app/documents/signed-file.ts'
import { inThread } from './worker-thread.server.ts'

/** Signatures that are checked where the request is answered: each takes some ten milliseconds. */
const FEW = 3
/** Bytes beyond which a file is read in a thread however few signatures it seems to have. */
const SMALL_BYTES = 256 * 1024

type Read = (input: SignedFileInput, trust: Trust, receivedAt: number) => Promise<SignedFileReading>

let readLarge: Read = async (...asked) => readSignedFile(...asked)

/** What the thread is given: all that a check needs, as `readSignedFile` takes it. */
export type SignedFileOrder = Parameters<Read>

/** Makes this process check files of many signatures in a thread that runs `file`, one after the other. */
export function checkSignedFilesInThread(file: string) {
  const oneByOne = pLimit(1)
  readLarge = (...order) => oneByOne(() => inThread<SignedFileReading>(file, order, []))
}

/** Checks a signed file (`readSignedFile`); one that would keep other requests waiting is read in a thread. */
export const checkSignedFile: Read = async (input, trust, receivedAt) =>
  isLarge(input.file) ? await readLarge(input, trust, receivedAt) : readSignedFile(input, trust, receivedAt)

function isLarge(file: Uint8Array): boolean {
  if (file.length > SMALL_BYTES) return true
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength)
  let found = 0
  for (let at = bytes.indexOf('/ByteRange'); at >= 0 && found <= FEW; at = bytes.indexOf('/ByteRange', at + 1))
    found += 1
  return found > FEW
}
