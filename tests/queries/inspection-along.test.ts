import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Person } from '#app/access/policy.ts'
import { moveClock } from '#app/queries/clock.server.ts'
import { editHelp } from '#app/queries/help.server.ts'
import { findInspection } from '#app/queries/inspection.server.ts'
import { listSheetsToTake, recordTaken, takeSheets } from '#app/queries/inspection-along.server.ts'
import { listRoad, openSheet, signInspection } from '#app/queries/inspection-check.server.ts'
import { prepared } from '#db/client.server.ts'
import { inspectionScene } from '#tests/inspection-scene.ts'
import { CAMPAIGN, checkNow, citizenNumber, dropProvince, helpForm, makeProvince, NOW, statusOf } from '#tests/make.ts'

beforeEach(() => makeProvince())
afterEach(dropProvince)

const HOUR_MS = 3_600_000

type Scene = ReturnType<typeof inspectionScene>

function taken({ first, inspectionId }: Scene, helpIds: readonly number[], actor: Person = first) {
  const answer = takeSheets(actor, CAMPAIGN, { inspectionId, helpIds, purpose: 'meet' })
  if (!answer.ok) throw new Error(answer.problem)
  return answer.sheets
}

/** Takes the first sheet along, and how it is sent from the road. */
function onRoad(people: Scene) {
  const [sheet] = taken(people, [people.helpIds[0] ?? 0])
  if (!sheet) throw new Error('no sheet')
  const { inspectionId, helpId, from } = sheet
  return {
    sheet,
    found: { inspectionId, helpId, from, enteredAt: NOW, result: 'true' as const, foundBy: 'met' as const, note: null },
  }
}

const pickOf = ({ first, inspectionId }: Scene, helpId: number) =>
  findInspection(first, CAMPAIGN, inspectionId)?.picks.find(pick => pick.helpId === helpId)

describe('takeSheets', () => {
  it('opens each sheet to the team alone, and logs each with what for', () => {
    const people = inspectionScene()
    const { inspectionId, helpIds } = people
    const sheets = taken(people, helpIds.slice(0, 2))
    expect(sheets).toHaveLength(2)
    expect(sheets.map(({ number }) => number).sort()).toEqual([citizenNumber(1), citizenNumber(2)].sort())
    const road = listRoad(people.first, CAMPAIGN, inspectionId).map(({ helpId }) => helpId)
    expect(sheets.map(({ helpId, road: n }) => [helpId, n])).toEqual(
      road.map((helpId, n) => [helpId, n + 1]).filter(([helpId]) => helpIds.slice(0, 2).includes(helpId ?? 0)),
    )
    const logged = prepared<{ id: string; data: string }>(
      "select subject_id as id, data from event where verb = 'open' and subject = 'help' order by id",
    ).all()
    expect(logged.map(({ id }) => id).sort()).toEqual(helpIds.slice(0, 2).map(String).sort())
    for (const { data } of logged) expect(JSON.parse(data)).toEqual({ inspectionId, purpose: 'meet', isAlong: true })
    for (const actor of [people.office, people.head, people.outsider]) {
      expect([403, 404]).toContain(statusOf(() => taken(people, helpIds, actor)))
      expect([403, 404]).toContain(statusOf(() => listSheetsToTake(actor, CAMPAIGN, inspectionId)))
    }
  })

  it('takes open sheets of the draw only, and none once it is concluded', () => {
    const people = inspectionScene()
    const { first, second, inspectionId, helpIds } = people
    const toTake = () => listSheetsToTake(first, CAMPAIGN, inspectionId).open.map(({ helpId }) => helpId)
    expect(statusOf(() => taken(people, [9999]))).toBe(404)
    checkNow(first, { inspectionId, helpId: helpIds[0] ?? 0, result: 'true' })
    expect(toTake()).not.toContain(helpIds[0])
    expect(statusOf(() => taken(people, helpIds))).toBe(404)
    // nothing of a refused taking is opened
    expect(pickOf(people, helpIds[1] ?? 0)?.openedAt).toBeNull()
    for (const helpId of helpIds.slice(1)) checkNow(first, { inspectionId, helpId, result: 'true' })
    for (const actor of [first, second]) signInspection(actor, CAMPAIGN, inspectionId)
    expect(toTake()).toEqual([])
    expect(takeSheets(first, CAMPAIGN, { inspectionId, helpIds, purpose: 'meet' })).toEqual({
      ok: false,
      problem: 'inspection_concluded',
    })
  })
})

describe('recordTaken', () => {
  it('records what was found on the road once, with when it was noted', () => {
    const people = inspectionScene()
    const { sheet, found } = onRoad(people)
    moveClock(people.office, NOW + 5 * HOUR_MS)
    const sent = { ...found, enteredAt: NOW + HOUR_MS }
    expect(recordTaken(people.first, CAMPAIGN, sent)).toEqual({ ok: true })
    const pick = pickOf(people, sheet.helpId)
    expect(pick).toMatchObject({ result: 'true', foundBy: 'met', enteredAt: NOW + HOUR_MS })
    expect(pick?.checkedAt).toBeGreaterThanOrEqual(NOW + 5 * HOUR_MS)
    // its answer was lost: it is sent again
    expect(recordTaken(people.first, CAMPAIGN, sent)).toEqual({ ok: true })
    expect(pickOf(people, sheet.helpId)).toEqual(pick)
    expect(prepared("select count(*) as n from event where verb = 'record' and subject = 'inspection'").get()).toEqual({
      n: 1,
    })
  })

  it.each([
    ['before the sheet was opened', -HOUR_MS, 0],
    ['after now', 9 * HOUR_MS, 5 * HOUR_MS],
  ])('does not believe a time %s', (_, claimed, kept) => {
    const people = inspectionScene()
    const { sheet, found } = onRoad(people)
    moveClock(people.office, NOW + 5 * HOUR_MS)
    expect(recordTaken(people.first, CAMPAIGN, { ...found, enteredAt: NOW + claimed })).toEqual({ ok: true })
    const { enteredAt, openedAt, checkedAt } = pickOf(people, sheet.helpId) ?? {}
    const [least = 0, most = 0] = kept === 0 ? [openedAt, openedAt] : [NOW + kept, checkedAt]
    expect(enteredAt).toBeGreaterThanOrEqual(least ?? 0)
    expect(enteredAt).toBeLessThanOrEqual(most ?? 0)
  })

  it('claims no time where the phone’s clock is in doubt', () => {
    const people = inspectionScene()
    const { sheet, found } = onRoad(people)
    expect(recordTaken(people.first, CAMPAIGN, { ...found, enteredAt: null })).toEqual({ ok: true })
    expect(pickOf(people, sheet.helpId)).toMatchObject({ result: 'true', enteredAt: null })
  })

  it('writes over no result that came meanwhile', () => {
    const people = inspectionScene()
    const { sheet, found } = onRoad(people)
    checkNow(people.second, { inspectionId: people.inspectionId, helpId: sheet.helpId, result: 'untrue' })
    const before = pickOf(people, sheet.helpId)
    expect(recordTaken(people.first, CAMPAIGN, found)).toEqual({ ok: false, problem: 'sheet_checked_meanwhile' })
    expect(pickOf(people, sheet.helpId)).toEqual(before)
    // the same finding by somebody else is no conflict
    expect(recordTaken(people.first, CAMPAIGN, { ...found, result: 'untrue' })).toEqual({ ok: true })
    expect(pickOf(people, sheet.helpId)).toEqual(before)
  })

  it('does not rest on a record that was changed since', () => {
    const people = inspectionScene()
    const { sheet, found } = onRoad(people)
    const edited = editHelp(people.official.actor, CAMPAIGN, {
      helpId: sheet.helpId,
      revision: sheet.from.revision,
      input: helpForm(1, { note: 'Bổ sung ghi chú' }),
    })
    expect(edited.ok).toBe(true)
    expect(recordTaken(people.first, CAMPAIGN, found)).toEqual({ ok: false, problem: 'sheet_record_changed' })
    expect(pickOf(people, sheet.helpId)?.result).toBeNull()
  })

  it('asks for what the sheet’s own form asks for, of the team alone', () => {
    const people = inspectionScene()
    const { found } = onRoad(people)
    expect(recordTaken(people.first, CAMPAIGN, { ...found, foundBy: null })).toEqual({
      ok: false,
      problem: 'finding_way_needed',
    })
    for (const actor of [people.office, people.head, people.outsider])
      expect([403, 404]).toContain(statusOf(() => recordTaken(actor, CAMPAIGN, found)))
  })

  it('raises no question about a burst where the results were noted over hours and arrive together', () => {
    const people = inspectionScene()
    const { first, second, inspectionId, helpIds } = people
    const sheets = taken(people, helpIds)
    moveClock(people.office, NOW + 9 * HOUR_MS)
    for (const [n, { helpId, from }] of sheets.entries())
      recordTaken(first, CAMPAIGN, {
        ...{ inspectionId, helpId, from, result: 'true', foundBy: 'met', note: null },
        enteredAt: NOW + n * HOUR_MS,
      })
    expect(findInspection(second, CAMPAIGN, inspectionId)?.bursts).toEqual([])
    // opened and noted again within minutes it is asked about, as without a phone
    for (const helpId of helpIds) {
      openSheet(first, CAMPAIGN, { inspectionId, helpId, purpose: 'meet' })
      checkNow(first, { inspectionId, helpId, result: 'true' })
    }
    expect(findInspection(second, CAMPAIGN, inspectionId)?.bursts).toHaveLength(1)
  })
})
