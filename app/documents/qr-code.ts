import { create } from 'qrcode'

/** A QR code as one SVG path in a square of `size` units, each module one unit, with the quiet zone of four; a run of dark modules is one box. */
export function drawQrCode(text: string): { size: number; path: string } {
  const { modules } = create(text, { errorCorrectionLevel: 'M' })
  const quiet = 4
  let path = ''
  for (let row = 0; row < modules.size; row++)
    for (let column = 0; column < modules.size; column++) {
      const from = column
      while (column < modules.size && modules.get(row, column)) column++
      if (column > from) path += `M${from + quiet} ${row + quiet}h${column - from}v1h${from - column}z`
    }
  return { size: modules.size + 2 * quiet, path }
}
