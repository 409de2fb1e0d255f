import { matchRoutes } from '@remix-run/react'
import { type Control, PATTERNS, type SeenForm } from './requests.ts'

const ENTITIES: Record<string, string> = { lt: '<', gt: '>', quot: '"', amp: '&', '#x27': "'", '#39': "'" }
const withoutEntities = (text: string) => text.replace(/&(#?\w+);/g, (whole, name: string) => ENTITIES[name] ?? whole)

function attributeOf(tag: string, name: string): string | undefined {
  const value = new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1]
  return value === undefined ? undefined : withoutEntities(value)
}

const MOST_VALUES = 12

/**
 * Returns the forms that a page sends by POST, each with all named controls of the page: some are outside their form.
 */
export function formsIn(html: string, path: string): Omit<SeenForm, 'login'>[] {
  const controls = controlsIn(html)
  return [...html.matchAll(/<form\b[^>]*>/g)].flatMap(([tag]) => {
    if (attributeOf(tag, 'method') !== 'post') return []
    return [{ path: attributeOf(tag, 'action') ?? path, controls }]
  })
}

function controlsIn(html: string): Control[] {
  const found = new Map<string, Control>()
  const note = (name: string | undefined, isFile: boolean, values: string[]) => {
    if (!name) return
    const control = found.get(name) ?? { name, isFile, values: [] }
    control.values = [...new Set([...control.values, ...values])].slice(0, MOST_VALUES)
    found.set(name, control)
  }
  for (const [tag] of html.matchAll(/<(?:input|button)\b[^>]*>/g))
    note(attributeOf(tag, 'name'), attributeOf(tag, 'type') === 'file', [attributeOf(tag, 'value') ?? ''])
  for (const [, tag = '', inside = ''] of html.matchAll(/(<select\b[^>]*>)(.*?)<\/select>/gs))
    note(
      attributeOf(tag, 'name'),
      false,
      [...inside.matchAll(/<option\b[^>]*>/g)].map(([option]) => attributeOf(option, 'value') ?? ''),
    )
  for (const [tag] of html.matchAll(/<textarea\b[^>]*>/g)) note(attributeOf(tag, 'name'), false, ['Nội dung thử'])
  return [...found.values()]
}

const TREE = PATTERNS.map(path => ({ path: `/${path}`, id: path }))

/** The route that answers an address. */
export function patternOf(path: string): string | undefined {
  return matchRoutes(TREE, path.split('?')[0] ?? '')?.[0]?.route.path?.slice(1)
}
