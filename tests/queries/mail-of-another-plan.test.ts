import { afterAll, beforeAll, expect, it } from 'vitest'
import { REMINDER_KINDS } from '#app/domain/reminder.ts'
import { addRegulation, campaignsAtWork } from '#app/queries/campaign.server.ts'
import { setDelivery, takeDigest } from '#app/queries/digest-account.server.ts'
import { rebuildTallies, rulesOf } from '#app/queries/judging/index.server.ts'
import { digestMail, groupMessage } from '#app/text/reminder.ts'
import { CAMPAIGN, done, dropProvince, makeTwoLevelProvince } from '#tests/make.ts'
import { makeScene, staff, TODAY } from '#tests/two-level-scene.ts'

const ADDRESS = 'https://4phu.example'
const WISH = { email: 'a@tinh.example', wantsDigest: true }

beforeAll(async () => {
  makeTwoLevelProvince()
  await makeScene()
  const { version, regulation } = rulesOf(CAMPAIGN)
  const decided = { basedOn: version, documentNumber: '14/UBND', decidedOn: '2024-04-05', note: '' }
  done(addRegulation(staff.office, CAMPAIGN, { parameters: { ...regulation, quota: 5 }, ...decided }))
  // as the job does that a new regulation begins
  rebuildTallies(CAMPAIGN)
})
afterAll(dropProvince)

/** What belongs to another plan, its province or a level that is not there. */
const OF_OTHERS = [/bình phước/i, /huyện/i, /(?<![\p{L}\d])128(?!\d)/u, /(?<!\d)90 ngày/, /(?<!\d)10 người/]

const saidIn = (text: string) => OF_OTHERS.filter(words => words.test(text.normalize('NFC'))).map(String)

/** The day's mail of each person who gets one: its subject and text. */
function mails(): [string, string][] {
  const campaigns = campaignsAtWork(TODAY)
  return Object.entries(staff).flatMap(([who, person]): [string, string][] => {
    setDelivery(person, WISH)
    const digest = takeDigest(person.accountId, campaigns, TODAY)
    if (!digest) return []
    const { subject, text } = digestMail(digest, { today: TODAY, address: ADDRESS, isOne: campaigns.length === 1 })
    return [[who, `${subject}\n${text}`]]
  })
}

it('names the own plan and quota in each mail, and nothing of another plan', () => {
  const sent = mails()
  expect(sent.map(([who]) => who)).toEqual(Object.keys(staff))
  expect(sent.flatMap(([who, text]) => saidIn(text).map(word => `${who}: ${word}`))).toEqual([])
  for (const [who, text] of sent) if (who !== 'auditor') expect(text, who).toContain('theo KH 12/KH-UBND')
  expect(sent.find(([who]) => who === 'own')?.[1]).toContain('Cần thêm 5 người dân')
})

it('says nothing of another plan in any kind of reminder, nor in a message to a group', () => {
  const unit = { id: 7, name: 'UBND phường Trấn Biên' }
  const reminders = REMINDER_KINDS.flatMap(kind => [
    { kind, count: 3, dueOn: TODAY, unit: null, on: TODAY },
    { kind, count: 3, dueOn: null, unit, on: TODAY },
  ])
  const digest = { name: 'Trần Thị Mẫu', chain: 'đầu', parts: [{ code: '12/KH-UBND', reminders }] }
  const { text } = digestMail(digest, { today: TODAY, address: ADDRESS, isOne: false })
  expect(text.match(/^- /gm)).toHaveLength(reminders.length)
  const about = { campaign: '12/KH-UBND', left: 21, address: ADDRESS }
  const messages = [groupMessage('reminders', about), groupMessage('worklist', about)]
  expect([text, ...messages].flatMap(saidIn)).toEqual([])
})
