import { wholeLetters } from '#app/domain/letters.ts'

/**
 * Cells as CSV (RFC 4180, UTF-8 with its mark, so that spreadsheets read Vietnamese). A text that would begin a formula is
 * led by an apostrophe, which our reader takes away again.
 */
export function writeCsvCells(cells: readonly (readonly string[])[]): string {
  const written = (cell: string) => {
    const text = wholeLetters(cell)
    const plain = /^[=+\-@\t\r']/.test(text) ? `'${text}` : text
    return /[",;\t\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain
  }
  return `\uFEFF${cells.map(row => row.map(written).join(',')).join('\r\n')}\r\n`
}
