import pLimit from 'p-limit'
import { useWriter } from '#app/documents/workbook.ts'
import { inThread } from './worker-thread.server.ts'

/**
 * Makes this process write large workbooks in a thread that runs `file`, one after the other, because each needs much
 * memory.
 */
export function writeWorkbooksInThread(file: string) {
  const oneByOne = pLimit(1)
  useWriter(content => oneByOne(() => inThread<Uint8Array>(file, content)))
}
