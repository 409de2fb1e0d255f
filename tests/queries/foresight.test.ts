import { afterEach, expect, it } from 'vitest'
import type { HelpInput } from '#app/domain/help.ts'
import { readExtract } from '#app/jobs/extract.server.ts'
import { mapColumns, startApplying, uploadExtract } from '#app/queries/extract.server.ts'
import { walkExtract } from '#app/queries/extract-apply.server.ts'
import { recordHelp } from '#app/queries/help.server.ts'
import { foreseeHelp } from '#app/queries/judging/index.server.ts'
import { prepared } from '#db/client.server.ts'
import {
  ACCOUNT_ONLY,
  CAMPAIGN,
  citizenNumber,
  confirmNow,
  done,
  dropProvince,
  grantTo,
  helpForm,
  makeOfficial,
  makeProvince,
  unitNamed,
} from '#tests/make.ts'

afterEach(dropProvince)

function scene() {
  makeProvince()
  const unit = unitNamed('Sở Nội vụ')
  return {
    official: makeOfficial(unit.id),
    other: makeOfficial(unit.id),
    head: grantTo(makeOfficial(unit.id).actor, 'head', 1),
    police: grantTo(makeOfficial(unit.id).actor, 'campaign_office', 1),
  }
}

/** Applies a full police list for the province as of 20/5 with these lines of number, level and day. */
async function applyList({ police }: ReturnType<typeof scene>, lines: readonly string[]) {
  const input = {
    source: 'police' as const,
    asOfOn: '2024-05-20',
    isFullList: true,
    localities: [String(prepared("select code from locality where level = 'province'").pluck().get())],
    carriers: [],
  }
  const bytes = Buffer.from(['Số định danh,Mức,Ngày kích hoạt', ...lines].join('\n'))
  const { extractId } = done(uploadExtract(police, CAMPAIGN, { input, fileName: 'a.csv', bytes }))
  const quiet = () => undefined
  const columns = { number: 0, level: 1, activatedOn: 2 }
  await readExtract({ extractId }, undefined, quiet)
  expect(mapColumns(police, CAMPAIGN, { extractId, columns }).ok).toBe(true)
  await readExtract({ extractId, columns, headRow: 1 }, undefined, quiet)
  prepared("update job set state = 'done'").run()
  expect(startApplying(police, CAMPAIGN, extractId)).toBeDefined()
  await walkExtract(extractId, quiet)
}

const storedReason = (helpId: number) => prepared('select verdict_reason from help where id = ?').pluck().get(helpId)

it('is the verdict that the record then gets, where nothing but its own words and extracts decides', async () => {
  const here = scene()
  await applyList(here, [`${citizenNumber(1)},2,04/04/2024`, `${citizenNumber(2)},2,04/04/2024`])
  const inputs: HelpInput[] = [
    helpForm(1),
    helpForm(2, { outcomes: ACCOUNT_ONLY }),
    helpForm(3),
    helpForm(4, { helpedOn: '2024-06-10' }),
    helpForm(5, { helpedOn: '2024-04-03' }),
  ]
  const { officialId, actor } = here.official
  const foreseen = foreseeHelp(
    CAMPAIGN,
    inputs.map(input => ({ officialId, input })),
  )
  expect(foreseen.map(({ reason }) => reason)).toEqual([
    'awaiting_confirmation',
    'outcome_missing',
    'not_in_extract',
    'awaiting_confirmation',
    'outside_period',
  ])
  const made = inputs.map(input => done(recordHelp(actor, CAMPAIGN, { officialId, input })).helpId)
  expect(made.map(storedReason)).toEqual(foreseen.map(({ reason }) => reason))
})

it('says the same whether or not somebody else recorded the citizen', () => {
  const { official, other, head } = scene()
  const ask = () => foreseeHelp(CAMPAIGN, [{ officialId: official.officialId, input: helpForm(1) }])
  const before = ask()
  const theirs = recordHelp(other.actor, CAMPAIGN, { officialId: other.officialId, input: helpForm(1) })
  confirmNow(head, CAMPAIGN, [done(theirs).helpId])
  expect(ask()).toEqual(before)
})

it('reads 2,000 rows within two seconds (of CPU), and writes nothing', () => {
  const { official } = scene()
  const { officialId } = official
  const creates = Array.from({ length: 2000 }, (_, n) => ({ officialId, input: helpForm(n + 1) }))
  const changes = () => prepared('select total_changes()').pluck().get()
  const before = changes()
  const start = process.cpuUsage()
  expect(foreseeHelp(CAMPAIGN, creates)).toHaveLength(2000)
  const { user, system } = process.cpuUsage(start)
  expect((user + system) / 1000).toBeLessThan(2000)
  expect(changes()).toBe(before)
})
