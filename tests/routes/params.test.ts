import { globSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { query } from '#app/routes/_web/params.ts'

type Page = ReturnType<typeof query>

/** Every page's parameters, and a page of units whose parameters follow from the units. */
const PAGES: [string, Page][] = []
for (const path of globSync('app/routes/*/params.ts').sort()) {
  const module: Record<string, unknown> = await import(/* @vite-ignore */ `../../${path}`)
  for (const [name, value] of Object.entries(module)) {
    if (name === 'query') continue
    const page = name === 'unitBases' ? (value as (units: { id: number }[]) => Page)([{ id: 1 }, { id: 22 }]) : value
    if (typeof page === 'object' && page !== null && 'read' in page) PAGES.push([`${path} ${name}`, page as Page])
  }
}

const read = (page: Page, to: string) => page.read(new URL(to, 'http://own.invalid'))

describe('the parameters of a page', () => {
  it('are found', () => expect(PAGES.length).toBeGreaterThan(30))

  it.each(PAGES)('%s: what is read is written, and read as the same', (_name, page) => {
    const entries = Object.entries(page.params)
    expect(new Set(entries.map(([, { name }]) => name)).size).toBe(entries.length)
    const typed = fc.oneof(
      fc.string(),
      fc.nat({ max: 2_000_000_000 }).map(String),
      fc.constantFrom(
        '',
        '2024-06-15',
        ' Nguyễn Thị & Văn=?#',
        '\u0000😀 ',
        ...entries.flatMap(([, { words = [] }]) => words),
      ),
    )
    fc.assert(
      fc.property(
        fc.array(fc.option(typed, { nil: undefined }), { minLength: entries.length, maxLength: entries.length }),
        values => {
          const search = new URLSearchParams(
            entries.flatMap(([, { name }], n) => (values[n] === undefined ? [] : [[name, values[n]]])),
          )
          const once = page.read(search)
          const written = page.to('/trang', once)
          expect(read(page, written)).toEqual(once)
          expect(page.to('/trang', read(page, written))).toBe(written)
        },
      ),
      { numRuns: 50 },
    )
  })

  it.each(PAGES)('%s: an address without any is the page alone', (_name, page) => {
    expect(page.to('/trang', read(page, '/trang'))).toBe('/trang')
    expect(page.to('/trang', {})).toBe('/trang')
  })
})

/** What reads an address by itself: each with its reason. */
const RAW = [
  // the place where addresses are read
  /_web\/params\.ts$/,
  // the province's sign-in comes back with its own parameters
  /access\/provider\.server\.ts$/,
  // the interface reads its query by the shapes that it publishes
  /api\/answer\.server\.ts$/,
]

it('no other page reads its address by itself', () => {
  const raw = globSync('app/**/*.{ts,tsx}').filter(path =>
    /searchParams|useSearchParams/.test(readFileSync(path, 'utf8')),
  )
  expect(raw.filter(path => !RAW.some(pattern => pattern.test(path)))).toEqual([])
})
