import { it } from 'vitest'
import { loadDemo } from '#app/jobs/demo/province.ts'
import { recount } from '#app/queries/recount.server.ts'
import { db, prepared } from '#db/client.server.ts'
import { makeProvince } from '#tests/make.ts'

it('loads', async () => {
  makeProvince()
  const t = performance.now()
  let calls = 0,
    last = 0
  const marks: string[] = []
  await loadDemo((d, n) => {
    calls++
    const now = performance.now()
    if (now - last > 1500 || d === n) {
      marks.push(`${d}/${n} ${((now - t) / 1000).toFixed(1)}s`)
      last = now
    }
  })
  console.log('load', ((performance.now() - t) / 1000).toFixed(1), 's calls', calls, marks.join(' | '))
  const show = (q: string) => console.table(prepared(q).all())
  show('select count(*) officials, sum(number_hash is null) numberless from official')
  show(
    `select kind, count(distinct u.id) units, count(*) n from posting p join unit u on u.id=p.unit_id where to_on is null group by 1`,
  )
  show(
    'select verdict_kind k, verdict_reason r, count(*) n, round(100.0*count(*)/(select count(*) from help),2) pct from help group by 1,2 order by 3 desc',
  )
  show(
    'select verdict_kind k, count(*) n, round(100.0*count(*)/(select count(*) from help),2) pct from help group by 1',
  )
  show(`select verdict_outcome, verdict_reason, count(*) n from help where verdict_outcome is not null group by 1,2`)
  show(
    `select officials, quota_bearers qb, targets, reached, idle, reported, counted, verified, counted_any, obligation_bearers ob, all_met, awaiting, eligible, completed, round(1.0*counted/targets,4) share from people_tally where dimension='unit' and key='1'`,
  )
  show(
    `select u.name, t.officials, quota_bearers qb, targets, reached, idle, t.reported, t.counted, t.verified, obligation_bearers ob, all_met, sim_signature_met sim, phone4g_met g4, portal_provincial_met pp, h.reported hr, h.counted hc, h.awaiting aw, h.verified hv from unit u join people_tally t on t.key=cast(u.id as text) and t.dimension='unit' join help_total h on h.key=t.key and h.dimension='unit' where u.locality_code='25207'`,
  )
  show(
    `select o.name, s.reported, s.counted, s.verified, s.target, s.sim_signature ss, s.phone4g g, s.portal_national pn, s.portal_provincial pp, s.result from standing s join official o on o.id=s.official_id join unit u on u.id=s.unit_id where u.locality_code='25207' order by o.id`,
  )
  show(
    `select round(1.0*counted/targets,1) share, count(*) n from people_tally t join unit u on t.key=cast(u.id as text) and t.dimension='unit' where u.kind in ('commune','provincial_agency') group by 1`,
  )
  show(`select reported, count(*) n from standing group by 1`)
  show(`select state, part, count(*) n from obligation group by 2,1`)
  show(`select state, reason, count(distinct official_id) n from exemption group by 1,2`)
  show(
    `select e.id, source, as_of_on, count(f.subject_hash) n from extract e left join extract_fact f on f.extract_id=e.id group by 1`,
  )
  show(
    `select i.id, u.name, result, count(*) n, sum(overturned_at is not null) o from inspection i join inspection_pick p on p.inspection_id=i.id join unit u on u.id=i.unit_id group by 1,3`,
  )
  show(
    `select a.login, a.display_name, role, u.name, a.password_hash is not null pw, (select position||'@'||u2.name from posting p join unit u2 on u2.id=p.unit_id where p.official_id=a.official_id and p.to_on is null) post from account a left join role_grant g on g.account_id=a.id left join unit u on u.id=g.unit_id where a.password_hash is not null`,
  )
  show(`select day, sum(reported) n from help_tally where dimension='unit' and key='1' group by 1`)
  show(
    `select o.name, count(*) n from help h join official o on o.id=h.official_id group by h.official_id order by 2 desc limit 3`,
  )
  show(`select sex, result, count(*) n from standing s join official o on o.id=s.official_id group by 1,2`)
  show(
    `select c.association, count(*) n, count(distinct m.official_id) p from membership m join chapter c on c.id=m.chapter_id group by 1`,
  )
  show(`select count(*) pledges, count(list_file_id) listed, count(distinct list_file_id) lists from pledge`)
  show(`select max(length(content_cipher)) from stored_file`)
  show(`select name from official where id % 97 = 3 limit 60`)
  const s = performance.now()
  console.log('recount', recount(1).slice(0, 5), ((performance.now() - s) / 1000).toFixed(1), 's')
  console.log(db.$client.name)
}, 200_000)
