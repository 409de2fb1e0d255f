import { foldName } from './name.ts'
import type { LayoutRow } from './table-layout.ts'
import { INDICATORS, type Indicator } from './vocabulary.ts'

/** A figure of a table that was pasted or read from a file. */
type TableFigure = { code: string; indicator: Indicator; value: number }

/** Why a row, or one of its cells, could not be taken over. */
export type TableProblem = {
  number: number
  reason: 'locality_unknown' | 'locality_twice' | 'not_a_count'
  cell: string
}

/** A count as people and systems write it: `1234`, `1.234`, `1,234`, `1 234`; undefined for anything else. */
export function readCount(text: string): number | undefined {
  const plain = text.replaceAll(/[\s\u00a0]/g, '')
  if (/^\d{1,9}$/.test(plain)) return Number(plain)
  return /^\d{1,3}([.,]\d{3}){1,2}$/.test(plain) ? Number(plain.replaceAll(/[.,]/g, '')) : undefined
}

const PREFIX = /^(thanh pho|thi xa|huyen|phuong|thi tran|xa|tinh|tp|tx) /

type Named = { code: string; name: string }

/** Finds the locality of a row by code, or by name with or without its kind; undefined: none, or several. */
function localityFinder(localities: readonly Named[]): (code: string, name: string) => Named | undefined {
  const bare = (name: string) => foldName(name).replace(PREFIX, '')
  return (code, name) => {
    if (code !== '') return localities.find(one => one.code === code)
    const full = localities.filter(one => foldName(one.name) === foldName(name))
    const named = full.length > 0 ? full : localities.filter(one => bare(one.name) === bare(name))
    return named.length === 1 ? named[0] : undefined
  }
}

/**
 * Reads the figures of a table for the localities of a form. Each row names a locality by code, or by name with or
 * without its kind. Blank cells are ignored. Rows of other localities, such as a total, and cells that are not counts
 * are reported by row number.
 */
export function figuresOfTable(
  rows: readonly { number: number; row: LayoutRow }[],
  localities: readonly Named[],
  indicators: readonly Indicator[],
): { figures: TableFigure[]; problems: TableProblem[] } {
  const findLocality = localityFinder(localities)
  const figures: TableFigure[] = []
  const problems: TableProblem[] = []
  const seen = new Set<string>()
  for (const { number, row } of rows) {
    const { locality_code: code = '', locality: name = '' } = row
    const found = findLocality(code, name)
    if (!found) {
      problems.push({ number, reason: 'locality_unknown', cell: code || name })
      continue
    }
    if (seen.has(found.code)) {
      problems.push({ number, reason: 'locality_twice', cell: found.name })
      continue
    }
    seen.add(found.code)
    for (const indicator of INDICATORS.filter(one => indicators.includes(one))) {
      const cell = row[indicator] ?? ''
      if (cell === '') continue
      const value = readCount(cell)
      if (value === undefined) problems.push({ number, reason: 'not_a_count', cell })
      else figures.push({ code: found.code, indicator, value })
    }
  }
  return { figures, problems }
}
