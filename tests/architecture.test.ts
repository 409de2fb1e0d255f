import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'

/** What each layer may import from this project, besides itself: the directions of the house (README). */
const DIRECTIONS: Record<string, readonly string[]> = {
  domain: [],
  text: ['domain'],
  db: ['domain'],
  ui: ['text', 'domain'],
  imports: ['text', 'domain'],
  documents: ['text', 'domain'],
  access: ['db', 'domain'],
  queries: ['access', 'db', 'domain'],
  jobs: ['queries', 'imports', 'documents', 'text', 'access', 'db', 'domain'],
  offline: ['ui', 'text', 'domain'],
  server: ['jobs', 'queries', 'access', 'db', 'domain'],
  routes: ['domain', 'text', 'ui', 'offline', 'imports', 'documents', 'access', 'queries', 'jobs'],
}

const BANNED_NAMES = /(^|[.-])(utils?|helpers?|misc|service|manager|common)([.-]|$)/

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return sources(path)
    return /\.tsx?$/.test(entry.name) ? [path] : []
  })
}

const FILES = [...sources('app'), ...sources('db')]

/** The layer of a file: the folder below app, db, or the frame (root, entries, route table), which may import all. */
function layerOf(path: string): string {
  const [top = '', folder = '', rest] = path.split('/')
  if (top === 'db') return 'db'
  return rest === undefined ? 'frame' : folder
}

function importsOf(path: string): string[] {
  const text = readFileSync(path, 'utf8')
  return [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].flatMap(([, target = '']) => {
    if (target.startsWith('#')) return [target.slice(1)]
    return target.startsWith('.') ? [relative('.', join(dirname(path), target))] : []
  })
}

describe('the directions of the house', () => {
  it.each(FILES.filter(path => layerOf(path) !== 'frame'))('%s', path => {
    const layer = layerOf(path)
    const allowed = [layer, ...(DIRECTIONS[layer] ?? [])]
    const strayed = importsOf(path).filter(target => !target.endsWith('.css') && !allowed.includes(layerOf(target)))
    expect(strayed).toEqual([])
  })
})

/** A way from a file back to itself by imports, types too; undefined: there is none. */
function cycleFrom(start: string, known: Map<string, string[]>): string[] | undefined {
  const seen = new Set<string>()
  const walk = (path: string, way: string[]): string[] | undefined => {
    for (const next of known.get(path) ?? []) {
      if (next === start) return [...way, next]
      if (seen.has(next)) continue
      seen.add(next)
      const found = walk(next, [...way, next])
      if (found) return found
    }
    return undefined
  }
  return walk(start, [start])
}

it('no file imports itself, by whatever way', () => {
  const known = new Map(FILES.map(path => [path, importsOf(path)]))
  const cycles = FILES.flatMap(path => cycleFrom(path, known)?.join(' → ') ?? [])
  expect(cycles).toEqual([])
})

/** Writers whose false means that there was nothing to do, not that anybody was refused. */
const NOTHING_TO_DO = ['confirmCampaign', 'publishDay']

/** The exported functions of a file that write, each with the type of its result as written; '' where it is inferred. */
function writersOf(path: string): { name: string; result: string }[] {
  const functions = readFileSync(path, 'utf8').matchAll(/^export (?:async )?function (\w+)[\s\S]*?^}$/gm)
  return [...functions].flatMap(([text, name = '']) => {
    const isWriter = /\b(transact|change|changePeople|writeUnjudged)\(|\.run\(/.test(text)
    return isWriter ? [{ name, result: /\): ([^\n]*) \{$/m.exec(text)?.[1] ?? '' }] : []
  })
}

const JUDGING = 'app/queries/judging/'

describe('what no file does', () => {
  it('enters the judging room past its door', () => {
    const inside = (path: string) => path.startsWith(JUDGING)
    const past = [...FILES, ...sources('scripts')].filter(
      path => !inside(path) && importsOf(path).some(target => inside(target) && target !== `${JUDGING}index.server.ts`),
    )
    expect(past).toEqual([])
  })

  it('answers a write that is refused with a bare word, null or false', () => {
    const bare = FILES.filter(path => layerOf(path) === 'queries').flatMap(path =>
      writersOf(path).flatMap(({ name, result }) =>
        /^(Promise<)?boolean|\| null>?$|\{ problem: /.test(result) ? [name] : [],
      ),
    )
    expect(bare.sort()).toEqual(NOTHING_TO_DO)
  })

  it('takes zod past the module that keeps it within the content policy', () => {
    const found = FILES.filter(path => / from 'zod/.test(readFileSync(path, 'utf8')))
    expect(found).toEqual(['app/domain/zod.ts'])
  })

  it('starts an asynchronous transaction', () => {
    const found = FILES.filter(path => /transact(ion)?\(\s*async/.test(readFileSync(path, 'utf8')))
    expect(found).toEqual([])
  })

  it('reads the clock in the domain', () => {
    const found = FILES.filter(
      path => layerOf(path) === 'domain' && /new Date\(\)|Date\.now\(/.test(readFileSync(path, 'utf8')),
    )
    expect(found).toEqual([])
  })

  it('hides behind a name that says nothing', () => {
    expect(
      FILES.filter(path =>
        BANNED_NAMES.test(
          path
            .split('/')
            .at(-1)
            ?.replace(/\.tsx?$/, '') ?? '',
        ),
      ),
    ).toEqual([])
  })

  it('opens the database in another way than db does, where every connection writes through to the disk', () => {
    const found = FILES.filter(
      path => layerOf(path) !== 'db' && /new Database\(|from 'better-sqlite3'/.test(readFileSync(path, 'utf8')),
    )
    expect(found).toEqual([])
  })

  it('lets a connection write through to the disk less than it should', () => {
    const found = FILES.filter(path => /synchronous\s*=(?!\s*FULL)/.test(readFileSync(path, 'utf8')))
    expect(found).toEqual(['db/client.server.ts'])
    // but for the steps of a long job, which is done again from its cursor
    const leaving = FILES.filter(path => /leavingSync/.test(readFileSync(path, 'utf8')))
    expect(leaving.filter(path => path !== 'db/client.server.ts')).toEqual(['app/queries/steps.server.ts'])
    expect(readFileSync('db/client.server.ts', 'utf8').match(/synchronous\s*=(?!\s*FULL)/g)).toHaveLength(1)
  })

  it('writes SQL in a route', () => {
    const found = FILES.filter(
      path => layerOf(path) === 'routes' && /\bprepared\(|drizzle-orm/.test(readFileSync(path, 'utf8')),
    )
    expect(found).toEqual([])
  })
})
