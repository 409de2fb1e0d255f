import { expect, it } from 'vitest'
import { indicatorWord } from '#app/domain/indicator-word.ts'

const ENDS_ON = '2024-07-03'
const TODAY = '2024-06-12'
const range = (earliest: string | null, latest: string | null) => ({ on: null, earliest, latest, atEnd: 0 })

it.each([
  ['a total that is reached', 'reached', null, '2024-06-11', 'reached'],
  ['behind today, in time all the same', 'behind', range('2024-06-24', '2024-07-03'), '2024-06-11', 'on_time'],
  ['behind, and in time on good days alone', 'behind', range('2024-07-01', '2024-07-09'), '2024-06-11', 'may_miss'],
  ['behind and never in time', 'behind', range('2024-08-01', null), '2024-06-11', 'will_miss'],
  ['as much as was due, yet too slow now', 'on_pace', range('2024-08-01', null), '2024-06-11', 'will_miss'],
  ['a figure of a week ago', 'behind', range('2024-08-01', null), '2024-06-05', 'will_miss'],
  ['a figure of eight days ago', 'behind', range('2024-08-01', null), '2024-06-04', 'old_figure'],
  ['no figure', 'no_figures', null, null, 'no_figures'],
  ['no target', 'no_target', null, '2024-06-11', 'no_target'],
] as const)('%s', (_, status, forecast, asOfOn, word) => {
  expect(indicatorWord({ status, forecast, asOfOn }, TODAY, ENDS_ON)).toBe(word)
})
