import { type Answer, type Asked, callerOf, closedLoop, EMPTY, FROZEN, quantile } from './client.ts'
import type { Report } from './figures.ts'

const ROUNDS = 60
const WARM = 30

/**
 * A page as somebody sees it: what it is called in the report, and who asks. `isBoard`: it must stay as quick however
 * many records there are; `isHome`: and its loaders run few statements.
 */
export type Page = { name: string; path: string; cookie: string; isBoard: boolean; isHome?: boolean }

/** The most statements of a home, those included that find out who asks. */
const HOME_STATEMENTS = 20

function timing({ headers }: Answer, part: 'total' | 'db'): number {
  return Number(new RegExp(`${part};dur=([\\d.]+)`).exec(String(headers['server-timing']))?.[1] ?? Number.NaN)
}

const statementsOf = ({ headers }: Answer) =>
  Number(/db;dur=[\d.]+;desc="(\d+)"/.exec(String(headers['server-timing']))?.[1] ?? Number.NaN)

/** Measures how long a page takes the server, and the database in it, one request at a time (medians, ms). */
async function measure(port: number, asked: Asked) {
  const { call, close } = callerOf(port, 1)
  for (let n = 0; n < WARM; n++) await call(asked)
  const answers: Answer[] = []
  for (let n = 0; n < ROUNDS; n++) answers.push(await call(asked))
  close()
  const bad = answers.find(answer => answer.status !== 200)
  if (bad) throw new Error(`${asked.path}: ${bad.status}`)
  return {
    total: quantile(
      answers.map(answer => timing(answer, 'total')),
      0.5,
    ),
    database: quantile(
      answers.map(answer => timing(answer, 'db')),
      0.5,
    ),
    statements: Math.max(...answers.map(statementsOf)),
    kb: (answers[0]?.bytes ?? 0) / 1024,
  }
}

/**
 * Measures pages beside an empty one, and beside themselves with loaders that answer immediately: what exceeds the cost
 * of their own HTML. Returns each board's database part (ms), for a comparison between sizes.
 */
export async function measurePages(report: Report, port: number, pages: readonly Page[]): Promise<Map<string, number>> {
  const empty = await measure(port, { path: EMPTY })
  report.note('pages', 'empty page', empty.total, 'ms')
  const parts = new Map<string, number>()
  for (const { name, path, cookie, isBoard, isHome } of pages) {
    const page = await measure(port, { path, cookie })
    const html = await measure(port, { path, cookie, headers: { [FROZEN]: '1' } })
    parts.set(name, page.database)
    report.note('pages', `${name}: database`, page.database, 'ms', isBoard ? { most: 2 } : {})
    report.note('pages', `${name}: statements`, page.statements, '', isHome ? { most: HOME_STATEMENTS } : {})
    report.note('pages', `${name}: whole`, page.total, 'ms')
    report.note(
      'pages',
      `${name}: ÷ empty page and its own HTML (${page.kb.toFixed(0)} kB)`,
      page.total / Math.max(html.total, empty.total),
      '×',
      isBoard ? { most: 1.5 } : {},
    )
  }
  return parts
}

/** Measures boards requested by eight readers in parallel, who ask again as soon as they are answered. */
export async function measureCrowd(report: Report, port: number, pages: readonly Page[]) {
  for (const { name, path, cookie } of pages.filter(page => page.isBoard)) {
    await closedLoop(port, 8, 1000, () => ({ path, cookie }))
    const { answers, perSecond } = await closedLoop(port, 8, 4000, () => ({ path, cookie }))
    report.note(
      'pages',
      `${name}: p99 at 8 connections`,
      quantile(
        answers.map(answer => answer.ms),
        0.99,
      ),
      'ms',
      { most: 60 },
    )
    report.note('pages', `${name}: rate`, perSecond, 'a second')
  }
}
