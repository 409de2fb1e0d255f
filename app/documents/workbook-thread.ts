import { parentPort, workerData } from 'node:worker_threads'
import { makeWorkbook, type WorkbookContent } from './workbook.ts'

/** Writes the workbook that the thread was given, and posts its bytes. */
const bytes = await makeWorkbook(workerData as WorkbookContent)
parentPort?.postMessage(bytes)
