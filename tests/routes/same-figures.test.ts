import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Person } from '#app/access/policy.ts'
import { startClosing } from '#app/queries/closing.server.ts'
import { addGate } from '#app/queries/gate.server.ts'
import { change } from '#app/queries/judging/index.server.ts'
import app from '#app/routes.ts'
import { prepared } from '#db/client.server.ts'
import { closeForGood, computeJob } from '#tests/closing.ts'
import {
  AGENCY,
  COMMUNE,
  differing,
  type Figures,
  figurePlaces,
  type Metric,
  named,
  type Unit,
} from '#tests/figure-places.ts'
import {
  CAMPAIGN,
  confirmNow,
  done,
  dropProvince,
  makeOfficial,
  makeProvince,
  makeReader,
  meetObligations,
  recordMany,
  unitNamed,
} from '#tests/make.ts'

/**
 * Named figures at every place where they appear, before and after the close. The right values are written here; a place
 * is a page, workbook, paper or answer, and says the figures that it holds.
 */

/** What the scene makes: the commune's people, the agency's, and the five who act, posted at another agency. */
const RIGHT: Record<Unit, Record<Metric, number>> = {
  commune: { reported: 20, counted: 17, verified: 0, officials: 3, targets: 20, eligible: 1, completed: 0 },
  district: { reported: 20, counted: 17, verified: 0, officials: 3, targets: 20, eligible: 1, completed: 0 },
  agency: { reported: 22, counted: 22, verified: 0, officials: 2, targets: 20, eligible: 0, completed: 2 },
  province: { reported: 42, counted: 39, verified: 0, officials: 10, targets: 90, eligible: 1, completed: 2 },
}
const BEFORE: Figures = { ...named(RIGHT), awaiting: 3, reached: 3 }

let staff: Record<'office' | 'home' | 'admin' | 'communeHead' | 'agencyHead', Person>
let waiting: number[]

beforeEach(() => {
  makeProvince()
  staff = {
    office: makeReader('campaign_office'),
    home: makeReader('home_affairs'),
    admin: makeReader('admin'),
    communeHead: makeReader('head', COMMUNE),
    agencyHead: makeReader('head', AGENCY),
  }
  const at = (place: string, counted: number, more = 0) => {
    const person = makeOfficial(unitNamed(place).id)
    const ids = recordMany(person, counted + more)
    const head = place === COMMUNE ? staff.communeHead : staff.agencyHead
    if (counted > 0) confirmNow(head, CAMPAIGN, ids.slice(0, counted))
    return { ...person, ids }
  }
  const best = at(COMMUNE, 11)
  waiting = at(COMMUNE, 4, 3).ids.slice(4)
  const exempt = at(COMMUNE, 2)
  const exact = at(AGENCY, 10)
  const held = at(AGENCY, 12)
  for (const { officialId } of [best, exact, held]) meetObligations(officialId)
  change(CAMPAIGN, { standings: [exempt.officialId] }, () =>
    prepared(
      `insert into exemption (campaign_id, official_id, part, reason, document_number, from_on, to_on, state, asked_at)
       values (1, ?, 'quota', 'maternity', '1', '2024-04-04', '2024-12-31', 'approved', 1)`,
    ).run(exempt.officialId),
  )
  // who is held back by a gate has completed, and is not eligible
  addGate(staff.home, CAMPAIGN, {
    subject: { officialId: held.officialId },
    input: { kind: 'complaint', documentNumber: '1/TB', documentOn: '2024-06-01', fromOn: '2024-06-01', toOn: null },
  })
})
afterEach(dropProvince)

/** Routes that hand out tables or papers without a named figure of a whole unit, and why. */
const WITHOUT: Record<string, string> = {
  'api/v1/openapi.json': 'describes the interface',
  'van-ban/:paperId.pdf': 'promises, as they were when the paper was prepared',
  'cam-ket.docx': 'one person’s promise',
  'cam-ket.pdf': 'one person’s promise',
  'cong-khai/:campaign/so-lieu.json': 'rounded on purpose; compared by the tests of disclosure',
  'cong-khai.json': 'rounded on purpose; compared by the tests of disclosure',
  'dia-ban/:code.xlsx': 'by where citizens live, never added to a unit’s; tests/queries/board.test.ts',
  'dia-ban/:code/so-lieu.xlsx': 'official statistics as they were entered',
  'doi-chieu/tra-cuu.zip': 'citizens for a look-up',
  'don-vi/:unitId/bao-cao.xlsx': 'signed figures; tests/queries/report.test.ts',
  'don-vi/:unitId/bao-cao/:period.docx': 'signed figures',
  'don-vi/:unitId/bao-cao/:period.json': 'signed figures',
  'don-vi/:unitId/bao-cao/:period.xlsx': 'signed figures',
  'don-vi/:unitId/cam-ket.docx': 'promises',
  'don-vi/:unitId/diem-thu-nhan.xlsx': 'collection days',
  'don-vi/:unitId/nguoi-thuc-hien.xlsx': 'the roster',
  'don-vi/:unitId/phan-cong.xlsx': 'a worklist',
  'don-vi/:unitId/phan-cong/giay-moi.docx': 'invitations',
  'don-vi/:unitId/phan-cong/nhap/:batchId/can-sua.xlsx': 'rows to mend',
  'don-vi/:unitId/to/:teamId/cham-cong.xlsx': 'days of members',
  'don-vi/:unitId/to/:teamId/cham-cong/:exportId.xlsx': 'days of members',
  'don-vi/:unitId/truong-hop/nhap/:helpBatchId/can-sua.xlsx': 'rows to mend',
  'don-vi/:unitId/tuyen-truyen.xlsx': 'outreach',
  'khen-thuong/:roundId/ho-so/:candidateId/bao-cao.docx': 'one candidate; tests/queries/round.test.ts',
  'kiem-tra/:inspectionId/bien-ban.docx': 'one inspection',
  'kiem-tra/:inspectionId/tong-the.csv': 'the population of a draw',
  'mau-danh-sach-nguoi-dan.xlsx': 'a template',
  'mau-danh-sach.xlsx': 'a template',
  'mau-truong-hop.xlsx': 'a template',
  'mau-diem-thu-nhan.xlsx': 'a template',
  'mau-so-lieu.xlsx': 'a template',
  'mau-so-lieu-cong-an.xlsx': 'a template',
  'mau-so-lieu-nha-mang.xlsx': 'a template',
  'mau-tuyen-truyen.xlsx': 'a template',
  'phan-cong/:assignmentId.ics': 'a calendar',
  'phan-cong.ics': 'a calendar',
  'don-vi/:unitId/truong-hop.xlsx': 'records, a line each',
  'ho-tro.xlsx': 'records, a line each',
  'khen-thuong/:roundId/tron-bo.zip': 'the papers of a round, which are compared one by one',
  'quan-tri/danh-sach/:list.xlsx': 'units and localities',
  'quan-tri/danh-sach/:list/mau.xlsx': 'a template',
  'uu-dai/ban-giao.zip': 'wishes',
  'api/v1/extracts': 'takes a file',
  'api/v1/extracts/:extractId': 'one file',
  'api/v1/indicators': 'official statistics',
  'api/v1/indicators/figures': 'takes figures',
  'api/v1/reports': 'states of reports',
  'api/v1/tallies/days': 'days; tests/queries/api.test.ts',
  'api/v1/tallies/localities': 'by where citizens live',
  'api/v1/targets': 'the annex',
  'api/v1/units': 'names of units',
  'api/v1/*': 'no operation',
}

describe('thirty figures', () => {
  it('are the same at every place before the close', async () => {
    const { live, assessed } = figurePlaces(staff)
    expect(Object.keys(BEFORE)).toHaveLength(30)
    expect(await differing({ ...live, ...assessed }, BEFORE)).toEqual([])
  }, 120_000)

  it('are the frozen ones after it, and present ones where that is said', async () => {
    const { live, assessed, frozen } = figurePlaces(staff)
    await closeForGood(staff)
    confirmNow(staff.communeHead, CAMPAIGN, waiting)
    const now: Figures = {
      ...BEFORE,
      'commune.counted': 20,
      'district.counted': 20,
      'province.counted': 42,
      awaiting: 0,
    }
    expect(await differing(live, now)).toEqual([])
    expect(await differing({ ...assessed, ...frozen }, BEFORE)).toEqual([])
    // a later version freezes what is present then
    await computeJob(done(startClosing(staff.office, CAMPAIGN, { reason: 'correction', note: 'x' })).jobId)
    expect(await differing({ ...assessed, ...frozen }, now)).toEqual([])
  }, 120_000)

  it('name every route that hands out tables, papers or answers', () => {
    const { live, assessed, frozen } = figurePlaces(staff)
    const paths = app.flatMap(route => ('path' in route ? [route.path ?? ''] : []))
    const handing = paths.filter(path => /\.(xlsx|docx|json|zip|csv|ics)$|^api\/v1\//.test(path))
    const known = new Set([...Object.keys({ ...live, ...assessed, ...frozen }), ...Object.keys(WITHOUT)])
    expect(handing.filter(path => !known.has(path))).toEqual([])
  })
})
