import { parentPort, workerData } from 'node:worker_threads'
import { readSignedFile } from '#app/documents/signed-file.ts'
import { giveWayToAll } from './priority.ts'
import type { SignedFileOrder } from './signed-file.server.ts'

giveWayToAll()

/** Checks the one signed file that the thread was given, and posts what it came to. */
parentPort?.on('message', () => {
  const [{ prepared, file, places }, { roots, lists }, receivedAt] = workerData as SignedFileOrder
  const bytes = (all: readonly Uint8Array[]) => all.map(one => Buffer.from(one))
  const input = { prepared: Buffer.from(prepared), file: Buffer.from(file), places }
  parentPort?.postMessage(readSignedFile(input, { roots: bytes(roots), lists: bytes(lists) }, receivedAt))
  parentPort?.close()
})
