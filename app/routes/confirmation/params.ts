import { shownValue } from '#app/domain/shown-record.ts'
import type { ShownHelp } from '#app/queries/help-confirmation.server.ts'
import { given, id, ids, type Param, query, word } from '../_web/params.ts'

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

/** What a queue's page is about; without it the records of help, and what people declared of themselves as far as there is room. */
const part = word('phan', ['obligations', 'people'], { obligations: 'noi-dung', people: 'con-nguoi' })

/**
 * `page`: from 1, none for the first. `left`: how many a bulk act left as they were, of which kind, and the first ids. `changed`: written again since shown.
 * `undo`, `undoParts`: how many records, or declared parts, the act before this page confirmed.
 */
export const queuePage = query({
  officialId: id('nguoi'),
  part,
  page: id('trang'),
  refusal: given('chua-chon'),
  left: id('con-lai'),
  kind: word('loai', ['truong-hop', 'noi-dung']),
  ids: ids('giu'),
  changed: shown('doi'),
  undo: id('hoan-tac'),
  undoParts: id('hoan-tac-noi-dung'),
})
/** Where in the queue an act came from, as its form's address says: it leads back there. */
export const queuePlace = (url: URL) => {
  const { part, page, officialId } = queuePage.read(url)
  return { part, page, officialId }
}

/** The records that a queue's form sends back. */
export const returnPage = query({ shown: shown('chon') })
