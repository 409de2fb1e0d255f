import { type Day, startOf } from '#app/domain/calendar.ts'
import type { Gate, ReviewDecision, ReviewStep } from '#app/domain/vocabulary.ts'
import { prepared, transact } from '#db/client.server.ts'
import { inserterOf } from '#db/inserter.server.ts'
import { gate, reviewCase, reviewStep } from '#db/schema.ts'
import { HOUR_MS } from './rhythm.ts'
import { CAMPAIGN_ID, logStep } from './steps.server.ts'

type Step = { kind: ReviewStep; on: Day; body: string; decision?: ReviewDecision; documentNumber?: string }

const notice = (on: Day, documentNumber: string): Step => ({
  kind: 'notice',
  on,
  documentNumber,
  body: 'Đến nay số người dân được hỗ trợ còn thấp so với chỉ tiêu. Đề nghị anh/chị giải trình và nêu việc cần đơn vị hỗ trợ.',
})
const explained = (on: Day, body: string): Step => ({ kind: 'explanation', on, body })
const decided = (on: Day, decision: ReviewDecision, body: string): Step => ({
  kind: 'explanation_decision',
  on,
  decision,
  body,
})

/** Cases about people of UBND xã Tân Thành, each at another step on the demo's day. */
const CASES: readonly (readonly Step[])[] = [
  [notice('2024-06-05', '31/TB-UBND')],
  [
    notice('2024-05-27', '24/TB-UBND'),
    explained('2024-06-03', 'Địa bàn ấp 4 nhiều hộ đi làm xa, tôi đã đến ba lần chưa gặp. Tôi sẽ đến vào buổi tối.'),
  ],
  [
    notice('2024-05-20', '19/TB-UBND'),
    explained('2024-05-28', 'Tôi bận việc chuyên môn nên chưa sắp xếp được thời gian.'),
    decided('2024-06-04', 'rejected', 'Các đồng chí cùng bộ phận có khối lượng việc tương đương vẫn thực hiện được.'),
  ],
  [
    notice('2024-05-13', '15/TB-UBND'),
    explained('2024-05-21', 'Tôi điều trị tại bệnh viện từ ngày 15/4 đến ngày 10/5, có giấy ra viện.'),
    decided('2024-05-24', 'accepted', 'Có giấy ra viện, thời gian điều trị đúng như giải trình.'),
  ],
  [
    notice('2024-05-06', '12/TB-UBND'),
    explained('2024-05-14', 'Tôi chưa được phân công địa bàn.'),
    decided('2024-05-20', 'rejected', 'Danh sách phân công ngày 10/4 có tên và đã ký nhận.'),
    {
      kind: 'finding_decision',
      on: '2024-06-05',
      decision: 'made',
      body: 'Đã nhắc bằng văn bản hai lần, có danh sách phân công nhưng chưa thực hiện.',
    },
    { kind: 'appeal', on: '2024-06-10', body: 'Tôi được điều động hỗ trợ Tổ thu nhận lưu động từ ngày 12/4.' },
  ],
]

const GATES: readonly { kind: Gate; documentNumber: string; on: Day; unit?: string }[] = [
  { kind: 'complaint', documentNumber: '118/SNV-TTr', on: '2024-05-29' },
  { kind: 'violation_inspection', documentNumber: '45/QĐ-TTr', on: '2024-06-03', unit: 'Sở Xây dựng' },
]

/**
 * Writes due process in its different states and two gates, from the computed standings. Covers the officials below
 * their target in UBND xã Tân Thành who have no role, and one collective below its target.
 */
export function writeReviews() {
  const unit = prepared("select id from unit where name = 'UBND xã Tân Thành'").get() as { id: number }
  const login = (name: string) =>
    (prepared('select id from account where login = ?').get(name) as { id: number } | undefined)?.id ?? 1
  const people = prepared(
    `select s.official_id as officialId, a.id as accountId from standing s join account a on a.official_id = s.official_id
      where s.campaign_id = ? and s.unit_id = ? and s.result = 'not_completed_open' and a.login like 'bp%'
        and not exists (select 1 from role_grant g where g.account_id = a.id)
      order by s.shortage desc, s.official_id limit ?`,
  ).all(CAMPAIGN_ID, unit.id, CASES.length) as { officialId: number; accountId: number }[]
  const insertCase = inserterOf(reviewCase)
  const insertStep = inserterOf(reviewStep)
  const head = login('thutruong')
  const writeCase = (
    id: number,
    officialId: number | null,
    unitId: number,
    steps: readonly Step[],
    takers: number[],
  ) => {
    const [first] = steps
    if (!first) return
    insertCase({ id, campaignId: CAMPAIGN_ID, officialId, unitId, openedAt: startOf(first.on) + 9 * HOUR_MS })
    steps.forEach(({ on, ...step }, n) => {
      const takenAt = startOf(on) + (9 + n) * HOUR_MS
      insertStep({ ...step, caseId: id, takenAt, takenOn: on, takenBy: takers[n] ?? head })
    })
  }
  transact(() => {
    people.forEach(({ officialId, accountId }, n) => {
      const steps = CASES[n] ?? []
      const takers = steps.map(({ kind }) => (kind === 'explanation' || kind === 'appeal' ? accountId : head))
      writeCase(n + 1, officialId, unit.id, steps, takers)
    })
    const ward = prepared("select id from unit where name = 'UBND phường Tân Phú'").get() as { id: number }
    writeCase(people.length + 1, null, ward.id, [notice('2024-06-10', '87/TB-UBND')], [login('truonghuyen')])
    writeGates(login('noivu'))
  })
  logStep('review_case', { cases: people.length + 1 })
  logStep('gate', { gates: GATES.length })
}

function writeGates(accountId: number) {
  const insertGate = inserterOf(gate)
  const eligible = prepared(
    `select s.official_id as officialId from standing s join unit u on u.id = s.unit_id
      where s.campaign_id = ? and s.result = 'eligible' and u.guard_path is null and u.kind = 'provincial_agency'
      order by s.official_id limit 1`,
  ).get(CAMPAIGN_ID) as { officialId: number } | undefined
  for (const { kind, documentNumber, on, unit: name } of GATES) {
    const unit = name
      ? (prepared('select id from unit where name = ?').get(name) as { id: number } | undefined)
      : undefined
    if (!unit && !eligible) continue
    insertGate({
      campaignId: CAMPAIGN_ID,
      officialId: unit ? null : eligible?.officialId,
      unitId: unit?.id ?? null,
      kind,
      documentNumber,
      documentOn: on,
      fromOn: on,
      createdAt: startOf(on) + 14 * HOUR_MS,
      createdBy: accountId,
    })
  }
}
