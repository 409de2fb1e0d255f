import { eq, isNull, sql } from 'drizzle-orm'
import { type Actor, permit } from '#app/access/policy.ts'
import { foldName } from '#app/domain/name.ts'
import { provinceTypeOf } from '#app/domain/province.ts'
import { forbidden } from '#app/domain/refusal.ts'
import { PLAN_128 } from '#app/domain/regulation.ts'
import { headTitleOf } from '#app/domain/setup/unit-guess.ts'
import {
  ASSOCIATIONS,
  type Association,
  type Block,
  type LocalityLevel,
  type UnitKind,
} from '#app/domain/vocabulary.ts'
import { db, nextId, prepared, type Tx, transact } from '#db/client.server.ts'
import { createKeys } from '#db/keys.server.ts'
import type { FoundingPlan, Reference } from '#db/reference.server.ts'
import { chapter, locality, unit } from '#db/schema.ts'
import { createCampaign, setIndicatorTargets } from './campaign.server.ts'
import { logEvent } from './event.server.ts'
import { foundLegalBases } from './legal-basis.server.ts'
import { foundProvinceEntry, nameFoundedEntry } from './province.server.ts'
import { insertUnit, rootUnit, type UnitRow } from './unit.server.ts'

/** How the agency at the top of each association's own tree begins its name. */
const ASSOCIATION_AGENCY: Record<Association, string> = {
  union: 'Liên đoàn Lao động ',
  youth: 'Tỉnh đoàn ',
  women: 'Hội Liên hiệp Phụ nữ ',
  farmers: 'Hội Nông dân ',
  veterans: 'Hội Cựu chiến binh ',
}

const CHAPTER_NAMES: Record<Association, (place: string) => string> = {
  union: place => `Công đoàn ${place}`,
  youth: place => `Đoàn Thanh niên ${place}`,
  women: place => `Hội Phụ nữ ${place}`,
  farmers: place => `Hội Nông dân ${place}`,
  veterans: place => `Hội Cựu chiến binh ${place}`,
}

const IN_AGENCIES: readonly Association[] = ['union', 'youth', 'women']

/** True before the database was founded, with a province's reference or without. */
export function isUnfounded(): boolean {
  return db.select({ id: unit.id }).from(unit).limit(1).get() === undefined
}

/** What the root of the tree is called until the province is named. */
const UNNAMED = 'Tỉnh'
const HEAD_OF_PROVINCE = 'Chủ tịch UBND tỉnh'
/** The office for telecoms in provinces since 2025; data from then on. */
const TELECOM_OFFICE = 'Sở Khoa học và Công nghệ'

/**
 * Founds an empty database: the staff's keys, a root that is not named yet, the associations' tops, and plan 128 for
 * the campaign office to keep or replace. Localities and units come from lists, or from the reference of a province.
 */
export function foundDatabase(plan: FoundingPlan) {
  transact(tx => {
    createKeys(tx, 'staff', Date.now())
    const root = insertUnit(tx, {
      parentId: null,
      kind: 'province',
      block: 'state',
      name: UNNAMED,
      headTitle: HEAD_OF_PROVINCE,
      localityCode: null,
    })
    insertChapters(tx, root)
    foundLegalBases(tx)
    foundProvinceEntry(tx, {
      code: '',
      name: 'chưa đặt tên',
      type: 'province',
      place: '',
      telecomOffice: TELECOM_OFFICE,
    })
    const made = createCampaign(
      { kind: 'system' },
      {
        ...plan,
        parameters: PLAN_128,
        annexOf: null,
      },
    )
    if (!made.ok) throw new Error('the database is founded already')
  })
}

/** Founds an empty database as the province of a reference, such as the demo's. */
export function foundProvince(reference: Reference) {
  transact(() => {
    foundDatabase(reference.plan)
    loadReference({ kind: 'system' }, reference)
  })
}

/** True while nothing tells which province this is: the tree holds its root alone, and there is no locality. */
export function isUnnamed(): boolean {
  return (
    prepared('select 1 from locality union all select 1 from unit where parent_id is not null limit 1').get() ===
    undefined
  )
}

/** Passes where the actor may found the province and it has none yet; throws 403 otherwise. */
function permitFounding(actor: Actor): UnitRow {
  const root = rootUnit()
  permit(actor, 'province.found', { unitPath: root.path })
  if (!isUnnamed()) throw forbidden('province.found')
  return root
}

/** Names the province of a tree that holds its root alone: its code, kind and name. Everything else comes from lists. */
export function nameProvince(actor: Actor, { code, name, type }: { code: string; name: string; type: string }) {
  transact(tx => {
    permitFounding(actor)
    tx.insert(locality)
      .values({ level: 'province', code, name, type, parentCode: null, path: `/${code}/`, revision: 1 })
      .run()
    nameRoot(tx, { code, name, type })
    logEvent(tx, actor, { verb: 'create', subject: 'locality', subjectId: code, data: { name, type } })
  })
}

/** Fills a tree that holds its root alone from the reference of a province: localities, units, chapters and the annex. */
export function loadReference(actor: Actor, reference: Reference) {
  transact(tx => {
    const root = permitFounding(actor)
    const province = reference.localities.find(({ level }) => level === 'province')
    if (!province) throw new Error('the reference names no province')
    insertLocalities(tx, reference)
    foundLegalBases(tx, reference.bases)
    nameRoot(tx, { ...province, telecomOffice: 'Sở Thông tin và Truyền thông' })
    insertUnits(tx, reference)
    tx.delete(chapter).run()
    insertChapters(tx, root)
    for (const row of reference.targets)
      setIndicatorTargets({ kind: 'system' }, FOUNDED_CAMPAIGN, {
        localityCode: row.district_code ?? '',
        totals: Object.fromEntries(reference.plan.indicators.map(({ code }) => [code, Number(row[`${code}_total`])])),
      })
    if (actor.kind === 'person')
      logEvent(tx, actor, {
        verb: 'create',
        subject: 'locality',
        subjectId: province.code,
        data: { isReference: true },
      })
  })
}

/** The campaign that every database is founded with. */
const FOUNDED_CAMPAIGN = 1

/** Calls the root of the tree, pages and papers by the province. */
export function nameRoot(
  tx: Tx,
  {
    code,
    name,
    type,
    telecomOffice = TELECOM_OFFICE,
  }: Pick<Reference['localities'][number], 'code' | 'name' | 'type'> & { telecomOffice?: string },
) {
  const called = `${capitalised(type)} ${name}`
  tx.update(unit)
    .set({ name: called, nameFolded: foldName(called), localityCode: code })
    .where(isNull(unit.parentId))
    .run()
  nameFoundedEntry(tx, { code, name, type: provinceTypeOf(type), place: name, telecomOffice })
}

const capitalised = (text: string) => `${text[0]?.toUpperCase()}${text.slice(1)}`

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
  const root = rootUnit()
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
          name: `${capitalised(type)} ${name}`,
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

function insertChapter(
  tx: Tx,
  association: Association,
  parent: { id: number; path: string } | undefined,
  of: UnitRow,
  name: string,
) {
  const id = nextId(chapter)
  const path = `${parent?.path ?? '/'}${id}/`
  tx.insert(chapter)
    .values({ id, association, parentId: parent?.id ?? null, path, name, unitId: of.id })
    .run()
  return { id, path }
}

/**
 * Each association's tree: its provincial agency, below it the agencies and what lies directly below the province,
 * below a district its communes. An association without an agency has its top at the province itself.
 */
function insertChapters(tx: Tx, root: UnitRow) {
  const units = tx.select().from(unit).all()
  for (const association of ASSOCIATIONS) {
    const nameOf = CHAPTER_NAMES[association]
    const agency = units.find(
      ({ kind, name }) => kind === 'provincial_agency' && name.startsWith(ASSOCIATION_AGENCY[association]),
    )
    const top = agency
      ? insertChapter(tx, association, undefined, agency, agency.name)
      : insertChapter(tx, association, undefined, root, nameOf('tỉnh'))
    if (IN_AGENCIES.includes(association))
      for (const row of units)
        if (row.kind === 'provincial_agency' && row.id !== agency?.id)
          insertChapter(tx, association, top, row, nameOf(row.name))
    const insertCommunes = (parent: { id: number; path: string }, parentId: number) => {
      for (const commune of units.filter(row => row.kind === 'commune' && row.parentId === parentId))
        insertChapter(tx, association, parent, commune, nameOf(commune.name.replace(/^UBND /, '')))
    }
    for (const district of units.filter(row => row.kind === 'district'))
      insertCommunes(insertChapter(tx, association, top, district, nameOf(lowerFirst(district.name))), district.id)
    insertCommunes(top, root.id)
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
