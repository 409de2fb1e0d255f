import type { Decision } from '#app/domain/vocabulary.ts'
import { decideDispute, raiseDispute } from '#app/queries/dispute.server.ts'
import { prepared } from '#db/client.server.ts'
import { askerOf } from '../asker.server.ts'
import { CAMPAIGN_ID } from './steps.server.ts'

/** Why officials ask again whose a citizen is; those at UBND xã Tân Thành still wait, others were decided by now. */
const DISPUTES: readonly { reason: string; decided?: { decision: Decision; reason: string } }[] = [
  { reason: 'Tôi đến nhà hai lần và hướng dẫn đến khi tài khoản được kích hoạt.' },
  { reason: 'Người dân nhớ tôi là người trực tiếp hướng dẫn tại nhà văn hóa ấp.' },
  {
    reason: 'Tôi hướng dẫn cài đặt và kích hoạt, đồng nghiệp chỉ hỗ trợ đăng ký SIM.',
    decided: { decision: 'upheld', reason: 'Đã hỏi người dân, đúng là người đề nghị hướng dẫn kích hoạt.' },
  },
  {
    reason: 'Người dân do tôi vận động từ trước.',
    decided: { decision: 'dismissed', reason: 'Vận động trước đó chưa kích hoạt được tài khoản.' },
  },
  { reason: 'Tôi ghi sau vì hôm đó mất mạng, nhưng là người hướng dẫn.' },
]

type Duplicate = { helpId: number; accountId: number }

/** Creates disputes of officials whose citizens another official recorded too, some already decided. */
export function raiseDisputes() {
  DISPUTES.forEach(({ reason, decided }) => {
    const duplicate = nextDuplicate(decided === undefined)
    const raised = duplicate && raiseDispute(askerOf(duplicate.accountId), CAMPAIGN_ID, { ...duplicate, reason })
    if (!raised?.ok || !decided) return
    const head = headFor(raised.disputeId)
    if (head === undefined) return
    const { decision, reason: decisionReason } = decided
    decideDispute(askerOf(head), CAMPAIGN_ID, { disputeId: raised.disputeId, decision, decisionReason })
  })
}

/**
 * Finds a duplicate of an official who has no dispute yet. Prefers the sample's commune if `isInSample`, else one
 * outside it.
 */
function nextDuplicate(isInSample: boolean): Duplicate | undefined {
  return prepared<Duplicate>(
    `select h.id as helpId, a.id as accountId from help h
       join account a on a.official_id = h.official_id
       join posting p on p.official_id = h.official_id and p.to_on is null
       join unit u on u.id = p.unit_id
      where h.verdict_reason = 'duplicate_claim'
        and h.official_id not in (select b.official_id from dispute d join help b on b.id in (d.help_id, d.holder_id))
      order by (u.name = 'UBND xã Tân Thành') <> ?, h.id limit 1`,
  ).get(Number(isInSample))
}

/** Finds a head of the deciding unit who is not a party; undefined if that very unit has none. */
function headFor(disputeId: number): number | undefined {
  return prepared<number>(
    `select g.account_id from dispute d join role_grant g on g.unit_id = d.unit_id and g.role = 'head'
       join account a on a.id = g.account_id
      where d.id = ? and g.to_on is null and a.official_id not in
        (select official_id from help where id in (d.help_id, d.holder_id)) limit 1`,
  )
    .pluck()
    .get(disputeId)
}
