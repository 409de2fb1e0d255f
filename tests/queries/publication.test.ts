import { asc } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { addDays, startOf } from '#app/domain/calendar.ts'
import { startJob } from '#app/queries/job.server.ts'
import { type PublicBoard, publishedOf, readPublicBoard } from '#app/queries/public-board.server.ts'
import { publishDay } from '#app/queries/publication.server.ts'
import { db, prepared, transact } from '#db/client.server.ts'
import { createKey, forgetKeys } from '#db/keys.server.ts'
import { locality, unit } from '#db/schema.ts'
import { findOut, type ProgramSheet } from '#tests/disclosure-program.ts'
import { CAMPAIGN, dropProvince, makeOfficial, makeProvince, statusOf, system } from '#tests/make.ts'
import { giveMatchKey } from '#tests/match-key.ts'

const FIRST = '2024-06-12'
const DAYS = 5

beforeEach(() => {
  makeProvince()
  giveMatchKey(CAMPAIGN, 'a key')
})
afterEach(dropProvince)

function draws(seed: number) {
  let state = seed
  return (n: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * n)
  }
}

/** True counts over the founded tree: every record has one commune and one unit, every official one unit. */
class Truth {
  private readonly draw: ReturnType<typeof draws>
  private readonly communes = db
    .select()
    .from(locality)
    .all()
    .filter(row => row.level === 'commune')
  private readonly units = db.select().from(unit).orderBy(asc(unit.path)).all()
  readonly counted = new Map<string, number>()
  readonly officials = new Map<string, number>()

  constructor(seed: number) {
    this.draw = draws(seed)
    for (const { path } of this.units) for (let n = this.draw(34); n >= 0; n--) this.add(this.officials, 'unit', path)
    for (const commune of this.communes)
      for (let n = this.draw(4) === 0 ? this.draw(6) : 14 + this.draw(30); n > 0; n--) this.record(commune.path)
    transact(() => this.storeOfficials())
    transact(() => this.storeCounts())
  }

  /** What a day brings: some communes nothing, some a record or a few. */
  grow() {
    for (const commune of this.communes) for (let n = this.draw(4); n > 0; n--) this.record(commune.path)
    transact(() => this.storeCounts())
  }

  private record(communePath: string) {
    this.add(this.counted, 'locality', communePath)
    this.add(this.counted, 'unit', this.units[this.draw(this.units.length)]?.path ?? '')
  }

  private add(sums: Map<string, number>, dimension: string, path: string) {
    for (const id of path.split('/').filter(part => part !== ''))
      sums.set(`${dimension} ${id}`, (sums.get(`${dimension} ${id}`) ?? 0) + 1)
  }

  private storeCounts() {
    for (const [name, count] of this.counted) {
      const [dimension, key] = name.split(' ')
      prepared(
        `insert or replace into help_total (campaign_id, dimension, key, reported, counted, verified, counted_any, awaiting)
          values (?, ?, ?, ?, ?, ?, ?, 0)`,
      ).run(CAMPAIGN, dimension, key, count + 30, count, count >> 1, count)
    }
  }

  private storeOfficials() {
    const columns = (prepared('pragma table_info(people_tally)').all() as { name: string }[]).map(column => column.name)
    const insert = prepared(`insert into people_tally values (${columns.map(() => '?').join(', ')})`)
    for (const [name, officials] of this.officials) {
      const [dimension, key] = name.split(' ')
      const row: Record<string, unknown> = { campaign_id: CAMPAIGN, dimension, key, officials }
      insert.run(...columns.map(column => row[column] ?? 0))
    }
  }
}

const moveTo = (day: string) =>
  prepared('update clock set real_at = ?, campaign_at = ?').run(Date.now(), startOf(day) + 60_000)

/** Publishes day after day and keeps what an outsider can fetch each day. */
function publishDays(seed: number, days = DAYS): { published: PublicBoard[]; truth: Truth } {
  const truth = new Truth(seed)
  const published = Array.from({ length: days }, (_, n) => {
    moveTo(addDays(FIRST, n))
    if (n > 0) truth.grow()
    publishDay(system, CAMPAIGN)
    return JSON.parse(JSON.stringify(readPublicBoard({ kind: 'anonymous' }))) as PublicBoard
  })
  return { published, truth }
}

/** The three tables of a day as the public page gives them. */
function sheetsOf({ localities, units, province }: PublicBoard) {
  const root = localities.find(row => row.parentCode === null)
  const rootId = units.find(row => row.kind === 'district')?.parentId
  const people: ProgramSheet = {
    hasRest: false,
    items: localities.map(row => ({ key: row.code, parentKey: row.parentCode, value: row.people })),
  }
  const unitSheet = (
    value: (row: PublicBoard['units'][number]) => number | null,
    whole: number | null,
    rows = units,
  ): ProgramSheet => ({
    hasRest: true,
    items: [
      { key: String(rootId), parentKey: null, value: whole },
      ...rows.map(row => ({ key: String(row.id), parentKey: String(row.parentId), value: value(row) })),
    ],
  })
  return {
    people,
    byUnit: unitSheet(row => row.people, root?.people ?? null),
    officials: unitSheet(
      row => row.officials,
      province?.officials ?? null,
      units.filter(row => row.block !== 'armed_forces'),
    ),
  }
}

describe('what the public page gives away over some days', () => {
  it.each([1, 2])('lets nobody compute a count below 5 (province %i)', seed => {
    const { published } = publishDays(seed)
    const sheets = published.map(sheetsOf)
    const knowledge = { step: 5, minimum: 20, below: 5, fallen: new Set<string>() }
    expect(
      findOut(
        sheets.map(day => [day.people, day.byUnit]),
        { ...knowledge, isGrowing: true },
      ),
    ).toEqual([])
    expect(
      findOut(
        sheets.map(day => [day.officials]),
        { ...knowledge, isGrowing: false },
      ),
    ).toEqual([])
  })

  it('is within 5 of the true count, for units of 20 and localities of 20 counted, in the shape for machines', () => {
    const { published, truth } = publishDays(4, 14)
    const last = published.at(-1)
    const given = (last?.localities ?? []).filter(row => row.people !== null)
    expect(given.length).toBeGreaterThan(50)
    for (const { code, people } of given) {
      const count = truth.counted.get(`locality ${code}`) ?? 0
      expect(count).toBeGreaterThanOrEqual(20)
      expect((people ?? 0) % 5).toBe(0)
      expect(Math.abs((people ?? 0) - count)).toBeLessThanOrEqual(5)
    }
    const units = (last?.units ?? []).filter(row => row.people !== null)
    expect(units.length).toBeGreaterThan(20)
    for (const { id, block, officials } of units) {
      const count = truth.officials.get(`unit ${id}`) ?? 0
      expect(count).toBeGreaterThanOrEqual(20)
      if (block === 'armed_forces') expect(officials).toBeNull()
    }
    const board = last as PublicBoard
    const { days } = board.campaign
    expect(publishedOf(board).campaign).toMatchObject({ day: board.campaign.day, isOver: false })
    expect(publishedOf({ ...board, campaign: { ...board.campaign, day: days + 7 } }).campaign).toMatchObject({
      day: days,
      isOver: true,
    })
  })
})

describe('steps of the figures', () => {
  it('stay over days, a restart and a rotation of the keys, and differ between campaigns’ keys', () => {
    const truth = new Truth(5)
    const figures = () => {
      const { localities, units } = readPublicBoard({ kind: 'anonymous' })
      return [...localities, ...units].map(({ people }) => people)
    }
    publishDay(system, CAMPAIGN)
    const first = figures()
    moveTo(addDays(FIRST, 1))
    prepared('delete from publication').run()
    forgetKeys()
    // what `keys:rotate` makes
    transact(tx => createKey(tx, { campaignId: CAMPAIGN }, 'data', 0))
    publishDay(system, CAMPAIGN)
    expect(figures()).toEqual(first)
    expect(truth.counted.size).toBeGreaterThan(0)
    // another key draws other steps
    prepared('delete from publication').run()
    giveMatchKey(CAMPAIGN, 'another key')
    publishDay(system, CAMPAIGN)
    expect(figures()).not.toEqual(first)
  })

  it('leave no figure to a campaign whose keys are destroyed', () => {
    new Truth(5)
    prepared('update wrapped_key set wrapped = null where campaign_id = ?').run(CAMPAIGN)
    expect(publishDay(system, CAMPAIGN)).toBe(false)
  })

  it('are the same for the province in every table of a day', () => {
    new Truth(3)
    publishDay(system, CAMPAIGN)
    const row = prepared<{ figures: string }>('select figures from publication').one()
    const { localities, units, province } = JSON.parse(row.figures)
    const board = readPublicBoard({ kind: 'anonymous' })
    const root = board.localities.find(({ parentCode }) => parentCode === null)
    const rootUnit = board.units.find(({ kind }) => kind === 'district')?.parentId
    expect(province.counted).toBe(localities[root?.code ?? ''].counted)
    expect(province.officials).toBe(units[String(rootUnit)].officials)
  })
})

describe('a day', () => {
  it('is published once and then stands, whatever is recorded later', () => {
    const truth = new Truth(6)
    expect(publishDay(system, CAMPAIGN)).toBe(true)
    const before = readPublicBoard({ kind: 'anonymous' })
    truth.grow()
    expect(publishDay(system, CAMPAIGN)).toBe(false)
    expect(readPublicBoard({ kind: 'anonymous' }).localities).toEqual(before.localities)
  })

  it('waits while verdicts are being moved in bulk', () => {
    new Truth(7)
    startJob(system, 'rejudge', { campaignId: CAMPAIGN })
    expect(publishDay(system, CAMPAIGN)).toBe(false)
  })

  it('is published by nobody but the system', () => {
    const person = makeOfficial(1).actor
    expect(statusOf(() => publishDay(person, CAMPAIGN))).toBe(403)
    expect(statusOf(() => publishDay({ kind: 'anonymous' }, CAMPAIGN))).toBe(403)
  })

  it('is not published before the campaign begins', () => {
    moveTo('2024-04-03')
    expect(publishDay(system, CAMPAIGN)).toBe(false)
  })
})
