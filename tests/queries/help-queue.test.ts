import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { waitingHelp } from '#app/queries/help-list.server.ts'
import { undoConfirming } from '#app/queries/help-undo.server.ts'
import { rebuildTallies, recount } from '#app/queries/judging/index.server.ts'
import { prepared } from '#db/client.server.ts'
import {
  CAMPAIGN,
  confirmNow,
  dropProvince,
  grantTo,
  makeOfficial,
  makeProvince,
  recordMany,
  unitNamed,
} from '#tests/make.ts'

beforeEach(() => makeProvince())
afterEach(dropProvince)

const DISTRICT = 'Thành phố Đồng Xoài'

/** The head of a district, with seven records that wait in one of its communes and five in another. */
function scene() {
  const [one, other] = ['UBND xã Tân Thành', 'UBND xã Tiến Hưng'].map(name => unitNamed(name).id)
  const district = unitNamed(DISTRICT)
  const head = grantTo(makeOfficial(district.id).actor, 'head', district.id)
  const places = [one ?? 0, other ?? 0].sort((a, b) => a - b)
  const helpIds = places.flatMap((unitId, n) => recordMany(makeOfficial(unitId), n === 0 ? 7 : 5))
  return { district, head, helpIds }
}

const idsOf = ({ questions, affirmed, others }: ReturnType<typeof waitingHelp>) =>
  [...questions.flatMap(question => question.shown), ...affirmed, ...others].toSorted((a, b) => a - b)

describe('the queue', () => {
  it('comes in pages, each record on one of them, with the total on each', () => {
    const { district, head, helpIds } = scene()
    const page = (number: number) => waitingHelp(head, CAMPAIGN, { unitPath: district.path, page: { number, size: 5 } })
    const pages = [page(1), page(2), page(3)]
    expect(pages.map(({ total, pages, page }) => [total, pages, page])).toEqual([
      [12, 3, 1],
      [12, 3, 2],
      [12, 3, 3],
    ])
    expect(pages.map(idsOf)).toEqual([helpIds.slice(0, 5), helpIds.slice(5, 10), helpIds.slice(10)])
    expect(page(9).page).toBe(3)
    expect(idsOf(waitingHelp(head, CAMPAIGN, { unitPath: district.path }))).toEqual(helpIds)
  })

  it('moves up what follows when a page is confirmed, and back when that is undone', () => {
    const { district, head, helpIds } = scene()
    const shown = () => idsOf(waitingHelp(head, CAMPAIGN, { unitPath: district.path, page: { number: 2, size: 5 } }))
    confirmNow(head, CAMPAIGN, helpIds.slice(5, 10))
    expect(shown()).toEqual(helpIds.slice(10))
    expect(undoConfirming(head, CAMPAIGN, 5, Date.now()).ok).toBe(true)
    expect(shown()).toEqual(helpIds.slice(5, 10))
    expect(recount(CAMPAIGN)).toEqual([])
  })

  it('puts what was edited after an extract contradicted it on the first page', () => {
    const { district, head, helpIds } = scene()
    const last = helpIds.at(-1) ?? 0
    prepared(
      `insert into help_change (help_id, revision, changed_at, changed_by, changes, is_after_contradiction)
       values (?, 2, 1718100000000, ?, '[]', 1)`,
    ).run(last, head.accountId)
    const { questions } = waitingHelp(head, CAMPAIGN, { unitPath: district.path, page: { number: 1, size: 5 } })
    expect(questions[0]).toMatchObject({ kind: 'edited_after_extract', shown: [last] })
  })

  it.each([
    ['lacks a record', 'delete from help_queue where help_id = @helpId', null],
    ['has it at another unit', 'update help_queue set unit_id = 1 where help_id = @helpId', 1],
  ])('is compared with the records: a queue that %s is found and mended', (_, text, stored) => {
    const { helpIds } = scene()
    const [helpId = 0] = helpIds
    const unitId = prepared<number>('select unit_id from help_queue where help_id = ?').pluck().one(helpId)
    prepared(text).run({ helpId })
    expect(recount(CAMPAIGN)).toEqual([
      { table: 'help_queue', key: String(helpId), metric: 'unit', stored, recounted: unitId },
    ])
    rebuildTallies(CAMPAIGN)
    expect(recount(CAMPAIGN)).toEqual([])
  })
})
