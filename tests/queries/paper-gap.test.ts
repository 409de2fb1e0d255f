import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { homeAffairsIssuing, unitIssuing } from '#app/jobs/papers/issuing.server.ts'
import { paperGapsOf } from '#app/queries/paper-gap.server.ts'
import { addUnit } from '#app/queries/unit.server.ts'
import { prepared } from '#db/client.server.ts'
import { CAMPAIGN, done, dropProvince, grantTo, makeOfficial, makeProvince, system, unitNamed } from '#tests/make.ts'

beforeEach(() => makeProvince())
afterEach(dropProvince)

const gap = (name: string) => paperGapsOf(CAMPAIGN).find(row => row.gap === name)?.count

describe('what papers have dots for', () => {
  it('counts each body whose superior nobody entered: the reference brings none', () => {
    expect(prepared('select 1 from unit where superior_name is not null').get()).toBeUndefined()
    expect(gap('superiors')).toBe(18)
    expect(unitIssuing(unitNamed('Cục Thuế tỉnh').id, null).above).toBe('')
    prepared("update unit set superior_name = 'Cấp trên' where name = 'Cục Thuế tỉnh'").run()
    expect(gap('superiors')).toBe(17)
    expect(unitIssuing(unitNamed('Cục Thuế tỉnh').id, null).above).toBe('Cấp trên')
  })

  it('names the part that drafts: where the coordinator works, of home affairs who holds that role', () => {
    const before = gap('drafting_parts') ?? 0
    const part = (parent: string, name: string) =>
      done(
        addUnit(system, {
          parentId: unitNamed(parent).id,
          kind: 'department',
          block: 'state',
          name,
          headTitle: 'Trưởng phòng',
          localityCode: null,
        }),
      ).unitId
    expect(homeAffairsIssuing(null).draftedBy).toBeNull()
    const council = part('Sở Nội vụ', 'Phòng Thi đua - Khen thưởng')
    grantTo(makeOfficial(council).actor, 'home_affairs', unitNamed('Tỉnh Bình Phước').id)
    expect(homeAffairsIssuing(null).draftedBy).toBe('TĐKT')
    const office = part('Sở Y tế', 'Văn phòng Sở')
    prepared("update unit set paper_sign = 'VP' where id = ?").run(office)
    grantTo(makeOfficial(office).actor, 'coordinator', unitNamed('Sở Y tế').id)
    expect(unitIssuing(unitNamed('Sở Y tế').id, null).draftedBy).toBe('VP')
    expect(gap('drafting_parts')).toBe(before - 2)
    // further down there are no parts to name
    expect(unitIssuing(unitNamed('UBND xã Tân Thành').id, null).draftedBy).toBe('')
  })
})
