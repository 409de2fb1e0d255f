import ExcelJS from 'exceljs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Person } from '#app/access/policy.ts'
import { openZip } from '#app/imports/zip-archive.ts'
import { apiAssessments, apiUnitTallies } from '#app/queries/api.server.ts'
import { findToken, issueToken } from '#app/queries/api-token.server.ts'
import { startClosing } from '#app/queries/closing.server.ts'
import { addGate } from '#app/queries/gate.server.ts'
import { change } from '#app/queries/judging/index.server.ts'
import { createRound } from '#app/queries/round.server.ts'
import { loader as collectives } from '#app/routes/assessment/collectives.tsx'
import { loader as collectivesBook } from '#app/routes/assessment/collectives.xlsx.ts'
import { loader as officials } from '#app/routes/assessment/officials.tsx'
import { loader as officialsBook } from '#app/routes/assessment/officials.xlsx.ts'
import { loader as resultPaper } from '#app/routes/assessment/unit-result.docx.ts'
import { loader as resultBook } from '#app/routes/assessment/unit-result.xlsx.ts'
import { loader as roundPaper } from '#app/routes/award/document.ts'
import { loader as board } from '#app/routes/board/province.tsx'
import { loader as boardBook } from '#app/routes/board/province.xlsx.ts'
import app from '#app/routes.ts'
import { formatNumber } from '#app/text/format.ts'
import { prepared } from '#db/client.server.ts'
import { closeForGood, computeJob } from '#tests/closing.ts'
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
import { visitor } from '#tests/visitor.ts'

/**
 * Named figures at every place where they appear, before and after the close. The right values are written here; a place
 * is a page, workbook, paper or answer, and says the figures that it holds.
 */
const COMMUNE = 'UBND xã Tân Thành'
const DISTRICT = 'Thành phố Đồng Xoài'
const AGENCY = 'Sở Nội vụ'
const PROVINCE = 'Tỉnh Bình Phước'
const UNITS = { province: PROVINCE, district: DISTRICT, commune: COMMUNE, agency: AGENCY } as const
type Unit = keyof typeof UNITS
const METRICS = ['reported', 'counted', 'verified', 'officials', 'targets', 'eligible', 'completed'] as const
type Metric = (typeof METRICS)[number]
type Name = `${Unit}.${Metric}` | 'awaiting' | 'reached'
type Figures = Partial<Record<Name, number>>

/** What the scene makes: the commune's people, the agency's, and the five who act, posted at another agency. */
const RIGHT: Record<Unit, Record<Metric, number>> = {
  commune: { reported: 20, counted: 17, verified: 0, officials: 3, targets: 20, eligible: 1, completed: 0 },
  district: { reported: 20, counted: 17, verified: 0, officials: 3, targets: 20, eligible: 1, completed: 0 },
  agency: { reported: 22, counted: 22, verified: 0, officials: 2, targets: 20, eligible: 0, completed: 2 },
  province: { reported: 42, counted: 39, verified: 0, officials: 10, targets: 90, eligible: 1, completed: 2 },
}
const BEFORE: Figures = { ...named(RIGHT), awaiting: 3, reached: 3 }

function named(values: Record<Unit, Partial<Record<Metric, number>>>): Figures {
  return Object.fromEntries(
    Object.entries(values).flatMap(([unit, metrics]) =>
      Object.entries(metrics).map(([metric, value]) => [`${unit}.${metric}`, value]),
    ),
  )
}

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

const idOf = (unit: Unit) => unitNamed(UNITS[unit]).id
const idText = (unit: Unit) => String(idOf(unit))

/** The rows of a workbook's first sheet by the words of its head. */
async function rowsOf(bytes: Uint8Array<ArrayBuffer>, anchor: string): Promise<Record<string, string>[]> {
  const workbook = new ExcelJS.Workbook()
  await workbook.xlsx.load(bytes.buffer)
  const rows: Record<string, string>[] = []
  let head: string[] | undefined
  workbook.worksheets[0]?.eachRow(row => {
    const cells = (row.values as unknown[]).slice(1).map((_, n) => row.getCell(n + 1).text.trim())
    if (head) rows.push(Object.fromEntries(head.map((name, n) => [name, cells[n] ?? ''])))
    else if (cells.includes(anchor)) head = cells
  })
  return rows
}

const HEADS: Record<Metric, string> = {
  reported: 'Ghi nhận',
  counted: 'Được tính',
  verified: 'Đã đối chiếu',
  officials: 'Người thực hiện',
  targets: 'Chỉ tiêu',
  eligible: 'Đủ điều kiện được xem xét',
  completed: 'Hoàn thành',
}
const figure = (text: string | undefined) => (text === undefined || text === '' ? undefined : Number(text))

/** The figures of some units' rows of a workbook. */
function fromRows(
  rows: readonly Record<string, string>[],
  column: string,
  names: Partial<Record<Unit, string>>,
  metrics: readonly Metric[] = METRICS,
): Figures {
  return Object.fromEntries(
    Object.entries(names).flatMap(([unit, name]) => {
      const row = rows.find(cells => cells[column]?.toLowerCase() === name.toLowerCase())
      return metrics.map(metric => [`${unit}.${metric}`, figure(row?.[HEADS[metric]]) ?? Number.NaN])
    }),
  )
}

/** What a docx says, in one text. */
async function wordsOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const zip = await openZip(bytes, 20_000_000)
  return String(await zip.read('word/document.xml'))
    .split('</w:p>')
    .map(paragraph => [...paragraph.matchAll(/<w:t(?: [^>]*)?>([^<]*)</g)].map(([, text]) => text).join(''))
    .join('\n')
}

/** The figure of the named group of a sentence; NaN where the sentence is not there. */
const said = (text: string, sentence: RegExp) => Number((sentence.exec(text)?.[1] ?? 'NaN').replaceAll('.', ''))

const people = { reported: 'reported', counted: 'counted', verified: 'verified', officials: 'officials' } as const

/** Where the figures are as they are now. */
const LIVE: Record<string, () => Promise<Figures>> = {
  sql: async () => {
    const sums = (unit: Unit) =>
      prepared<Record<'reported' | 'counted' | 'verified' | 'officials' | 'targets', number>>(
        `select sum(s.reported) as reported, sum(s.counted) as counted, sum(s.verified) as verified,
                count(*) as officials, coalesce(sum(s.target), 0) as targets
           from standing s join unit u on u.id = s.unit_id where s.campaign_id = 1 and u.path like ? || '%'`,
      ).one(unitNamed(UNITS[unit]).path)
    return {
      ...named(Object.fromEntries((Object.keys(UNITS) as Unit[]).map(unit => [unit, sums(unit)])) as never),
      awaiting: prepared<number>("select count(*) from help where verdict_reason = 'awaiting_confirmation'")
        .pluck()
        .one(),
      reached: prepared<number>('select count(*) from standing where target is not null and counted >= target')
        .pluck()
        .one(),
    }
  },
  'tong-hop': async () => {
    const desk = await visitor(staff.home)
    const found: Figures = {}
    for (const unit of ['province', 'district', 'agency', 'commune'] as const) {
      const { total } = await desk.open(board, {}, `?don-vi=${idOf(unit)}`)
      for (const metric of ['reported', 'counted', 'verified'] as const) found[`${unit}.${metric}`] = total.help[metric]
      found[`${unit}.officials`] = total.people.officials
      found[`${unit}.targets`] = total.people.targets
      if (unit === 'province') Object.assign(found, { awaiting: total.help.awaiting, reached: total.people.reached })
    }
    return found
  },
  'don-vi/:unitId/ket-qua.xlsx': async () => {
    const desk = await visitor(staff.home)
    const rows = await rowsOf(
      await desk.download(resultBook, '/ket-qua.xlsx', { unitId: idText('province') }),
      'Đơn vị',
    )
    // the sums stand below the table, by the word for sums
    return fromRows(rows, 'Đơn vị', { province: 'Cộng', district: DISTRICT, agency: AGENCY }, [
      'reported',
      'counted',
      'verified',
      'officials',
      'targets',
    ])
  },
  'don-vi/:unitId/ket-qua.docx': async () => {
    const desk = await visitor(staff.home)
    const words = await wordsOf(await desk.download(resultPaper, '/ket-qua.docx', { unitId: idText('province') }))
    return {
      'province.officials': said(words, /Hỗ trợ người dân: ([\d.]+) người thực hiện/),
      'province.targets': said(words, /chỉ tiêu ([\d.]+) người dân/),
      'province.reported': said(words, /ghi nhận ([\d.]+)/),
      'province.counted': said(words, /được tính ([\d.]+)/),
    }
  },
  'api/v1/tallies/units': async () => fromApi('live'),
}

/** Where the figures are those of the assessments: frozen after the close, before it as they are now. */
const ASSESSED: Record<string, () => Promise<Figures>> = {
  'tong-hop.xlsx': async () => {
    const desk = await visitor(staff.home)
    const rows = await rowsOf(await desk.download(boardBook, '/tong-hop.xlsx', {}), 'Đơn vị')
    return fromRows(rows, 'Đơn vị', { province: PROVINCE, district: DISTRICT, agency: AGENCY }, [
      'eligible',
      'completed',
    ])
  },
  'danh-gia': async () => {
    const desk = await visitor(staff.home)
    const found: Figures = {}
    for (const unit of Object.keys(UNITS) as Unit[]) {
      const { counts } = await desk.open(officials, {}, `?don-vi=${idOf(unit)}&ket-qua=all`)
      const of = (word: string) => counts.results.find(row => row.result === word)?.count ?? 0
      found[`${unit}.eligible`] = of('eligible')
      found[`${unit}.completed`] = of('completed')
    }
    return found
  },
  'danh-gia.xlsx': async () => {
    const desk = await visitor(staff.home)
    const rows = await rowsOf(await desk.download(officialsBook, '/danh-gia.xlsx?ket-qua=all', {}), 'Họ và tên')
    const counts = (word: string) => rows.filter(row => Object.values(row).includes(word)).length
    return {
      'province.eligible': counts('Đủ điều kiện được xem xét'),
      'province.officials': rows.filter(row => row['Họ và tên'] !== '').length,
    }
  },
  'danh-gia/tap-the': async () => {
    const desk = await visitor(staff.home)
    const { rows } = await desk.open(collectives, {}, '')
    const found: Figures = {}
    for (const unit of ['district', 'commune', 'agency'] as const) {
      const row = rows.find(one => one.unitId === idOf(unit))
      if (!row) continue
      for (const metric of ['reported', 'counted', 'verified'] as const)
        found[`${unit}.${metric}`] = row.figures[metric]
      found[`${unit}.targets`] = row.figures.target
      found[`${unit}.officials`] = row.officials
    }
    return found
  },
  'danh-gia/tap-the.xlsx': async () => {
    const desk = await visitor(staff.home)
    const rows = await rowsOf(await desk.download(collectivesBook, '/tap-the.xlsx', {}), 'Tập thể')
    return fromRows(rows, 'Tập thể', { district: DISTRICT, commune: `${COMMUNE}, ${DISTRICT}`, agency: AGENCY }, [
      'reported',
      'counted',
      'verified',
      'officials',
      'targets',
    ])
  },
  'api/v1/assessments/units': async () => {
    const found: Figures = {}
    for (const row of apiAssessments(token(), CAMPAIGN, { limit: 500 }).items) {
      const unit = (Object.keys(UNITS) as Unit[]).find(one => idOf(one) === row.unitId)
      if (!unit) continue
      found[`${unit}.officials`] = row.officials
      if (row.results === null) continue
      found[`${unit}.eligible`] = row.results.eligible
      found[`${unit}.completed`] = row.results.completed
    }
    return found
  },
  'api/v1/tallies/units?basis=': async () => fromApi(undefined),
}

/** Where figures are of a frozen version alone. */
const FROZEN: Record<string, () => Promise<Figures>> = {
  'khen-thuong/:roundId/van-ban/:document': async () => {
    const opening = { kind: 'commendation', name: 'Tổng kết', proposalsDueOn: '2024-07-20' } as const
    const made = done(createRound(staff.home, CAMPAIGN, { ...opening, individualCap: null, collectiveCap: null }))
    const desk = await visitor(staff.home)
    const params = { roundId: String(made.roundId), document: 'to-trinh.docx' }
    const words = await wordsOf(await desk.download(roundPaper, '/to-trinh.docx', params))
    return {
      'province.officials': said(words, /kết quả toàn tỉnh [^:]* như sau: ([\d.]+) người thực hiện/),
      'province.reported': said(words, /ghi nhận ([\d.]+) trường hợp hỗ trợ người dân/),
      'province.counted': said(words, /được tính ([\d.]+) \(mỗi người dân/),
      'province.verified': said(words, /đã đối chiếu ([\d.]+)\./),
      'province.eligible': said(words, /Có ([\d.]+) người thực hiện đủ điều kiện/),
    }
  },
}

/** Routes that hand out tables or papers without a named figure of a whole unit, and why. */
const WITHOUT: Record<string, string> = {
  'api/v1/openapi.json': 'describes the interface',
  'cam-ket.docx': 'one person’s promise',
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

function token() {
  const made = done(
    issueToken(staff.office, CAMPAIGN, { name: 'x', unitId: idOf('province'), scopes: ['read'], days: 60 }),
  )
  const found = findToken(made.token)
  if (!found) throw new Error('no token')
  return found.actor
}

async function fromApi(basis: 'live' | undefined): Promise<Figures> {
  const found: Figures = {}
  for (const row of apiUnitTallies(token(), CAMPAIGN, { limit: 500, basis }).items) {
    const unit = (Object.keys(UNITS) as Unit[]).find(one => idOf(one) === row.unitId)
    if (!unit) continue
    for (const metric of Object.keys(people) as (keyof typeof people)[]) found[`${unit}.${metric}`] = row[metric]
    found[`${unit}.targets`] = row.targets
  }
  return found
}

/** What each place says that differs from the right value; a place that says nothing says so. */
async function differing(places: Record<string, () => Promise<Figures>>, right: Figures): Promise<string[]> {
  const found: string[] = []
  for (const [place, read] of Object.entries(places)) {
    const figures = Object.entries(await read()) as [Name, number][]
    if (figures.length === 0) found.push(`${place}: nothing`)
    for (const [name, value] of figures)
      if (value !== right[name]) found.push(`${place}: ${name} ${formatNumber(value)}, not ${right[name]}`)
  }
  return found
}

describe('thirty figures', () => {
  it('are the same at every place before the close', async () => {
    expect(Object.keys(BEFORE)).toHaveLength(30)
    expect(await differing({ ...LIVE, ...ASSESSED }, BEFORE)).toEqual([])
  }, 120_000)

  it('are the frozen ones after it, and present ones where that is said', async () => {
    await closeForGood(staff)
    confirmNow(staff.communeHead, CAMPAIGN, waiting)
    const now: Figures = {
      ...BEFORE,
      'commune.counted': 20,
      'district.counted': 20,
      'province.counted': 42,
      awaiting: 0,
    }
    expect(await differing(LIVE, now)).toEqual([])
    expect(await differing({ ...ASSESSED, ...FROZEN }, BEFORE)).toEqual([])
    // a later version freezes what is present then
    await computeJob(done(startClosing(staff.office, CAMPAIGN, { reason: 'correction', note: 'x' })).jobId)
    expect(await differing({ ...ASSESSED, ...FROZEN }, now)).toEqual([])
  }, 120_000)

  it('name every route that hands out tables, papers or answers', () => {
    const paths = app.flatMap(route => ('path' in route ? [route.path ?? ''] : []))
    const handing = paths.filter(path => /\.(xlsx|docx|json|zip|csv|ics)$|^api\/v1\//.test(path))
    const known = new Set([...Object.keys({ ...LIVE, ...ASSESSED, ...FROZEN }), ...Object.keys(WITHOUT)])
    expect(handing.filter(path => !known.has(path))).toEqual([])
  })
})
