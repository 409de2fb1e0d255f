import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Articles } from '../app/domain/article.ts'

/** Reads one table of `db/reference` (csv, first line the column names, quotes as RFC 4180). */
function readTable(folder: string, name: string): Record<string, string>[] {
  const lines = readFileSync(join(folder, `${name}.csv`), 'utf8')
    .trim()
    .split(/\r?\n/)
  const cells = (line: string) =>
    [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
      match => match[1]?.replaceAll('""', '"') ?? match[2] ?? '',
    )
  const header = cells(lines[0] ?? '')
  return lines.slice(1).map(line => Object.fromEntries(cells(line).map((value, n) => [header[n] ?? String(n), value])))
}

/** The reference data with which a database is founded: localities, agencies and plan 128's articles and annex. */
export function readReference(folder: string) {
  return {
    localities: readTable(folder, 'localities') as {
      level: string
      code: string
      parent_code: string
      name: string
      type: string
    }[],
    agencies: readTable(folder, 'agencies') as { kind: string; block: string; name: string }[],
    targets: readTable(folder, 'plan-128-targets').filter(row => row.district_code !== ''),
    articles: JSON.parse(readFileSync(join(folder, 'plan-128-articles.json'), 'utf8')) as Articles,
  }
}
export type Reference = ReturnType<typeof readReference>
