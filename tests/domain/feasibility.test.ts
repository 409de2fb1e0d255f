import { expect, it } from 'vitest'
import { stillUnactivated } from '#app/domain/feasibility.ts'

it.each([
  { what: 'the official figure where one is known', official: { value: 266_242, isWhole: true }, left: 90_806 },
  { what: 'counted records where none is', official: null, left: 320_959 },
  { what: 'records where a partial sum says less', official: { value: 10, isWhole: false }, left: 320_959 },
  { what: 'never below nothing', official: { value: 400_000, isWhole: true }, left: 0 },
])('citizens still unactivated: $what', ({ official, left }) => {
  expect(stillUnactivated(357_048, { helped: 36_089, official })).toBe(left)
})
