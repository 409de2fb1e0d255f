import { eq, sql } from 'drizzle-orm'
import { PLAN_128 } from '#app/domain/regulation.ts'
import {
  ASSOCIATIONS,
  type Association,
  type Block,
  INDICATORS,
  type Indicator,
  type LocalityLevel,
  type UnitKind,
} from '#app/domain/vocabulary.ts'
import { db, nextId, type Tx, transact } from '#db/client.server.ts'
import { createKeys } from '#db/keys.server.ts'
import type { Reference } from '#db/reference.server.ts'
import { chapter, locality, unit } from '#db/schema.ts'
import { createCampaign, setIndicatorTargets } from './campaign.server.ts'
import { foundLegalBases } from './legal-basis.server.ts'
import { foundProvinceEntry } from './province.server.ts'
import { insertUnit, type UnitRow } from './unit.server.ts'

const HEAD_TITLES: readonly [RegExp, string][] = [
  [/^Công an tỉnh|^Sở |^Đài |^Trung tâm |^Kho bạc|^Bảo hiểm|Viettel|VNPT|MobiFone|Vietnamobile|FPT/, 'Giám đốc'],
  [/^Bộ Chỉ huy/, 'Chỉ huy trưởng'],
  [/^Phòng /, 'Trưởng phòng'],
  [/^Văn phòng/, 'Chánh Văn phòng'],
  [/^Thanh tra/, 'Chánh Thanh tra'],
  [/^Ban /, 'Trưởng ban'],
  [/^Ủy ban Kiểm tra/, 'Chủ nhiệm'],
  [/^Đảng ủy|^Tỉnh đoàn/, 'Bí thư'],
  [/^Tòa án/, 'Chánh án'],
  [/^Viện kiểm sát/, 'Viện trưởng'],
  [/^Cục /, 'Cục trưởng'],
]

const headTitleOf = (name: string) => HEAD_TITLES.find(([pattern]) => pattern.test(name))?.[1] ?? 'Chủ tịch'

/** The agency at the top of each association's own tree. */
const ASSOCIATION_AGENCY: Record<Association, string> = {
  union: 'Liên đoàn Lao động tỉnh',
  youth: 'Tỉnh đoàn Bình Phước',
  women: 'Hội Liên hiệp Phụ nữ tỉnh',
  farmers: 'Hội Nông dân tỉnh',
  veterans: 'Hội Cựu chiến binh tỉnh',
}

const CHAPTER_NAMES: Record<Association, (place: string) => string> = {
  union: place => `Công đoàn ${place}`,
  youth: place => `Đoàn Thanh niên ${place}`,
  women: place => `Hội Phụ nữ ${place}`,
  farmers: place => `Hội Nông dân ${place}`,
  veterans: place => `Hội Cựu chiến binh ${place}`,
}

const IN_AGENCIES: readonly Association[] = ['union', 'youth', 'women']

/** True before `foundProvince` has run. */
export function isUnfounded(): boolean {
  return db.select({ code: locality.code }).from(locality).limit(1).get() === undefined
}

/**
 * Founds an empty database: localities, the tree of units, the associations' trees, the staff's keys, and plan 128 as
 * the first campaign with its regulation and annex. Everything is data from then on.
 */
export function foundProvince(reference: Reference) {
  transact(tx => {
    createKeys(tx, 'staff', Date.now())
    insertLocalities(tx, reference)
    insertUnits(tx, reference)
    insertChapters(tx)
    foundLegalBases(tx)
    foundProvinceEntry(tx, provinceIn(reference))
    const made = createCampaign(
      { kind: 'system' },
      {
        code: '128/KH-UBND',
        name: 'Đợt cao điểm “90 ngày, đêm” triển khai mục tiêu “4 phủ”',
        issuer: 'UBND tỉnh Bình Phước',
        issuedOn: '2024-04-04',
        parameters: PLAN_128,
        annexOf: null,
        headline: '“90 ngày, đêm” thực hiện “4 phủ”',
        annexAsOf: '2024-03-25',
        annexNote:
          'Cột thứ hai in trong kế hoạch là “sinh trước 2009”; đối chiếu tổng số, đó là 11.207 công dân biến động khó thu nhận.',
        articles: reference.articles,
      },
    )
    if (!made.ok) throw new Error('the province is founded already')
    for (const row of reference.targets)
      setIndicatorTargets({ kind: 'system' }, made.campaignId, {
        localityCode: row.district_code ?? '',
        totals: Object.fromEntries(
          INDICATORS.map(indicator => [indicator, Number(row[`${indicator}_total`])]),
        ) as Record<Indicator, number>,
      })
  })
}

/** How the reference calls its province. */
function provinceIn({ localities }: Reference) {
  const top = localities.find(({ level }) => level === 'province')
  if (top === undefined) throw new Error('the reference names no province')
  return {
    code: top.code,
    name: top.name,
    type: top.type === 'tỉnh' ? ('province' as const) : ('city' as const),
    place: top.name,
    telecomOffice: 'Sở Thông tin và Truyền thông',
  }
}

function insertLocalities(tx: Tx, { localities }: Reference) {
  const paths = new Map<string, string>()
  for (const { level, code, parent_code, name, type } of localities) {
    const path = `${paths.get(parent_code) ?? '/'}${code}/`
    paths.set(code, path)
    tx.insert(locality)
      .values({ level: level as LocalityLevel, code, parentCode: parent_code || null, name, type, path })
      .run()
  }
}

function insertUnits(tx: Tx, { localities, agencies }: Reference) {
  const add = (input: {
    parentId: number | null
    kind: UnitKind
    block: Block
    name: string
    headTitle: string
    localityCode: string | null
  }) => insertUnit(tx, input)
  const root = add({
    parentId: null,
    kind: 'province',
    block: 'state',
    name: 'Tỉnh Bình Phước',
    headTitle: 'Chủ tịch UBND tỉnh',
    localityCode: '70',
  })
  let police: UnitRow | undefined
  for (const agency of agencies) {
    const isBranch = agency.kind === 'police' && police !== undefined
    const row = add({
      parentId: isBranch && police ? police.id : root.id,
      kind: isBranch ? 'department' : 'provincial_agency',
      block: agency.block as Block,
      name: agency.name,
      headTitle: headTitleOf(agency.name),
      localityCode: null,
    })
    if (agency.kind === 'police') police ??= row
  }
  const districts = new Map<string, UnitRow>()
  for (const { level, code, parent_code, name, type } of localities) {
    if (level === 'district')
      districts.set(
        code,
        add({
          parentId: root.id,
          kind: 'district',
          block: 'state',
          name: `${type[0]?.toUpperCase()}${type.slice(1)} ${name}`,
          headTitle: `Chủ tịch UBND ${type}`,
          localityCode: code,
        }),
      )
    if (level === 'commune')
      add({
        parentId: districts.get(parent_code)?.id ?? root.id,
        kind: 'commune',
        block: 'state',
        name: `UBND ${type} ${name}`,
        headTitle: `Chủ tịch UBND ${type}`,
        localityCode: code,
      })
  }
}

/** Each association's tree: its provincial agency, below it the districts and agencies, below a district its communes. */
function insertChapters(tx: Tx) {
  const units = tx.select().from(unit).all()
  const insert = (
    association: Association,
    parent: { id: number; path: string } | undefined,
    of: UnitRow,
    name: string,
  ) => {
    const id = nextId(chapter)
    const path = `${parent?.path ?? '/'}${id}/`
    tx.insert(chapter)
      .values({ id, association, parentId: parent?.id ?? null, path, name, unitId: of.id })
      .run()
    return { id, path }
  }
  for (const association of ASSOCIATIONS) {
    const agency = units.find(row => row.name === ASSOCIATION_AGENCY[association])
    if (!agency) throw new Error(`no agency ${ASSOCIATION_AGENCY[association]}`)
    const top = insert(association, undefined, agency, agency.name)
    const nameOf = CHAPTER_NAMES[association]
    if (IN_AGENCIES.includes(association))
      for (const row of units)
        if (row.kind === 'provincial_agency' && row.id !== agency.id) insert(association, top, row, nameOf(row.name))
    for (const district of units.filter(row => row.kind === 'district')) {
      const middle = insert(association, top, district, nameOf(lowerFirst(district.name)))
      for (const commune of units.filter(row => row.parentId === district.id))
        insert(association, middle, commune, nameOf(commune.name.replace(/^UBND /, '')))
    }
  }
}

const lowerFirst = (name: string) => `${name[0]?.toLowerCase()}${name.slice(1)}`

/** The chapter of an association at a unit; undefined where it has none there. */
export function chapterAt(association: Association, unitId: number) {
  return db
    .select()
    .from(chapter)
    .where(sql`${eq(chapter.association, association)} and ${eq(chapter.unitId, unitId)}`)
    .get()
}
