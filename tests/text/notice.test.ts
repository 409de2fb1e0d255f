import { globSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import routes from '#app/routes.ts'
import { NOTICES, noticesAt, noticeTo } from '#app/text/notice.ts'

const SOURCE = globSync('app/**/*.{ts,tsx}')
  .filter(path => path !== 'app/text/notice.ts')
  .map(path => readFileSync(path, 'utf8'))

const EACH = Object.entries(NOTICES).flatMap(([page, notices]) =>
  Object.entries(notices).map(([name, { text }]) => ({ page, name, text: text as string | ((n: number) => string) })),
)

it.each(EACH)('$page shows $name at its own address only', ({ page, name, text }) => {
  const address = page.replace(/:\w+/g, part => (part.endsWith('Id') ? '12' : 'ky-4'))
  const value = typeof text === 'string' ? '' : '=3'
  const { pathname, searchParams } = new URL(`${address}?a=b&${name}${value}`, 'http://own.invalid')
  const shown = typeof text === 'string' ? text : text(3)
  expect(noticesAt(pathname, searchParams)).toMatchObject([{ name, text: shown }])
  expect(noticesAt(`${pathname}/x`, searchParams)).toEqual([])
})

it('every page of a notice is a route, and every notice is asked for somewhere', () => {
  const paths = routes.map(route => `/${'path' in route ? route.path : ''}`)
  expect(Object.keys(NOTICES).filter(page => !paths.includes(page))).toEqual([])
  expect(EACH.filter(({ name }) => !SOURCE.some(text => text.includes(`'${name}'`)))).toEqual([])
})

it('writes what it reads: notices side by side, a figure, a query before', () => {
  const unitId = 7
  const both = noticeTo(noticeTo(`/ho-tro/${unitId}`, 'da-luu'), 'khac-danh-sach')
  expect(both).toBe('/ho-tro/7?da-luu&khac-danh-sach')
  expect(noticeTo(`/don-vi/${unitId}/chi-tieu`, 'da-giao', 1200)).toBe('/don-vi/7/chi-tieu?da-giao=1200')
  const names = (to: string) => {
    const { pathname, searchParams } = new URL(to, 'http://own.invalid')
    return noticesAt(pathname, searchParams).map(({ name, kind }) => `${name} ${kind}`)
  }
  expect(names(both)).toEqual(['da-luu success', 'khac-danh-sach warning'])
  expect(names('/don-vi/7/chi-tieu?da-giao=1200')).toEqual(['da-giao success'])
  expect(names('/don-vi/7/chi-tieu?da-giao=-1')).toEqual([])
})

it('does not compile for another page, without its figure, or with one too many', () => {
  const unitId = 7
  // @ts-expect-error a notice of another page
  noticeTo(`/ho-tro/${unitId}`, 'da-giao', 1)
  // @ts-expect-error a page without notices
  noticeTo(`/ho-tro/${unitId}/sua`, 'da-luu')
  // @ts-expect-error no figure
  expect(noticeTo(`/don-vi/${unitId}/chi-tieu`, 'da-giao')).toBe('/don-vi/7/chi-tieu?da-giao')
  // @ts-expect-error a figure that nothing shows
  noticeTo(`/ho-tro/${unitId}`, 'da-luu', 1)
})
