import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Articles } from '../app/domain/article.ts'
import type { Indicator } from '../app/domain/campaign-indicator.ts'
import type { StatedGoal } from '../app/domain/goal.ts'

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

/** The reference data with which a database is founded: localities, agencies, the province's
 * own legal bases, and plan 128 with its annex. */
export function readReference(folder: string) {
  return {
    localities: readTable(folder, 'localities') as {
      level: string
      code: string
      parent_code: string
      name: string
      type: string
    }[],
    agencies: readTable(folder, 'agencies') as { kind: string; block: string; name: string; superior?: string }[],
    targets: readTable(folder, 'plan-128-targets').filter(row => row.district_code !== ''),
    bases: readTable(folder, 'legal-bases').map(({ citation = '', place, from_on: fromOn = '' }) => ({
      citation,
      place: Number(place),
      fromOn,
      toOn: null,
    })),
    plan: readPlan(folder),
  }
}

/** The plan with which every database is founded, for its campaign office to keep or to replace. */
export type FoundingPlan = {
  code: string
  name: string
  issuer: string
  issuedOn: string
  headline: string
  title: string
  annexAsOf: string | null
  annexNote: string
  articles: Articles
  indicators: readonly Indicator[]
  goals: readonly StatedGoal[]
}

/** Reads plan 128: how it is called and who issued it, its articles, indicators and goals. */
export function readPlan(folder: string): FoundingPlan {
  const read = (name: string) => JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as unknown
  return {
    ...(read('plan-128') as Omit<FoundingPlan, 'articles' | 'indicators' | 'goals'>),
    ...(read('plan-128-indicators') as Pick<FoundingPlan, 'indicators' | 'goals'>),
    articles: read('plan-128-articles') as Articles,
  }
}

/** Reads where localities are drawn on the map of tiles, by their codes. */
export function readTileMap(folder: string) {
  return readTable(folder, 'tile-map').map(({ code = '', row, column }) => ({
    code,
    row: Number(row),
    column: Number(column),
  }))
}

export type Reference = ReturnType<typeof readReference>
