import { afterEach, beforeEach, expect, it } from 'vitest'
import { recordHelp } from '#app/queries/help.server.ts'
import { action as formInspection } from '#app/routes/inspection/new.tsx'
import { action as record } from '#app/routes/inspection/record-result.ts'
import { action as openCitizen } from '#app/routes/inspection/sheet.tsx'
import { prepared } from '#db/client.server.ts'
import {
  CAMPAIGN,
  confirmNow,
  done,
  dropProvince,
  grantTo,
  helpForm,
  makeOfficial,
  makeProvince,
  unitNamed,
} from '#tests/make.ts'
import { visitor } from '#tests/visitor.ts'

beforeEach(() => makeProvince())
afterEach(dropProvince)

const drawn = () => prepared<number>('select count(*) from inspection').pluck().one()

/** An agency with four confirmed records in three hamlets, an office that forms an inspection, and its team. */
async function scene() {
  const unit = unitNamed('Sở Y tế')
  const { actor, officialId } = makeOfficial(unit.id)
  const head = grantTo(makeOfficial(unit.id, { isLeader: true }).actor, 'head', unit.id)
  const office = grantTo(makeOfficial(unitNamed('Sở Nội vụ').id).actor, 'campaign_office', 1)
  const inspector = () => grantTo(makeOfficial(unitNamed('Thanh tra tỉnh').id).actor, 'inspector', 1)
  const [first, second] = [inspector(), inspector()]
  const helpIds = ['Ấp 10', 'Ấp 2', 'Ấp 1', 'Ấp 2'].map((hamlet, n) => {
    const input = helpForm(2 * n + 1, { citizen: { hamlet } })
    return done(recordHelp(actor, CAMPAIGN, { officialId, input })).helpId
  })
  confirmNow(head, CAMPAIGN, helpIds)
  const form = (fields: Record<string, string>) => {
    const whole = new FormData()
    for (const { accountId } of [first, second]) whole.append('member', String(accountId))
    const sample = { certainty: '95', untrueShare: '5', riskPicks: '0', ...fields }
    for (const [name, value] of Object.entries(sample)) whole.append(name, value)
    return whole
  }
  return { path: `/kiem-tra/moi?don-vi=${unit.id}`, form, desk: await visitor(office), team: await visitor(first) }
}

it('shows how many sheets a sample has before it is drawn, and again where the number changed', async () => {
  const { path, form, desk } = await scene()
  const shown = await desk.ask(formInspection, path, {}, form({}))
  expect(shown).toMatchObject({ sample: { population: 4, size: 4, riskPicks: 0 } })
  expect(drawn()).toBe(0)
  // half of four untrue, half a chance to see one: one sheet is enough
  const changed = await desk.ask(formInspection, path, {}, form({ certainty: '50', untrueShare: '50', shown: '4-0' }))
  expect(changed).toMatchObject({ sample: { size: 1 } })
  expect(drawn()).toBe(0)
  expect(await desk.send(formInspection, path, {}, form({ shown: '4-0' }))).toMatch(/^\/kiem-tra\/\d+\?da-chon-mau$/)
  expect(drawn()).toBe(1)
})

it('leads from a saved sheet to the next one on the road, and from the last one back', async () => {
  const { path, form, desk, team } = await scene()
  const inspection = (await desk.send(formInspection, path, {}, form({ shown: '4-0' }))).split('?')[0] ?? ''
  const inspectionId = inspection.split('/').at(-1) ?? ''
  const hamletOf = (helpId: string) => prepared('select hamlet from help where id = ?').pluck().get(Number(helpId))
  const walked: unknown[] = []
  let helpId = String(prepared("select id from help where hamlet = 'Ấp 1'").pluck().get())
  for (;;) {
    walked.push(hamletOf(helpId))
    const params = { inspectionId, helpId }
    await team.ask(openCitizen, `${inspection}/phieu/${helpId}`, params, { purpose: 'meet' })
    const found = { result: 'true', foundBy: 'met', note: '' }
    const to = await team.send(record, `${inspection}/phieu/${helpId}/ket-qua`, params, found)
    if (to === `${inspection}?da-ghi`) break
    helpId = /\/phieu\/(\d+)\?da-ghi$/.exec(to)?.[1] ?? ''
  }
  expect(walked).toEqual(['Ấp 1', 'Ấp 2', 'Ấp 2', 'Ấp 10'])
})
