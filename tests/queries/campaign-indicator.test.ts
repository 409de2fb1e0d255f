import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Person } from '#app/access/policy.ts'
import { indicatorInput } from '#app/domain/campaign-indicator-input.ts'
import { PLAN_128, type Regulation } from '#app/domain/regulation.ts'
import { addRegulation, createCampaign, findAnnex, listIndicatorTargets } from '#app/queries/campaign.server.ts'
import { listGoals, listIndicators } from '#app/queries/campaign-indicator.server.ts'
import {
  addIndicator,
  editIndicator,
  findIndicatorPlan,
  moveIndicator,
  removeIndicator,
} from '#app/queries/campaign-indicator-edit.server.ts'
import { checkFacts } from '#app/queries/fact-check.server.ts'
import { exceptionsOn, findExceptionForm, recordExceptions } from '#app/queries/goal-exception.server.ts'
import { indicatorEvidence } from '#app/queries/indicator-evidence.server.ts'
import { recordFigures } from '#app/queries/indicator-figure.server.ts'
import { findLocalityBoard } from '#app/queries/locality-board.server.ts'
import { closeDatabase, db, openDatabase, prepared } from '#db/client.server.ts'
import { migrateDatabase } from '#db/migration.server.ts'
import { readPlan } from '#db/reference.server.ts'
import { unpackRelease } from '#tests/fixtures/release.ts'
import { INDICATORS } from '#tests/indicators.ts'
import {
  CAMPAIGN,
  done,
  dropProvince,
  grantTo,
  makeOfficial,
  makeProvince,
  statusOf,
  toldBy,
  unitNamed,
} from '#tests/make.ts'

const PLAN = readPlan('db/reference')

/** What the form of an indicator sends, as it is read. */
function input(changes: Record<string, string> = {}) {
  return indicatorInput.parse({
    name: 'Lập sổ sức khỏe điện tử',
    shortName: 'Sổ sức khỏe',
    unit: 'người dân có sổ',
    source: 'locality',
    ...changes,
  })
}

const codes = (campaignId: number) => listIndicators(campaignId).map(({ code }) => code)
const reason = (made: { ok: boolean; problems?: readonly { field: string; reason: string }[] }) =>
  made.problems?.map(problem => `${problem.field} ${problem.reason}`)

describe('a province', () => {
  let office: Person
  let second: number

  beforeEach(() => {
    makeProvince()
    office = grantTo(makeOfficial(unitNamed('Sở Tài chính').id).actor, 'campaign_office', 1)
    second = make({ annexOf: null })
  })
  afterEach(dropProvince)

  const make = (changes: Partial<Parameters<typeof createCampaign>[1]>) =>
    done(
      createCampaign(office, {
        code: `${250 + prepared<number>('select count(*) from campaign').pluck().one()}/KH-UBND`,
        name: 'Đợt sau',
        issuer: 'UBND tỉnh',
        issuedOn: '2024-05-01',
        parameters: PLAN_128,
        annexOf: null,
        ...changes,
      }),
    ).campaignId

  const tell = (campaignId: number, indicator: string, value = 5, localityCode = '689') =>
    recordFigures(office, campaignId, {
      asOfOn: '2024-06-11',
      source: 'Địa phương',
      reason: '',
      origin: 'typed',
      figures: [{ localityCode, indicator, value }],
    })

  describe('that is founded', () => {
    it('has the indicators and goals of plan 128 as rows', () => {
      expect(listIndicators(CAMPAIGN)).toEqual(PLAN.indicators)
      expect(listGoals(CAMPAIGN)).toEqual(PLAN.goals)
    })

    it('has none in a new campaign until its office enters them', () => {
      expect(codes(second)).toEqual([])
      expect(findAnnex(second).sums).toEqual({})
    })
  })

  describe('a copy', () => {
    it('takes indicators over with the annex, but neither printed heads nor goals of the other plan', () => {
      const copy = make({ annexOf: CAMPAIGN })
      expect(codes(copy)).toEqual(codes(CAMPAIGN))
      expect(listGoals(copy)).toEqual([])
      expect(listIndicators(copy).map(({ printedName }) => printedName)).toEqual(INDICATORS.map(({ name }) => name))
    })
  })

  describe('the office', () => {
    it('adds indicators, of which the code may be left to the software, and changes them', () => {
      done(addIndicator(office, second, input()))
      done(
        addIndicator(
          office,
          second,
          input({ code: 'eid_activated', shortName: 'Kích hoạt', outcome: 'eid_activated' }),
        ),
      )
      done(editIndicator(office, second, 'so_suc_khoe', input({ unit: 'sổ', source: 'police' })))
      expect(listIndicators(second)).toMatchObject([
        { code: 'so_suc_khoe', unit: 'sổ', source: 'police', printedName: 'Lập sổ sức khỏe điện tử' },
        { code: 'eid_activated', outcome: 'eid_activated' },
      ])
      done(moveIndicator(office, second, 'eid_activated', 'up'))
      expect(codes(second)).toEqual(['eid_activated', 'so_suc_khoe'])
      done(removeIndicator(office, second, 'eid_activated'))
      expect(codes(second)).toEqual(['so_suc_khoe'])
      expect(toldBy("subject = 'campaign_indicator' and verb = 'edit'")).toEqual([
        { name: 'Lập sổ sức khỏe điện tử', changed: ['unit', 'source'] },
      ])
      expect(checkFacts().findings).toEqual([])
    })

    it('is the only one that may, and another campaign’s indicators stay as they were', () => {
      const other = grantTo(makeOfficial(unitNamed('Sở Y tế').id).actor, 'home_affairs', 1)
      expect(statusOf(() => addIndicator(other, second, input()))).toBe(403)
      expect(statusOf(() => findIndicatorPlan(other, second))).toBe(403)
      done(addIndicator(office, second, input({ code: 'phone_4g' })))
      expect(listIndicators(CAMPAIGN)).toEqual(PLAN.indicators)
    })

    it('is told in words of a code twice, more than twelve, and what the annex uses', () => {
      done(addIndicator(office, second, input()))
      expect(reason(addIndicator(office, second, input()))).toEqual(['code indicator_code_taken'])
      for (let n = 2; n <= 12; n++) done(addIndicator(office, second, input({ code: `more_${n}` })))
      expect(reason(addIndicator(office, second, input({ code: 'too_many' })))).toEqual([' indicators_full'])
      const copy = make({ annexOf: CAMPAIGN })
      expect(reason(removeIndicator(office, copy, 'phone_4g'))).toEqual([' indicator_in_annex'])
      expect(listIndicatorTargets(copy)).toHaveLength(55)
    })

    it('changes nothing but the wording once there are figures', () => {
      done(addIndicator(office, second, input({ basis: 'annex', share: '80', exceptions: 'người đi xa' })))
      done(tell(second, 'so_suc_khoe'))
      const kept = { basis: 'annex', share: '80', exceptions: 'người đi xa' }
      for (const changes of [
        { ...kept, source: 'telecom' },
        { ...kept, outcome: 'phone_4g' },
        { ...kept, share: '70' },
        {},
      ])
        expect(reason(editIndicator(office, second, 'so_suc_khoe', input(changes)))?.join()).toContain(
          'indicators_have_figures',
        )
      for (const made of [
        addIndicator(office, second, input({ code: 'late' })),
        moveIndicator(office, second, 'so_suc_khoe', 'up'),
        removeIndicator(office, second, 'so_suc_khoe'),
      ])
        expect(reason(made)).toEqual([' indicators_have_figures'])
      const worded = { ...kept, name: 'Sổ sức khỏe', exceptions: 'người ra nước ngoài' }
      done(editIndicator(office, second, 'so_suc_khoe', input(worded)))
      expect(listIndicators(second)[0]?.name).toBe('Sổ sức khỏe')
      expect(listGoals(second)[0]?.exceptions).toBe('người ra nước ngoài')
    })
  })

  describe('figures', () => {
    it('are taken of the campaign’s own indicators alone, those of telecoms from the telecom office too', () => {
      const telecom = grantTo(makeOfficial(unitNamed('Sở Y tế').id).actor, 'telecom_office', 1)
      done(addIndicator(office, second, input({ code: 'network', source: 'telecom' })))
      done(addIndicator(office, second, input({ code: 'phone_4g' })))
      const refusal = (made: ReturnType<typeof tell>) => (made.ok ? null : made.problems[0]?.reason)
      expect(refusal(tell(second, 'sim_signature'))).toBe('indicator_unknown')
      expect(refusal(tell(CAMPAIGN, 'network'))).toBe('indicator_unknown')
      office = telecom
      expect(refusal(tell(second, 'network'))).toBeNull()
      expect(refusal(tell(second, 'phone_4g'))).toBe('figure_not_yours')
      expect(refusal(tell(CAMPAIGN, 'phone_4g'))).toBeNull()
    })
  })

  describe('what a locality must reach', () => {
    const judge = (annexReading: Regulation['annexReading']) =>
      done(
        addRegulation(office, CAMPAIGN, {
          parameters: { ...PLAN_128, annexReading },
          basedOn: 1,
          documentNumber: '9/QĐ',
          decidedOn: '2024-06-01',
          note: '',
        }),
      )
    const except = (people: number | null, localityCode = '689', by = office) =>
      recordExceptions(by, CAMPAIGN, {
        document: 'Danh sách số 3',
        exceptions: [{ localityCode, indicator: 'id_card_mobile', people }],
      })
    const evidence = () => {
      const of = indicatorEvidence(CAMPAIGN, '/1/', '2024-07-03')
      return of(unitNamed('Thành phố Đồng Xoài').id).find(({ indicator }) => indicator === 'id_card_mobile')
    }

    it('is all that the annex assigns, whatever is left out, until a regulation says otherwise', () => {
      done(tell(CAMPAIGN, 'id_card_mobile', 1000))
      done(except(183))
      expect(evidence()).toEqual({ indicator: 'id_card_mobile', done: 1000, target: 1583 })
    })

    it('is by the goals 80 % of what is left after those abroad, serving and without known address', () => {
      done(tell(CAMPAIGN, 'id_card_mobile', 1000))
      judge('goals')
      expect(evidence()?.target).toBe(Math.ceil(1583 * 0.8))
      done(except(183))
      expect(evidence()?.target).toBe(1120)
      done(tell(CAMPAIGN, 'phone_4g', 1000))
      const of = indicatorEvidence(CAMPAIGN, '/1/', '2024-07-03')
      expect(of(unitNamed('Thành phố Đồng Xoài').id).find(row => row.indicator === 'phone_4g')?.target).toBe(2790)
    })

    it('counts those left out of the places below where none are entered for the locality itself', () => {
      const at = (code: string) => exceptionsOn(CAMPAIGN, '2024-07-03')(code, 'id_card_mobile')
      expect(at('70')).toBeUndefined()
      done(except(100, '689'))
      done(except(20, '688'))
      expect(at('70')).toBe(120)
      done(except(150, '70'))
      expect(at('70')).toBe(150)
      done(except(null, '70'))
      expect(at('70')).toBe(120)
      expect(checkFacts().findings).toEqual([])
    })

    it('is shown beside the annex, for the province and where it judges for the locality', () => {
      const rules = { regulation: { ...PLAN_128 }, today: '2024-06-12' }
      const goals = (code: string, annexReading: Regulation['annexReading'] = 'annex') =>
        findLocalityBoard(office, { id: CAMPAIGN }, code, {
          ...rules,
          regulation: { ...rules.regulation, annexReading },
        })?.goals.filter(({ indicator }) => indicator === 'id_card_mobile')
      done(except(183))
      expect(goals('70')).toMatchObject([{ annexTotal: 11_207, excepted: 183, wanted: Math.ceil(11_024 * 0.8) }])
      expect(goals('689')).toEqual([])
      expect(goals('689', 'goals')).toMatchObject([{ annexTotal: 1583, excepted: 183, wanted: 1120 }])
    })

    it('is entered by home affairs and the campaign office, never more than the annex assigns', () => {
      const home = grantTo(makeOfficial(unitNamed('Sở Y tế').id).actor, 'home_affairs', 1)
      const telecom = grantTo(makeOfficial(unitNamed('Sở Y tế').id).actor, 'telecom_office', 1)
      done(except(5, '689', home))
      expect(statusOf(() => except(5, '689', telecom))).toBe(403)
      expect(statusOf(() => findExceptionForm(telecom, CAMPAIGN, '70'))).toBe(403)
      const refusal = (made: ReturnType<typeof except>) => (made.ok ? null : made.problems[0]?.reason)
      expect(refusal(except(1584))).toBe('exception_exceeds_annex')
      expect(refusal(except(1, '25207'))).toBe('exception_without_target')
      expect(refusal(except(-1))).toBe('figure_out_of_range')
      expect(toldBy("subject = 'goal_exception'")).toEqual([
        { indicator: 'id_card_mobile', from: null, to: 5, document: 'Danh sách số 3' },
      ])
      const form = findExceptionForm(home, CAMPAIGN, '70')
      expect(form?.goals.map(({ indicator }) => indicator)).toEqual(['id_card_mobile'])
      expect(form?.rows.find(({ code }) => code === '689')?.cells.id_card_mobile).toEqual({ people: 5, total: 1583 })
    })
  })
})

describe('a database of the first version', () => {
  let folder: string
  let file: string

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'indicators-'))
    file = join(folder, 'campaign.sqlite')
    unpackRelease('0.1', file)
  })
  afterEach(() => {
    closeDatabase()
    rmSync(folder, { recursive: true, force: true })
  })

  it('gets the five of each campaign as rows, with every target and figure as it was, and only plan 128 its goals', () => {
    const stored = ['indicator_target', 'indicator_figure', 'target_sharing'] as const
    const rowsIn = (client: Database.Database) =>
      stored.map(table => client.prepare(`select rowid as place, * from ${table} order by rowid`).all())
    const old = new Database(file)
    old
      .prepare(
        "insert into campaign (code, name, issuer, issued_on, created_at) values ('250/KH-UBND', 'Đợt', 'UBND', '2024-04-04', 0)",
      )
      .run()
    const second = old.prepare<[], number>('select max(id) from campaign').pluck().get() ?? 0
    old
      .prepare(
        `insert into indicator_figure (id, campaign_id, locality_code, indicator, as_of_on, value, origin, source, entered_at)
         values (7, 1, '689', 'phone_4g', '2024-06-11', 12, 'typed', 'Công an', 0)`,
      )
      .run()
    const before = rowsIn(old)
    old.close()
    openDatabase(file)
    migrateDatabase('db/migrations')
    expect(listIndicators(CAMPAIGN)).toEqual(PLAN.indicators)
    expect(listGoals(CAMPAIGN)).toEqual(PLAN.goals)
    expect(listIndicators(second).map(({ code }) => code)).toEqual(INDICATORS.map(({ code }) => code))
    expect(listIndicators(second).map(({ printedName }) => printedName)).toEqual(INDICATORS.map(({ name }) => name))
    expect(listGoals(second)).toEqual([])
    expect(prepared('select unreviewed from campaign order by id').pluck().all()).toEqual(['[]', '["indicators"]'])
    expect(rowsIn(db.$client)).toEqual(before)
    expect(before[0]?.length).toBe(55)
    expect(() =>
      prepared("update indicator_target set indicator = 'unheard_of' where indicator = 'phone_4g'").run(),
    ).toThrow(/FOREIGN KEY/)
  })
})
