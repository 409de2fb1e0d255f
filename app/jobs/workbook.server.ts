import pLimit from 'p-limit'
import { splitWorkbook, useWriter } from '#app/documents/workbook.ts'
import { inThread } from './worker-thread.server.ts'

/**
 * Makes this process write large workbooks in a thread that runs `file`, one after the other, because each needs much
 * memory. Cells are worked out piece by piece, with other requests in between.
 */
export function writeWorkbooksInThread(file: string) {
  const oneByOne = pLimit(1)
  useWriter(content =>
    oneByOne(() => {
      const { head, pieces } = splitWorkbook(content)
      return inThread<Uint8Array>(file, head, pieces)
    }),
  )
}
