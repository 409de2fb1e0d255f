import { existsSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import routes from '#app/routes.ts'
import { RUNBOOK } from '#app/text/runbook.ts'

const steps = RUNBOOK.flatMap(part => part.steps)
const texts = steps.flatMap(({ text, command = '' }) => [text, command])
const allOf = (pattern: RegExp) => [
  ...new Set(texts.flatMap(text => [...text.matchAll(pattern)].map(([, found]) => found))),
]

it('names only commands that exist', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> }
  const named = allOf(/npm run ([\w:]+)/g)
  expect(named.length).toBeGreaterThan(5)
  expect(named.filter(name => !(String(name) in scripts))).toEqual([])
})

it('names only files that are there', () => {
  const named = allOf(/(scripts\/deploy\/[\w.@-]+\w)/g)
  expect(named.length).toBeGreaterThan(2)
  expect(named.filter(file => !existsSync(String(file)))).toEqual([])
})

it('leads only to pages that are there', () => {
  const paths = new Set(routes.map(route => `/${route.path ?? ''}`))
  expect(steps.filter(({ to }) => to !== undefined && !paths.has(to))).toEqual([])
})

it('leads to the alerts’ file, and repeats none of them', () => {
  expect(texts.some(text => text.includes('scripts/deploy/alerts.yml'))).toBe(true)
  expect(texts.filter(text => /\brate\(|histogram_quantile|_seconds >/.test(text))).toEqual([])
})
