import { checkNotice } from '#app/domain/due-process.ts'
import type { ReviewDecision, ReviewStep } from '#app/domain/vocabulary.ts'
import { campaignToday } from '#app/queries/clock.server.ts'
import { findDemoLoad } from '#app/queries/job.server.ts'
import { rulesOf } from '#app/queries/judging/index.server.ts'
import { giveNotice, takeStep } from '#app/queries/review-step.server.ts'
import { prepared, transact } from '#db/client.server.ts'
import { askerOf } from '../asker.server.ts'
import { whenDue } from '../when-due.server.ts'
import { CAMPAIGN_ID, logStep } from './steps.server.ts'

/** How often the worker looks whether the demo's day has passed the campaign's end. */
const LOOK_MS = 1000

type Step = { kind: ReviewStep; body: string; decision?: ReviewDecision }
type Case = { documentNumber: string; steps: readonly Step[] }

const NOTICE =
  'Hết đợt, số người dân được hỗ trợ chưa đạt chỉ tiêu. Đề nghị anh/chị giải trình và nêu việc cần đơn vị hỗ trợ.'

const explained = (body: string): Step => ({ kind: 'explanation', body })
const decided = (decision: ReviewDecision, body: string): Step => ({ kind: 'explanation_decision', decision, body })

/** Cases about people of UBND xã Tân Thành, each at another step after its notice. */
const CASES: readonly Case[] = [
  { documentNumber: '31/TB-UBND', steps: [] },
  {
    documentNumber: '32/TB-UBND',
    steps: [explained('Địa bàn ấp 4 nhiều hộ đi làm xa, tôi đã đến ba lần chưa gặp.')],
  },
  {
    documentNumber: '33/TB-UBND',
    steps: [
      explained('Tôi bận việc chuyên môn nên chưa sắp xếp được thời gian.'),
      decided('rejected', 'Các đồng chí cùng bộ phận có khối lượng việc tương đương vẫn thực hiện được.'),
    ],
  },
  {
    documentNumber: '34/TB-UBND',
    steps: [
      explained('Tôi điều trị tại bệnh viện từ ngày 15/4 đến ngày 10/5, có giấy ra viện.'),
      decided('accepted', 'Có giấy ra viện, thời gian điều trị đúng như giải trình.'),
    ],
  },
  {
    documentNumber: '35/TB-UBND',
    steps: [
      explained('Tôi chưa được phân công địa bàn.'),
      decided('rejected', 'Danh sách phân công ngày 10/4 có tên và đã ký nhận.'),
      {
        kind: 'finding_decision',
        decision: 'made',
        body: 'Đã nhắc bằng văn bản hai lần, có danh sách phân công nhưng chưa thực hiện.',
      },
      { kind: 'appeal', body: 'Tôi được điều động hỗ trợ Tổ thu nhận lưu động từ ngày 12/4.' },
    ],
  },
]

const accountNamed = (login: string) => prepared<number>('select id from account where login = ?').pluck().get(login)

/** People of UBND xã Tân Thành who did not complete, hold no role and have no case, the furthest from it first. */
function peopleShort(): { officialId: number; accountId: number }[] {
  return prepared<{ officialId: number; accountId: number }>(
    `select s.official_id as officialId, a.id as accountId
       from standing s join account a on a.official_id = s.official_id join unit u on u.id = s.unit_id
      where s.campaign_id = ? and u.name = 'UBND xã Tân Thành' and s.result = 'not_completed_open' and a.login like 'bp%'
        and not exists (select 1 from role_grant g where g.account_id = a.id)
        and not exists (select 1 from review_case c where c.campaign_id = s.campaign_id and c.official_id = s.official_id)
      order by s.shortage desc, s.official_id limit ?`,
  ).all(CAMPAIGN_ID, CASES.length)
}

/** Takes a case to its step through the writes that everybody uses, each step by the one whose it is. */
function takeCase({ documentNumber, steps }: Case, person: { officialId: number; accountId: number }, head: number) {
  const subject = { officialId: person.officialId }
  const given = giveNotice(askerOf(head), CAMPAIGN_ID, { subject, documentNumber, body: NOTICE })
  if (!given.ok) return 0
  for (const { decision = null, ...step } of steps) {
    const taker = step.kind === 'explanation' || step.kind === 'appeal' ? person.accountId : head
    const input = { ...step, decision, caseId: given.caseId, documentNumber: '', file: null }
    const taken = takeStep(askerOf(taker), CAMPAIGN_ID, input)
    if (!taken.ok) throw new Error(`the step ${step.kind} was refused: ${taken.problem}`)
  }
  return 1
}

function isStaged(): boolean {
  return (
    prepared(
      "select 1 from event where verb = 'add' and subject = 'review_case' and actor_kind = 'system' limit 1",
    ).get() !== undefined
  )
}

/**
 * Writes due process in its different states, on people and one collective that did not complete. Does so once, where
 * this is a demo that has been loaded, from the first day of notices by its clock.
 */
export function stageReviews() {
  if (findDemoLoad()?.state !== 'done') return
  if (checkNotice(campaignToday(), rulesOf(CAMPAIGN_ID).regulation) !== null || isStaged()) return
  const head = accountNamed('thutruong')
  const above = accountNamed('truonghuyen')
  const ward = prepared<number>("select id from unit where name = 'UBND phường Tân Phú'").pluck().get()
  transact(() => {
    let cases = 0
    if (head !== undefined)
      peopleShort().forEach((person, n) => {
        const next = CASES[n]
        if (next) cases += takeCase(next, person, head)
      })
    if (above !== undefined && ward !== undefined) {
      const notice = { subject: { unitId: ward }, documentNumber: '87/TB-UBND', body: NOTICE }
      cases += giveNotice(askerOf(above), CAMPAIGN_ID, notice).ok ? 1 : 0
    }
    logStep('review_case', { cases })
  })
}

/** The same, looked at between the worker's jobs. */
export const stageReviewsWhenDue = whenDue(LOOK_MS, stageReviews)
