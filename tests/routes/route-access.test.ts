import { expect, it } from 'vitest'
import routes from '#app/routes.ts'
import { ROUTE_ACCESS } from '#tests/e2e/route-access.ts'

it('every route is listed with who may open it, and nothing else is', () => {
  const known = new Set(ROUTE_ACCESS.map(row => row.route))
  const paths = routes.map(route => ('path' in route ? (route.path ?? '') : ''))
  expect(paths.filter(path => !known.has(path))).toEqual([])
  expect([...known].filter(path => !paths.includes(path))).toEqual([])
})
