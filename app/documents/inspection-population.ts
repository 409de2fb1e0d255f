/** One record of a population, with what its draw is replayed from. */
type PopulationRow = {
  helpId: number
  stratum: string
  key: string
  /** how it was picked; null: it was not */
  origin: string | null
  place: number | null
}

/**
 * Writes the population of a draw as CSV (UTF-8, RFC 4180): the seed in every line, so that the file is complete
 * without others. Then come id, stratum, key and, if picked, place and way. Nothing in the file is typed by people, so
 * nothing needs escaping.
 */
export function writePopulation({ seed, rows }: { seed: string; rows: readonly PopulationRow[] }): string {
  const lines = rows.map(row =>
    [seed, row.helpId, row.stratum, row.key, row.place ?? '', row.origin ?? ''].map(String).join(','),
  )
  return `${['ma_chon_mau,ma_truong_hop,nhom,sha256,thu_tu,cach_chon', ...lines].join('\r\n')}\r\n`
}
