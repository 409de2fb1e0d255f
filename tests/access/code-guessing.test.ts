import { afterEach, beforeEach, expect, it } from 'vitest'
import { hasTriedManyCodes, noteWrongCode } from '#app/access/password.server.ts'
import { dropProvince, makeProvince } from '#tests/make.ts'

beforeEach(() => makeProvince())
afterEach(dropProvince)

it('thirty wrong codes from one address are enough; others go on', async () => {
  for (let n = 0; n < 29; n++) await noteWrongCode('10.0.0.1')
  expect(await hasTriedManyCodes('10.0.0.1')).toBe(false)
  await noteWrongCode('10.0.0.1')
  expect(await hasTriedManyCodes('10.0.0.1')).toBe(true)
  expect(await hasTriedManyCodes('10.0.0.2')).toBe(false)
})
