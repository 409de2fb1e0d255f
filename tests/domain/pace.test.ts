import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { feasibilityOf } from '#app/domain/feasibility.ts'
import { campaignDay, dailyTarget, daysLeft, requiredBy } from '#app/domain/pace.ts'
import { PLAN_128 } from '#app/domain/regulation.ts'

test('the annex: a district’s daily target is its total over 90 days, rounded up; the province’s is their sum', () => {
  const rows = readFileSync('db/reference/plan-128-targets.csv', 'utf8').trim().split(/\r?\n/).slice(1)
  const figures = rows.map(row => row.split(',').slice(2).map(Number))
  const province = figures.pop() ?? []
  expect(figures).toHaveLength(11)
  province.forEach((printed, column) => {
    if (column % 2 === 0) return
    const daily = figures.map(district => dailyTarget(district[column - 1] ?? 0, PLAN_128))
    expect(daily).toEqual(figures.map(district => district[column]))
    expect(daily.reduce((sum, target) => sum + target, 0)).toBe(printed)
  })
})

test.each([
  { day: '2024-04-03', number: 0, left: 91 },
  { day: '2024-04-04', number: 1, left: 91 },
  { day: '2024-06-12', number: 70, left: 22 },
  { day: '2024-07-03', number: 91, left: 1 },
  { day: '2024-07-04', number: 92, left: 0 },
])('$day is day $number with $left days left', ({ day, number, left }) => {
  expect(campaignDay(day, PLAN_128)).toBe(number)
  expect(daysLeft(day, PLAN_128)).toBe(left)
})

test.each([
  { label: 'before the first day', dayNumber: 0, required: 0 },
  { label: 'end of day 1', dayNumber: 1, required: 307 },
  { label: 'end of day 89', dayNumber: 89, required: 27_323 },
  { label: 'never more than the total', dayNumber: 90, required: 27_547 },
])('Đồng Xoài activations, $label', ({ dayNumber, required }) => {
  expect(requiredBy(dayNumber, { total: 27_547, daily: 307 })).toBe(required)
})

test.each([
  { label: 'fewer owed than left', shortage: 500, unactivated: 1000, ratio: 0.5, isFeasible: true },
  { label: 'as many owed as left', shortage: 1000, unactivated: 1000, ratio: 1, isFeasible: true },
  { label: 'more owed than left', shortage: 1500, unactivated: 1000, ratio: 1.5, isFeasible: false },
  { label: 'nobody left, something owed', shortage: 1, unactivated: 0, ratio: null, isFeasible: false },
  { label: 'nobody left, nothing owed', shortage: 0, unactivated: 0, ratio: null, isFeasible: true },
])('feasibility: $label', ({ shortage, unactivated, ratio, isFeasible }) => {
  expect(feasibilityOf({ shortage, unactivated })).toEqual({ ratio, isFeasible })
})
