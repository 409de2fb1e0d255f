import type { ServerBuild } from '@remix-run/node'
import { describe, expect, it } from 'vitest'
import routes from '#app/routes.ts'
import { routeNamer } from '#app/server/route-pattern.ts'

const table = Object.fromEntries(
  routes.map((route, n) => [String(n), { id: String(n), path: route.path, index: route.index, module: {} }]),
) as unknown as ServerBuild['routes']
const name = routeNamer(table)

describe('the name of a request’s route', () => {
  it.each([
    ['/', '/', '/'],
    ['/_root.data', '/', '/'],
    ['/ho-tro/moi', '/ho-tro/moi', '/ho-tro/moi'],
    ['/ho-tro/12', '/ho-tro/:helpId', '/ho-tro/12'],
    ['/HO-TRO/12/', '/ho-tro/:helpId', '/ho-tro/12'],
    ['/ho-tro/12.data', '/ho-tro/:helpId', '/ho-tro/12'],
    ['/x/ABCD-EFGH-JKMN-PQRS', '/x/:code', '/x/:code'],
    ['/x/1234567', '/x/:code', '/x/:code'],
    ['/x/ABCD-EFGH-JKMN-PQRS/du-lieu', '/x/:code/du-lieu', '/x/:code/du-lieu'],
    ['/ho-tro/070090000001', '/ho-tro/:helpId', '/ho-tro/:helpId'],
    ['/can-bo/Nguyễn', '/can-bo/:officialId', '/can-bo/:officialId'],
    ['/dia-ban/25195.xlsx', '/dia-ban/:code.xlsx', '/dia-ban/:code.xlsx'],
    ['/dia-ban/25195', '/dia-ban/:code', '/dia-ban/:code'],
    ['/Nguyễn/Văn/Thử', '*', '*'],
    ['//x/ABCD', '*', '*'],
    ['/__manifest', '/__manifest', '/__manifest'],
  ])('%s is %s', (path, pattern, shown) => {
    expect(name(path)).toEqual({ pattern, shown })
  })

  it('knows every route by its own pattern', () => {
    const paths = routes.map(route => route.path ?? '').filter(path => !path.endsWith('*'))
    const missed = paths.filter(path => name(`/${path.replaceAll(/:\w+/g, '7')}`).pattern !== `/${path}`)
    expect(missed).toEqual([])
  })
})
