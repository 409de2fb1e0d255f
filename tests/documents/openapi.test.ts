import { Validator } from '@seriousme/openapi-schema-validator'
import { describe, expect, it } from 'vitest'
import { writeCsv } from '#app/documents/csv.ts'
import { writeOpenApi } from '#app/documents/openapi.ts'
import { API_OPERATIONS } from '#app/domain/api.ts'
import routes from '#app/routes.ts'
import { INDICATORS } from '#tests/indicators.ts'

describe('the OpenAPI document', () => {
  const document = writeOpenApi('https://4phu.example', {
    name: 'Bình Phước',
    hasDistricts: true,
    indicators: INDICATORS,
  })

  it('is valid by a public validator', async () => {
    const result = await new Validator().validate(JSON.parse(JSON.stringify(document)))
    expect(result.errors ?? []).toEqual([])
    expect(result.valid).toBe(true)
  })

  it('asks for nothing that has a default (F13)', () => {
    const { post } = document.paths['/api/v1/indicators/figures'] as {
      post: { requestBody: { content: Record<string, { schema: { required: string[] } }> } }
    }
    expect(post.requestBody.content['application/json']?.schema.required.toSorted()).toEqual([
      'asOfOn',
      'figures',
      'source',
    ])
  })

  it('is refused by it where it is broken', async () => {
    const broken = { ...document, paths: { '/x': { get: { responses: 'none' } } } }
    expect((await new Validator().validate(JSON.parse(JSON.stringify(broken)))).valid).toBe(false)
  })

  it('lists the codes of the indicators that there are', () => {
    const text = JSON.stringify(document)
    expect(text).toContain(JSON.stringify(INDICATORS.map(({ code }) => code)))
    const other = { name: 'Đồng Nai', hasDistricts: false, indicators: [{ code: 'health_book', name: 'Sổ sức khỏe' }] }
    const described = JSON.stringify(writeOpenApi('https://4phu.example', other))
    expect(described).toContain('"enum":["health_book"]')
    expect(described).not.toContain('id_card_mobile')
  })

  it('describes exactly the addresses that answer', () => {
    const served = routes
      .map(route => ('path' in route ? `/${route.path}`.replaceAll(/:(\w+)/g, '{$1}') : ''))
      .filter(path => path.startsWith('/api/v1/') && !path.endsWith('*'))
    const described = Object.values(API_OPERATIONS).map(({ path }) => path)
    expect([...new Set(described)].filter(path => path.startsWith('/api/')).sort()).toEqual(served.sort())
  })
})

describe('CSV', () => {
  it('keeps commas, quotes and marks, and makes no formula', () => {
    expect(
      writeCsv(
        ['tên', 'số'],
        [
          ['Sở "A", B', 1],
          ['=1+1', null],
          ['-x', -3],
        ],
      ),
    ).toBe('\ufefftên,số\r\n"Sở ""A"", B",1\r\n\'=1+1,\r\n\'-x,-3\r\n')
  })
})
