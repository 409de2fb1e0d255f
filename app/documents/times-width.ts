/** Advance widths of bold Times in thousandths of the type's size, as the font's metrics give them. */
const CAPITALS = [
  722, 667, 722, 722, 667, 611, 778, 778, 389, 500, 778, 667, 944, 722, 778, 611, 778, 722, 556, 667, 722, 722, 1000,
  722, 722, 667,
]
const SMALLS = [
  500, 556, 444, 556, 444, 333, 500, 556, 278, 333, 556, 278, 833, 556, 500, 556, 556, 444, 389, 333, 556, 500, 722,
  500, 500, 444,
]
const OTHERS: Record<string, number> = { ' ': 250, '.': 250, ',': 250, '-': 333, '(': 333, ')': 333, '/': 278 }
const MM_PER_POINT = 25.4 / 72

/**
 * Returns the width of a line of bold Times in millimetres; `points` is its size. Marks above and below a letter take
 * no room. Rules under a line are sized from this width (NĐ 30/2020: as long as the line, or a third to a half as
 * long).
 */
export function boldWidth(text: string, points: number): number {
  const letters = [...text.normalize('NFD').replace(/\p{M}/gu, '')]
  const thousandths = letters.reduce((sum, letter) => sum + widthOf(letter), 0)
  return (thousandths / 1000) * points * MM_PER_POINT
}

function widthOf(letter: string): number {
  if (letter === 'đ') return 556
  if (letter === 'Đ') return 722
  const code = letter.charCodeAt(0)
  return CAPITALS[code - 65] ?? SMALLS[code - 97] ?? OTHERS[letter] ?? 500
}
