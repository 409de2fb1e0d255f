/** Rows of one page of a list that is read whole; of those to be mended fewer, since each brings its fields. */
const ROWS = 50
const MENDED_ROWS = 20

/** One page of such a list: how many there are in all, and where the next and the previous page begin; null: none. */
type PreviewPage<Row> = { rows: Row[]; total: number; next: number | null; previous: number | null }

/** Takes the page that begins at `from`; `isMended`: the rows are to be mended; `most`: rows of a page, if other than usual. */
export function previewPage<Row>(
  rows: readonly Row[],
  { from, isMended, most = isMended ? MENDED_ROWS : ROWS }: { from: number; isMended: boolean; most?: number },
): PreviewPage<Row> {
  return {
    rows: rows.slice(from, from + most),
    total: rows.length,
    next: from + most < rows.length ? from + most : null,
    previous: from === 0 ? null : Math.max(0, from - most),
  }
}
