import ExcelJS from 'exceljs'
import type { Person } from '#app/access/policy.ts'
import { openZip } from '#app/imports/zip-archive.ts'
import { apiAssessments, apiUnitTallies } from '#app/queries/api.server.ts'
import { findToken, issueToken } from '#app/queries/api-token.server.ts'
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
import { formatNumber } from '#app/text/format.ts'
import { prepared } from '#db/client.server.ts'
import { CAMPAIGN, done, unitNamed } from '#tests/make.ts'
import { visitor } from '#tests/visitor.ts'

/** The units whose figures are compared, and what each place says of them. */
export const COMMUNE = 'UBND xã Tân Thành'
const DISTRICT = 'Thành phố Đồng Xoài'
export const AGENCY = 'Sở Nội vụ'
const PROVINCE = 'Tỉnh Bình Phước'
export const UNITS = { province: PROVINCE, district: DISTRICT, commune: COMMUNE, agency: AGENCY } as const
export type Unit = keyof typeof UNITS
const METRICS = ['reported', 'counted', 'verified', 'officials', 'targets', 'eligible', 'completed'] as const
export type Metric = (typeof METRICS)[number]
type Name = `${Unit}.${Metric}` | 'awaiting' | 'reached'
export type Figures = Partial<Record<Name, number>>

/** What each place says, by its address. */
export type Places = Record<string, () => Promise<Figures>>

export function named(values: Record<Unit, Partial<Record<Metric, number>>>): Figures {
  return Object.fromEntries(
    Object.entries(values).flatMap(([unit, metrics]) =>
      Object.entries(metrics).map(([metric, value]) => [`${unit}.${metric}`, value]),
    ),
  )
}

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

/** The armed forces' people whom a workbook's list leaves out, as it says above its table. */
async function guardedIn(bytes: Uint8Array<ArrayBuffer>): Promise<number[]> {
  const workbook = new ExcelJS.Workbook()
  await workbook.xlsx.load(bytes.buffer)
  const [sheet] = workbook.worksheets
  const above = Array.from({ length: 8 }, (_, n) => sheet?.getCell(n + 1, 1).text ?? '')
  const line = above.find(text => text.startsWith('Chưa gồm lực lượng vũ trang'))
  return line ? [...line.matchAll(/[\d.]+(?= )/g)].map(([text]) => Number(text.replaceAll('.', ''))) : []
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

/**
 * Every place where the figures appear, as these two see them. `live`: as they are now; `assessed`: those of the newest
 * version, before the close as they are now; `frozen`: of a version alone.
 */
export function figurePlaces(who: Record<'office' | 'home', Person>): Record<'live' | 'assessed' | 'frozen', Places> {
  /** Where the figures are as they are now. */
  const live: Places = {
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
      const desk = await visitor(who.home)
      const found: Figures = {}
      for (const unit of ['province', 'district', 'agency', 'commune'] as const) {
        const { total } = await desk.open(board, {}, `?don-vi=${idOf(unit)}`)
        for (const metric of ['reported', 'counted', 'verified'] as const)
          found[`${unit}.${metric}`] = total.help[metric]
        found[`${unit}.officials`] = total.people.officials
        found[`${unit}.targets`] = total.people.targets
        if (unit === 'province') Object.assign(found, { awaiting: total.help.awaiting, reached: total.people.reached })
      }
      return found
    },
    'don-vi/:unitId/ket-qua.xlsx': async () => {
      const desk = await visitor(who.home)
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
      const desk = await visitor(who.home)
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
  const assessed: Places = {
    'tong-hop.xlsx': async () => {
      const desk = await visitor(who.home)
      const rows = await rowsOf(await desk.download(boardBook, '/tong-hop.xlsx', {}), 'Đơn vị')
      return fromRows(rows, 'Đơn vị', { province: PROVINCE, district: DISTRICT, agency: AGENCY }, [
        'eligible',
        'completed',
      ])
    },
    'danh-gia': async () => {
      const desk = await visitor(who.home)
      const found: Figures = {}
      for (const unit of Object.keys(UNITS) as Unit[]) {
        const { counts, guarded } = await desk.open(officials, {}, `?don-vi=${idOf(unit)}&ket-qua=all`)
        // the list leaves out the armed forces' people, and says their sums beside it
        for (const word of ['eligible', 'completed'] as const)
          found[`${unit}.${word}`] =
            (counts.results.find(row => row.result === word)?.count ?? 0) +
            guarded.reduce((sum, { people }) => sum + people[word], 0)
        found[`${unit}.officials`] = counts.total + guarded.reduce((sum, { people }) => sum + people.officials, 0)
      }
      return found
    },
    'danh-gia.xlsx': async () => {
      const desk = await visitor(who.home)
      const bytes = await desk.download(officialsBook, '/danh-gia.xlsx?ket-qua=all', {})
      const rows = await rowsOf(bytes, 'Họ và tên')
      // the reading in force comes first, the other one beside it
      const result = Object.keys(rows[0] ?? {}).find(head => head.startsWith('Kết quả: ')) ?? ''
      const count = (word: string) => rows.filter(row => row[result] === word).length
      const [officials = 0, eligible = 0, completed = 0] = await guardedIn(bytes)
      return {
        'province.eligible': count('Đủ điều kiện được xem xét') + eligible,
        'province.completed': count('Hoàn thành') + completed,
        'province.officials': rows.filter(row => row['Họ và tên'] !== '').length + officials,
      }
    },
    'danh-gia/tap-the': async () => {
      const desk = await visitor(who.home)
      const found: Figures = {}
      for (const unit of ['district', 'commune', 'agency'] as const) {
        const { rows } = await desk.open(collectives, {}, `?don-vi=${idOf(unit)}`)
        const row = rows.find(one => one.unitId === idOf(unit))
        if (!row) throw new Error(`${UNITS[unit]} is not in the list of collectives`)
        for (const metric of ['reported', 'counted', 'verified'] as const)
          found[`${unit}.${metric}`] = row.figures[metric]
        found[`${unit}.targets`] = row.figures.target
        found[`${unit}.officials`] = row.officials
      }
      return found
    },
    'danh-gia/tap-the.xlsx': async () => {
      const desk = await visitor(who.home)
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
  const frozen: Places = {
    'khen-thuong/:roundId/van-ban/:document': async () => {
      const opening = { kind: 'commendation', name: 'Tổng kết', proposalsDueOn: '2024-07-20' } as const
      const made = done(createRound(who.home, CAMPAIGN, { ...opening, individualCap: null, collectiveCap: null }))
      const desk = await visitor(who.home)
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

  function token() {
    const made = done(
      issueToken(who.office, CAMPAIGN, { name: 'x', unitId: idOf('province'), scopes: ['read'], days: 60 }),
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

  return { live, assessed, frozen }
}

/** What each place says that differs from the right value; a place that says nothing says so. */
export async function differing(places: Places, right: Figures): Promise<string[]> {
  const found: string[] = []
  for (const [place, read] of Object.entries(places)) {
    const figures = Object.entries(await read()) as [Name, number][]
    if (figures.length === 0) found.push(`${place}: nothing`)
    for (const [name, value] of figures)
      if (value !== right[name]) found.push(`${place}: ${name} ${formatNumber(value)}, not ${right[name]}`)
  }
  return found
}
