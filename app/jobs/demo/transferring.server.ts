import { transferOfficial } from '#app/queries/transfer.server.ts'
import { prepared } from '#db/client.server.ts'
import { askerOf } from '../asker.server.ts'

/** Asks for one official of another commune to come to UBND xã Tân Thành, which has not answered yet. */
export function askTransfer() {
  const unit = prepared<{ id: number }>("select id from unit where name = 'UBND xã Tân Thành'").get()
  const leaving = prepared<{ officialId: number; accountId: number }>(
    `select p.official_id as officialId, g.account_id as accountId from posting p join unit u on u.id = p.unit_id
       join role_grant g on g.unit_id = u.id and g.role = 'coordinator' and g.to_on is null
       join account a on a.id = g.account_id and a.official_id <> p.official_id
      where u.name = 'UBND phường Tân Phú' and p.to_on is null and p.category = 'civil_servant' and not p.is_leader
        and not exists (select 1 from account b join role_grant r on r.account_id = b.id
                         where b.official_id = p.official_id)
      order by p.official_id limit 1`,
  ).get()
  if (!unit || !leaving) return
  transferOfficial(askerOf(leaving.accountId), {
    officialId: leaving.officialId,
    unitId: unit.id,
    position: 'Công chức văn hóa – xã hội',
    category: 'civil_servant',
    isLeader: false,
    fromOn: '2024-06-17',
  })
}
