import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Person } from '#app/access/policy.ts'
import { campaignToday } from '#app/queries/clock.server.ts'
import {
  decideDispute,
  findDispute,
  findDisputeOf,
  listDisputes,
  openDisputes,
  raiseDispute,
} from '#app/queries/dispute.server.ts'
import { editHelp, recordHelp } from '#app/queries/help.server.ts'
import { findHelp } from '#app/queries/help-view.server.ts'
import { restoreHelp, withdrawHelp } from '#app/queries/help-withdrawal.server.ts'
import { recount } from '#app/queries/judging/index.server.ts'
import { listReminders } from '#app/queries/reminder.server.ts'
import { prepared } from '#db/client.server.ts'
import {
  CAMPAIGN,
  confirmNow,
  dropProvince,
  grantTo,
  helpForm,
  makeOfficial,
  makeProvince,
  returnNow,
  statusOf,
  toldBy,
  unitNamed,
} from '#tests/make.ts'

afterEach(dropProvince)

type Member = ReturnType<typeof makeOfficial>

/** Two officials of two communes of one district, with the heads of each, of the district and of the province. */
function makeScene() {
  makeProvince()
  const district = unitNamed('Thành phố Đồng Xoài')
  const communes = [unitNamed('UBND xã Tân Thành'), unitNamed('UBND phường Tân Phú')] as const
  const headOf = (unitId: number) => {
    const made = makeOfficial(unitId)
    return { ...made, actor: grantTo(made.actor, 'head', unitId) }
  }
  return {
    district,
    communes,
    first: makeOfficial(communes[0].id),
    second: makeOfficial(communes[1].id),
    heads: [headOf(communes[0].id), headOf(communes[1].id)] as const,
    districtHead: headOf(district.id),
    rootHead: headOf(1),
  }
}
type Scene = ReturnType<typeof makeScene>

function record({ officialId, actor }: Member, citizen = 1): number {
  const made = recordHelp(actor, CAMPAIGN, { officialId, input: helpForm(citizen) })
  if (!made.ok) throw new Error(JSON.stringify(made.problems))
  return made.helpId
}

/** The first official's record holds the credit, the second's is a duplicate and disputed. */
function disputed({ first, second, rootHead }: Scene) {
  const holderId = record(first)
  const helpId = record(second)
  // before its unit confirmed it, a record says nothing about others
  confirmNow(rootHead.actor, CAMPAIGN, [holderId, helpId])
  const made = raiseDispute(second.actor, CAMPAIGN, { helpId, reason: 'Tôi là người hướng dẫn kích hoạt' })
  if (!made.ok) throw new Error(made.problem)
  return { holderId, helpId, disputeId: made.disputeId }
}

const holders = () =>
  (prepared('select id from help where holds_credit = 1').all() as { id: number }[]).map(row => row.id)
const reasonOf = ({ actor }: Member, helpId: number) => findHelp(actor, CAMPAIGN, helpId)?.verdictReason
const decide = (actor: Person, disputeId: number, decision: 'upheld' | 'dismissed') =>
  decideDispute(actor, CAMPAIGN, { disputeId, decision, decisionReason: 'Theo trao đổi với hai bên' })

describe('a dispute', () => {
  let scene: Scene
  beforeEach(() => {
    scene = makeScene()
  })

  it('changes nothing before it is decided', () => {
    const { holderId } = disputed(scene)
    expect(holders()).toEqual([holderId])
    expect(recount(CAMPAIGN)).toEqual([])
  })

  it('is offered with what the record of who activated first still lacks (K38)', () => {
    const { first, second, heads } = scene
    const outcomes = { ...helpForm(1).outcomes, sim_signature: { value: 'not_yet' as const, on: null } }
    const made = recordHelp(first.actor, CAMPAIGN, {
      officialId: first.officialId,
      input: helpForm(1, { outcomes }),
    })
    if (!made.ok) throw new Error(JSON.stringify(made.problems))
    const helpId = record(second)
    confirmNow(heads[1].actor, CAMPAIGN, [helpId])
    expect(holders()).toEqual([made.helpId])
    expect(reasonOf(second, helpId)).toBe('duplicate_claim')
    const lacks = () => findHelp(second.actor, CAMPAIGN, helpId)?.holderLacks
    expect(lacks()).toEqual({ reason: 'outcome_missing', outcome: 'sim_signature' })
    const { revision = 0 } = findHelp(first.actor, CAMPAIGN, made.helpId) ?? {}
    editHelp(first.actor, CAMPAIGN, { helpId: made.helpId, revision, input: helpForm(1) })
    expect(lacks()).toEqual({ reason: 'awaiting_confirmation', outcome: null })
    confirmNow(heads[0].actor, CAMPAIGN, [made.helpId])
    expect(lacks()).toBeNull()
    expect(holders()).toEqual([made.helpId])
    expect(recount(CAMPAIGN)).toEqual([])
  })

  it('upheld moves the credit, and the other side cannot ask the same again', () => {
    const { holderId, helpId, disputeId } = disputed(scene)
    expect(decide(scene.districtHead.actor, disputeId, 'upheld').ok).toBe(true)
    expect(holders()).toEqual([helpId])
    expect(reasonOf(scene.first, holderId)).toBe('duplicate_claim')
    expect(reasonOf(scene.second, helpId)).toBe('confirmed')
    expect(raiseDispute(scene.first.actor, CAMPAIGN, { helpId: holderId, reason: 'Xin xem lại' })).toEqual({
      ok: false,
      problem: 'dispute_decided',
    })
    expect(findDisputeOf(scene.first.actor, CAMPAIGN, holderId)).toMatchObject({
      latest: { isRaiser: false, state: 'upheld', reason: null },
      mayRaise: false,
    })
    expect(recount(CAMPAIGN)).toEqual([])
    expect(toldBy("subject = 'dispute' and verb = 'approve'")).toEqual([
      {
        helpId,
        holderId,
        isPinned: true,
        reasonHash: createHash('sha256').update('Theo trao đổi với hai bên').digest('hex'),
      },
    ])
  })

  it('upheld lasts only as long as the record is eligible', () => {
    const { holderId, helpId, disputeId } = disputed(scene)
    decide(scene.districtHead.actor, disputeId, 'upheld')
    withdrawHelp(scene.second.actor, CAMPAIGN, helpId)
    expect(holders()).toEqual([holderId])
    restoreHelp(scene.second.actor, CAMPAIGN, helpId)
    expect(holders()).toEqual([helpId])
  })

  it('dismissed leaves the credit, and is not raised again before something is new', () => {
    const { holderId, helpId, disputeId } = disputed(scene)
    const again = { helpId, reason: 'Tôi xin đề nghị lại' }
    expect(raiseDispute(scene.second.actor, CAMPAIGN, again)).toEqual({ ok: false, problem: 'dispute_open' })
    decide(scene.districtHead.actor, disputeId, 'dismissed')
    expect(holders()).toEqual([holderId])
    expect(prepared('select count(*) as n from credit_pin').get()).toEqual({ n: 0 })
    expect(raiseDispute(scene.second.actor, CAMPAIGN, again)).toEqual({ ok: false, problem: 'dispute_decided' })
    expect(decide(scene.districtHead.actor, disputeId, 'upheld').ok).toBe(false)
    expect(holders()).toEqual([holderId])
    const revision = findHelp(scene.second.actor, CAMPAIGN, helpId)?.revision ?? 0
    editHelp(scene.second.actor, CAMPAIGN, { helpId, revision, input: helpForm(1, { note: 'Có ảnh chụp' }) })
    expect(raiseDispute(scene.second.actor, CAMPAIGN, again)).toMatchObject({ ok: true })
  })

  it('upheld speaks again once the record claims the outcome again', () => {
    const { holderId, helpId, disputeId } = disputed(scene)
    const edit = (activated: 'achieved' | 'not_yet') => {
      const revision = findHelp(scene.second.actor, CAMPAIGN, helpId)?.revision ?? 0
      const { outcomes, ...form } = helpForm(1)
      const on = activated === 'achieved' ? form.helpedOn : null
      const input = { ...form, outcomes: { ...outcomes, eid_activated: { value: activated, on } } }
      expect(editHelp(scene.second.actor, CAMPAIGN, { helpId, revision, input })).toMatchObject({ ok: true })
    }
    decide(scene.districtHead.actor, disputeId, 'upheld')
    edit('not_yet')
    expect(holders()).toEqual([holderId])
    // what claims nothing says nothing about others
    expect(reasonOf(scene.second, helpId)).toBe('outcome_missing')
    expect(raiseDispute(scene.second.actor, CAMPAIGN, { helpId, reason: 'Tôi xin đề nghị lại' })).toEqual({
      ok: false,
      problem: 'dispute_without_holder',
    })
    edit('achieved')
    expect(holders()).toEqual([helpId])
    expect(recount(CAMPAIGN)).toEqual([])
  })

  it('lapses when the credit moves by itself', () => {
    const { holderId, helpId, disputeId } = disputed(scene)
    withdrawHelp(scene.first.actor, CAMPAIGN, holderId)
    expect(holders()).toEqual([helpId])
    expect(openDisputes(scene.districtHead.actor, CAMPAIGN)).toEqual([])
    expect(decide(scene.districtHead.actor, disputeId, 'dismissed').ok).toBe(false)
    expect(findDisputeOf(scene.second.actor, CAMPAIGN, helpId).latest?.state).toBe('lapsed')
  })

  it('is no matter of a record that is no duplicate, nor of somebody else', () => {
    const helpId = record(scene.first)
    const raise = (who: Member) => raiseDispute(who.actor, CAMPAIGN, { helpId, reason: 'Xin xem lại' })
    expect(raise(scene.first)).toEqual({ ok: false, problem: 'dispute_without_holder' })
    expect(statusOf(() => raise(scene.second))).toBe(404)
    expect(statusOf(() => raise(scene.heads[0]))).toBe(403)
  })
})

describe('who decides', () => {
  it('is the head of the nearest common unit, neither those of the parties nor the one above', () => {
    const scene = makeScene()
    const { disputeId } = disputed(scene)
    expect(statusOf(() => decide(scene.heads[0].actor, disputeId, 'upheld'))).toBe(404)
    expect(statusOf(() => decide(scene.rootHead.actor, disputeId, 'upheld'))).toBe(403)
    expect(openDisputes(scene.districtHead.actor, CAMPAIGN)).toMatchObject([
      { unitId: scene.district.id, due: [expect.any(String)] },
    ])
    expect(openDisputes(scene.rootHead.actor, CAMPAIGN)).toEqual([])
    expect(openDisputes(scene.heads[0].actor, CAMPAIGN)).toEqual([])
    expect(findDispute(scene.districtHead.actor, CAMPAIGN, disputeId, scene.district.path)).toMatchObject({
      own: { officialName: scene.second.name, unitName: 'UBND phường Tân Phú, Thành phố Đồng Xoài' },
      holder: { officialName: scene.first.name, unitName: 'UBND xã Tân Thành, Thành phố Đồng Xoài' },
      mayDecide: true,
    })
    expect(listDisputes(scene.heads[0].actor, CAMPAIGN, scene.district.path)).toBeUndefined()
  })

  it('is the next above where the head is a party', () => {
    const scene = makeScene()
    const { disputeId } = disputed({ ...scene, second: scene.districtHead })
    expect(statusOf(() => decide(scene.districtHead.actor, disputeId, 'upheld'))).toBe(404)
    expect(decide(scene.rootHead.actor, disputeId, 'upheld').ok).toBe(true)
  })

  it('is the next above where the unit has no head', () => {
    const scene = makeScene()
    disputed(scene)
    prepared(`update role_grant set to_on = '2024-06-01' where unit_id = ?`).run(scene.district.id)
    expect(openDisputes(scene.rootHead.actor, CAMPAIGN)).toMatchObject([{ unitId: 1, due: [expect.any(String)] }])
  })

  it('is the campaign office where the only head left is a party, and it is reminded', () => {
    const scene = makeScene()
    const office = grantTo(makeOfficial(1).actor, 'campaign_office', 1)
    // confirmed by a head of the root who is gone when the dispute waits
    const former = makeOfficial(1)
    const confirmer = grantTo(former.actor, 'head', 1)
    const { helpId, disputeId } = disputed({
      ...scene,
      second: scene.rootHead,
      rootHead: { ...former, actor: confirmer },
    })
    const mine = () => listReminders(office, CAMPAIGN, campaignToday()).filter(({ kind }) => kind === 'disputes')
    expect(mine()).toEqual([])
    expect(statusOf(() => decide(office, disputeId, 'upheld'))).toBe(404)
    prepared(`update role_grant set to_on = '2024-06-01' where account_id = ?`).run(confirmer.accountId)
    expect(statusOf(() => decide(scene.rootHead.actor, disputeId, 'upheld'))).toBe(404)
    expect(mine()).toMatchObject([{ count: 1, unit: { id: 1 } }])
    expect(listDisputes(office, CAMPAIGN, '/1/')).toMatchObject([{ id: disputeId, mayDecide: true }])
    expect(listDisputes(office, CAMPAIGN, scene.district.path)).toBeUndefined()
    expect(decide(office, disputeId, 'upheld')).toEqual({ ok: true })
    expect(holders()).toEqual([helpId])
  })

  it('shows each side its own state, never the other', () => {
    const scene = makeScene()
    const { helpId, disputeId } = disputed(scene)
    decide(scene.districtHead.actor, disputeId, 'dismissed')
    const told = JSON.stringify(findDisputeOf(scene.second.actor, CAMPAIGN, helpId))
    expect(told).toContain('dismissed')
    expect(told).not.toContain(scene.first.name)
  })
})

describe('whatever people do', () => {
  const pick = fc.nat(20)
  const step = fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({ do: fc.constant('record' as const), pick, citizen: fc.nat(1), isConfirmed: fc.boolean() }),
    },
    { weight: 5, arbitrary: fc.record({ do: fc.constant('confirm' as const), pick }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('return' as const), pick }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('withdraw' as const), pick }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('restore' as const), pick }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('edit' as const), pick, citizen: fc.nat(1) }) },
    { weight: 4, arbitrary: fc.record({ do: fc.constant('raise' as const), pick }) },
    { weight: 4, arbitrary: fc.record({ do: fc.constant('decide' as const), pick, isUpheld: fc.boolean() }) },
  )

  /** What happens to one record; the dispute that this raises, if any. */
  function actOn(
    { helpId, who }: { helpId: number; who: Member },
    move: { do: string; citizen?: number },
    head: Member['actor'],
  ) {
    if (move.do === 'confirm') confirmNow(head, CAMPAIGN, [helpId])
    if (move.do === 'return') returnNow(head, CAMPAIGN, { helpIds: [helpId], reason: 'Sửa' })
    if (move.do === 'withdraw') withdrawHelp(who.actor, CAMPAIGN, helpId)
    if (move.do === 'restore') restoreHelp(who.actor, CAMPAIGN, helpId)
    if (move.do === 'edit') {
      const revision = findHelp(who.actor, CAMPAIGN, helpId)?.revision ?? 0
      editHelp(who.actor, CAMPAIGN, { helpId, revision, input: helpForm(move.citizen ?? 0) })
    }
    if (move.do !== 'raise') return []
    const result = raiseDispute(who.actor, CAMPAIGN, { helpId, reason: 'Xin xem lại' })
    return result.ok ? [result.disputeId] : []
  }

  /** How many of the heads could decide a dispute. */
  const decidedBy = (
    { districtHead, heads }: ReturnType<typeof makeScene>,
    disputeId: number,
    decision: 'upheld' | 'dismissed',
  ) =>
    [districtHead, ...heads].filter(({ actor }) => statusOf(() => decide(actor, disputeId, decision)) === null).length

  type Play = {
    scene: ReturnType<typeof makeScene>
    people: Member[]
    made: { helpId: number; who: Member }[]
    raised: number[]
  }

  /** Plays one move; how many decisions it brought. */
  function playMove(
    { scene, people, made, raised }: Play,
    move: typeof step extends fc.Arbitrary<infer T> ? T : never,
  ) {
    const chosen = made[move.pick % Math.max(1, made.length)]
    const disputeId = raised[move.pick % Math.max(1, raised.length)]
    if (move.do === 'decide')
      return disputeId === undefined ? 0 : decidedBy(scene, disputeId, move.isUpheld ? 'upheld' : 'dismissed')
    if (move.do === 'record') {
      const who = people[move.pick % people.length] ?? scene.first
      const helpId = record(who, move.citizen)
      made.push({ helpId, who })
      if (move.isConfirmed) confirmNow(scene.districtHead.actor, CAMPAIGN, [helpId])
    } else if (chosen) raised.push(...actOn(chosen, move, scene.districtHead.actor))
    return 0
  }

  /** Two officials record one citizen, and the second asks for a decision: what chance alone brings too seldom. */
  const CONTEST = [
    { do: 'record' as const, pick: 0, citizen: 0, isConfirmed: true },
    { do: 'record' as const, pick: 1, citizen: 0, isConfirmed: true },
    { do: 'raise' as const, pick: 1 },
  ]

  it('credit never rests with two officials, and the tallies equal a recount', () => {
    let moved = 0
    fc.assert(
      fc.property(fc.array(step, { minLength: 8, maxLength: 30 }), fc.boolean(), (chance, isContested) => {
        const steps = isContested ? [...CONTEST, ...chance] : chance
        const scene = makeScene()
        const people = [scene.first, scene.second, makeOfficial(scene.communes[0].id)]
        const play: Play = { scene, people, made: [], raised: [] }
        for (const move of steps) {
          moved += playMove(play, move)
          const doubled = prepared(
            'select citizen_hash from help where holds_credit = 1 group by citizen_hash having count(*) > 1',
          ).all()
          expect(doubled).toEqual([])
        }
        expect(recount(CAMPAIGN)).toEqual([])
        dropProvince()
      }),
      { numRuns: 40 },
    )
    expect(moved).toBeGreaterThan(0)
    makeProvince()
  }, 120_000)
})
