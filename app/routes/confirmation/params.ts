import { shownValue } from '#app/domain/choice-input.ts'
import type { ShownHelp } from '#app/queries/help.server.ts'
import { type Param, query } from '../_web/params.ts'

/** Records as a page showed them, "id.revision" each, at most as many as one transaction takes. */
const shown = (name: string): Param<readonly ShownHelp[]> => ({
  name,
  read: values =>
    values
      .flatMap(value => {
        if (!/^\d{1,15}\.\d{1,9}$/.test(value)) return []
        const [helpId = 0, revision = 0] = value.split('.').map(Number)
        return [{ helpId, revision }]
      })
      .slice(0, 200),
  write: value => value.map(({ helpId, revision }) => shownValue({ id: helpId, revision })),
})

/** The records that a queue's form sends back. */
export const returnPage = query({ shown: shown('chon') })
/** Records that were written again since the queue showed them. */
export const changedRecords = query({ shown: shown('doi') })
