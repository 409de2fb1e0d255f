import type { ServerBuild } from '@remix-run/node'

/** A request's route: its pattern, and its path with the ids of our own rows filled in and everything else left out. */
type RouteName = { pattern: string; shown: string }

const UNKNOWN: RouteName = { pattern: '*', shown: '*' }
/** The address of Remix's own script, which asks for the routes of a page's links. */
const MANIFEST = '/__manifest'

/**
 * Names the route of a path, for logs and metrics. Codes of citizens, periods and free text from the address bar are
 * never shown. Shown are only parameters that are row ids, and only numbers shorter than any personal number.
 */
export function routeNamer(routes: ServerBuild['routes']): (path: string) => RouteName {
  const byLength = new Map<number, Compiled[]>()
  for (const { path = '', index } of Object.values(routes)) {
    if (path.endsWith('*') || (path === '' && !index)) continue
    const compiled = compile(path)
    byLength.set(compiled.length, [...(byLength.get(compiled.length) ?? []), compiled])
  }
  for (const list of byLength.values()) list.sort((a, b) => a.blanks - b.blanks)
  return path => {
    const plain = path.replace(/^\/_root\.data$/, '/').replace(/(?<=.)\.data$/, '')
    if (plain === MANIFEST) return { pattern: MANIFEST, shown: MANIFEST }
    for (const { pattern, expression } of byLength.get(segmentsOf(plain)) ?? []) {
      const match = expression.exec(plain)
      if (match) return { pattern, shown: fill(pattern, match.groups ?? {}) }
    }
    return UNKNOWN
  }
}

type Compiled = { pattern: string; expression: RegExp; length: number; blanks: number }

const segmentsOf = (path: string) => path.split('/').filter(Boolean).length

function compile(path: string): Compiled {
  const source = path
    .split('/')
    .map(segment => segment.replaceAll(/[.\\+*?^$()[\]{}|]/g, '\\$&').replace(/^:(\w+)/, '(?<$1>[^/]+)'))
    .join('/')
  return {
    pattern: `/${path}`,
    expression: new RegExp(`^/${source}/?$`, 'i'),
    length: segmentsOf(path),
    blanks: path.split('/').filter(segment => /^:\w+$/.test(segment)).length,
  }
}

function fill(pattern: string, values: Record<string, string>): string {
  return pattern.replaceAll(/:(\w+Id)\b/g, (blank, name: string) => {
    const value = values[name] ?? ''
    return /^\d{1,8}$/.test(value) ? value : blank
  })
}
