import { parentPort, workerData } from 'node:worker_threads'
import { joinWorkbook, makeWorkbook, type Piece, type WorkbookHead } from '#app/documents/workbook.ts'
import { giveWayToAll } from './priority.ts'

giveWayToAll()

/** Gathers the pieces of the workbook that the thread was given, up to null; then writes it and posts its bytes. */
const pieces: Piece[] = []
parentPort?.on('message', async (piece: Piece | null) => {
  if (piece !== null) return pieces.push(piece)
  parentPort?.postMessage(await makeWorkbook(joinWorkbook(workerData as WorkbookHead, pieces)))
  parentPort?.close()
})
