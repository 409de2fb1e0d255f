import { afterEach, beforeEach, expect, it } from 'vitest'
import { answerByCode } from '#app/queries/citizen-answer.server.ts'
import { findCitizenLink, issueCitizenLink } from '#app/queries/citizen-code.server.ts'
import { editHelp, recordHelp } from '#app/queries/help.server.ts'
import { waitingHelp } from '#app/queries/help-list.server.ts'
import {
  CAMPAIGN,
  done,
  dropProvince,
  grantTo,
  helpForm,
  makeOfficial,
  makeProvince,
  returnNow,
  unitNamed,
} from '#tests/make.ts'
import { renderedSite } from '#tests/rendered.ts'

beforeEach(() => makeProvince())
afterEach(dropProvince)

function scene() {
  const unit = unitNamed('UBND xã Tân Thành')
  const official = makeOfficial(unit.id, { name: 'Điểu Thị Ngễnh' })
  const second = makeOfficial(unit.id, { name: 'Nguyễn Văn Ước' })
  const clerk = makeOfficial(unit.id)
  const coordinator = grantTo(clerk.actor, 'coordinator', unit.id)
  const head = grantTo(makeOfficial(unit.id).actor, 'head', unit.id)
  let citizen = 0
  const record = (of = official, by = of.actor) => {
    citizen += 2 // numbers that follow each other would be a question
    return done(recordHelp(by, CAMPAIGN, { officialId: of.officialId, input: helpForm(citizen) })).helpId
  }
  const sayYes = (helpId: number, deviceHash: string) => {
    done(issueCitizenLink(official.actor, CAMPAIGN, helpId))
    const { code } = findCitizenLink(official.actor, CAMPAIGN, { id: helpId, officialId: official.officialId })
    done(answerByCode(code ?? '', { answer: 'yes', outcomes: [], consentVersion: '1', deviceHash }))
  }
  return { unit, official, second, coordinator, head, record, sayYes }
}

it('groups what the citizen affirmed, and shows on the row what speaks for and against it (P11)', async () => {
  const { unit, second, coordinator, head, record, sayYes, official } = scene()
  const plain = record()
  const affirmed = record()
  sayYes(affirmed, 'a phone of one citizen')
  const entered = record(official, coordinator)
  const sentBack = record(second)
  returnNow(head, CAMPAIGN, { helpIds: [sentBack], reason: 'ngày chưa rõ' })
  done(
    editHelp(second.actor, CAMPAIGN, { helpId: sentBack, revision: 2, input: helpForm(8, { helpedOn: '2024-05-11' }) }),
  )
  const { affirmed: sure, others } = waitingHelp(head, CAMPAIGN, { unitPath: unit.path })
  expect(sure).toEqual([affirmed])
  expect(others).toEqual([plain, entered, sentBack])

  const site = await renderedSite()
  const page = await (await site.open(`don-vi/${unit.id}/xac-nhan`, head.accountId, CAMPAIGN)).text()
  expect(page).toContain('Người dân đã xác nhận đúng · 1')
  expect(page).toContain('Nhập hộ')
  // what the title says of all lines is on none of them
  expect(page).not.toContain('Người dân xác nhận đúng')
  expect(page).toMatch(/Đã trả lại (<!-- -->)?1(<!-- -->)? lần/)
  expect(page).toContain('Kích hoạt tài khoản định danh điện tử')
}, 60_000)

it('makes the whole row the label, and asks before everything is confirmed at once (P10)', async () => {
  const { unit, second, head, record } = scene()
  for (const of of [undefined, undefined, second, second]) record(of)
  const site = await renderedSite()
  const page = await (await site.open(`don-vi/${unit.id}/xac-nhan`, head.accountId, CAMPAIGN)).text()
  const lines = page.match(/<li><label><input type="checkbox" name="chon"[^>]*>.*?<\/label>/g) ?? []
  expect(lines).toHaveLength(4)
  // a link in the label would lead away from the list
  for (const line of lines) expect(line).not.toContain('<a ')
  expect(page).toContain('Chọn cả 4 mục dưới đây')
  expect(page).toContain('Điểu Thị Ngễnh · 2')
  // the boxes of groups are never sent
  expect(page.match(/class="choice-all"/g)).toHaveLength(3)
  expect(page).not.toMatch(/class="choice-all"[^>]*name=/)
  const question = page.indexOf('Xác nhận cả 4 trường hợp trong danh sách này?')
  expect(question).toBeGreaterThan(page.indexOf('<details class="confirm">'))
  expect(/<input type="hidden" name="chon" value="([^"]*)"/.exec(page)?.[1]?.split(' ')).toHaveLength(4)
}, 60_000)
