import { countedBy, type Effect, effectOf } from '#app/domain/extract.ts'
import type { ExtractSource, ExtractState } from '#app/domain/vocabulary.ts'
import { type FactTx, prepared, stateMark, transact } from '#db/client.server.ts'
import type { ExtractSummary, UnitEffect } from './extract.server.ts'
import {
  type AppliedExtract,
  appliedExtracts,
  asIfApplied,
  change,
  judgeRecords,
  PlaceReader,
  planRejudging,
  type RecordRow,
  recordsOf,
  rulesOf,
  type StoredVerdict,
  verdictColumns,
  writeUnjudged,
} from './judging/index.server.ts'
import { candidatesIn, filterOf, type HashFilter } from './shown-filter.server.ts'
import { inSteps, nowAndThen, Pace, untilNone } from './steps.server.ts'

type Progress = (done: number, total: number) => void

/** Citizens that the first step takes, and any at most; records that a step looks through for them. */
export const FIRST_CITIZENS = 150
const MOST_CITIZENS = 1000
const MOST_RECORDS = 2000
/** How often that many are looked through for the first citizen of a step, while nobody is held up. */
const MOST_LOOKS = 10

/**
 * SQL condition for records of citizens whom the extract shows, or whose locality it lists in full. Once any locality
 * has changed its parent, all localities qualify: judging too many records changes nothing. `@id`: the extract.
 */
const isTouched = (record: string) => `(exists (select 1 from extract_fact f
    where f.extract_id = @id and f.subject_hash in (${record}.citizen_hash, ${record}.citizen_phone_hash))
  or exists (select 1 from extract_scope s join extract e on e.id = s.extract_id
       join locality l on l.code = ${record}.locality_code
      where s.extract_id = @id
        and (instr(l.path, '/' || s.locality_code || '/') > 0 or exists (select 1 from locality_belonging))
        and (e.source = 'police' or s.carrier = ${record}.carrier)))`

/** The same of any of a citizen's records, of which `h` is the first: a phone or a locality may be another's. */
const ANY_TOUCHED = `(${isTouched('h')} or exists (select 1 from help r
  where r.campaign_id = h.campaign_id and r.citizen_hash = h.citizen_hash and r.id > h.id and ${isTouched('r')}))`

/** The same for an extract that names citizens by number alone and is not a full list: a faster condition. */
const SHOWN = 'exists (select 1 from extract_fact f where f.extract_id = @id and f.subject_hash = h.citizen_hash)'

/** Records of the campaign by id, each the first of its citizen, of whose records the extract says anything. */
const touchedBy = (condition: string) => `select h.id, h.citizen_hash as hash from help h not indexed
  where h.id > @cursor and h.id <= @end and h.campaign_id = @campaignId and ${condition}
    and not exists (select 1 from help e where e.campaign_id = h.campaign_id and e.citizen_hash = h.citizen_hash
                      and e.id < h.id)
  order by h.id limit @most`

type Step = { citizens: string[]; cursor: number; isLast: boolean }

/** An extract that is looked through, or walked with whom it may show (`filterOf`; undefined: it must be looked up). */
type Walked = { id: number; campaignId: number; filter?: HashFilter | undefined }

/** True where an extract names citizens by their number alone, and is no full list. */
function namesNumbers(extractId: number): boolean {
  const { source, isFullList } = prepared<{ source: ExtractSource; isFullList: number }>(
    'select source, is_full_list as isFullList from extract where id = ?',
  ).one(extractId)
  return source === 'police' && !isFullList
}

/**
 * The next citizens of whom an extract says anything, in the order in which they were first recorded, and the record up
 * to which the cursor then goes. With a filter there are a few others among them, and some come once more with a later
 * record: judging them again changes nothing.
 */
function nextStep({ id, campaignId, filter }: Walked, cursor: number, most: number): Step {
  const last = lastRecordId()
  const end = Math.min(cursor + MOST_RECORDS, last)
  if (filter) {
    const { hashes, reached } = candidatesIn(filter, campaignId, { cursor, end, most })
    return { citizens: hashes, cursor: reached, isLast: reached >= last }
  }
  const touched = touchedBy(namesNumbers(id) ? SHOWN : ANY_TOUCHED)
  const rows = prepared<{ id: number; hash: string }>(touched).all({ id, campaignId, cursor, end, most })
  const reached = rows.length === most ? (rows.at(-1)?.id ?? end) : end
  return { citizens: rows.map(row => row.hash), cursor: reached, isLast: reached >= last }
}

/** The same, but where the next records are of nobody whom the extract touches, further on: nothing is written of them. */
function nextTouched(walked: Walked, cursor: number, most: number): Step {
  let step = nextStep(walked, cursor, most)
  for (let looks = 1; looks < MOST_LOOKS && step.citizens.length === 0 && !step.isLast; looks++)
    step = nextStep(walked, step.cursor, most)
  return step
}

const lastRecordId = () => prepared<{ id: number }>('select coalesce(max(id), 0) as id from help').one().id

/** Number of sample record ids for each effect in a preview. */
const SAMPLE = 10

/**
 * Computes what applying a staged extract would do to stored verdicts, by judging as if it were applied. Writes only
 * its progress. Returns counts, in all and by the unit below the province where each record counts, and record ids.
 */
export async function previewEffects(
  { id, campaignId }: { id: number; campaignId: number },
  progress: Progress,
): Promise<Pick<ExtractSummary, 'matched' | 'effects' | 'counted' | 'units'>> {
  const { regulation } = rulesOf(campaignId)
  const none = () => ({ count: 0, sample: [] as number[] })
  const effects: Record<Effect, ReturnType<typeof none>> = {
    verified: none(),
    rejected: none(),
    other: none(),
    unchanged: none(),
  }
  const extracts = [...appliedExtracts(campaignId), asIfApplied(id)]
  let matched = 0
  const units = new UnitEffects()
  const tell = nowAndThen(progress)
  for (let at: Step = { citizens: [], cursor: 0, isLast: false }; !at.isLast; ) {
    at = nextStep({ id, campaignId }, at.cursor, MOST_CITIZENS)
    const records = recordsOf(campaignId, at.citizens)
    const judgements = judgeRecords(campaignId, records, { regulation, extracts })
    const shown = shownBy(id, records)
    for (const row of records) {
      if (shown.has(row.citizenHash) || (row.phoneHash !== null && shown.has(row.phoneHash))) matched += 1
      const judgement = judgements.get(row.id)
      if (!judgement) continue
      const [before, after] = [toldOf(row), toldOf(verdictColumns(judgement))]
      const kind = effectOf(before, after)
      const effect = effects[kind]
      effect.count += 1
      if (effect.sample.length < SAMPLE) effect.sample.push(row.id)
      units.add(row, kind, countedBy(before, after))
    }
    await tell(at.cursor, lastRecordId())
  }
  return { matched, effects, ...units.told() }
}

/** What an extract does, summed by the unit below the province where each record counts. */
class UnitEffects {
  readonly #places = new PlaceReader()
  readonly #units = new Map<string, UnitEffect>()

  /** `counted`: by how much the number of counted records changes with this one. */
  add({ officialId, helpedOn }: RecordRow, effect: Effect, counted: number) {
    if (effect === 'unchanged') return
    const [, top = ''] = this.#places.placementOn(officialId, helpedOn).unitIds
    const unit = this.#units.get(top) ?? { unitId: Number(top) || null, verified: 0, rejected: 0, counted: 0 }
    this.#units.set(top, unit)
    if (effect !== 'other') unit[effect] += 1
    unit.counted += counted
  }

  /** The units that lose most first, and the change in all. */
  told(): { counted: number; units: UnitEffect[] } {
    const units = [...this.#units.values()].toSorted(
      (a, b) => a.counted - b.counted || (a.unitId ?? 0) - (b.unitId ?? 0),
    )
    return { counted: units.reduce((sum, { counted }) => sum + counted, 0), units }
  }
}

/** Which of the hashes of these records' citizens and phones an extract shows. */
function shownBy(extractId: number, records: readonly RecordRow[]): Set<string> {
  const hashes = records.flatMap(row => (row.phoneHash === null ? [row.citizenHash] : [row.citizenHash, row.phoneHash]))
  return new Set(
    prepared<string>(
      `select f.subject_hash from json_each(?) j
         cross join extract_fact f on f.subject_hash = j.value and f.extract_id = ?`,
    )
      .pluck()
      .all(JSON.stringify(hashes), extractId),
  )
}

const toldOf = ({ verdictKind: kind, verdictReason: reason, basis, countsAny }: StoredVerdict) => ({
  kind,
  reason,
  basis,
  countsAny: countsAny === 1,
})

type Walk = { id: number; campaignId: number; state: ExtractState; cursor: number }

/** Returns the walk in its present state; undefined if the extract is being neither applied nor undone. */
function walkOf(extractId: number): Walk | undefined {
  const walk = prepared<Walk>('select id, campaign_id as campaignId, state, cursor from extract where id = ?').get(
    extractId,
  )
  return walk?.state === 'applying' || walk?.state === 'undoing' ? walk : undefined
}

const endOf = ({ state }: Walk): ExtractState => (state === 'applying' ? 'applied' : 'undone')

/** The extracts that speak once a step of this walk is done. */
function speakingAfter(walk: Walk, { cursor, isLast }: Step): AppliedExtract[] {
  return appliedExtracts(walk.campaignId).flatMap(extract => {
    if (extract.id !== walk.id) return [extract]
    if (!isLast) return [{ ...extract, cursor }]
    return walk.state === 'applying' ? [{ ...extract, state: 'applied', cursor }] : []
  })
}

/** A step that was worked out while others might write: good as long as `mark` is the database's state. */
type Planned = { walk: Walk; step: Step; mark: string; store: ReturnType<typeof planRejudging> }

function planStep(walked: Walked, most: number): Planned | undefined {
  const mark = stateMark()
  const walk = walkOf(walked.id)
  if (!walk) return undefined
  const step = nextTouched(walked, walk.cursor, most)
  return { walk, step, mark, store: planRejudging(walk.campaignId, step.citizens, speakingAfter(walk, step)) }
}

/**
 * Does a planned step in one transaction. If another write came since the planning, computes it once more under the
 * lock, from the walk's present state. Returns how many citizens were judged.
 */
function storeStep({ walk: planned, step, mark, store }: Planned): number {
  return transact(() => {
    const walk = walkOf(planned.id)
    if (!walk) return 0
    const isSame = mark === stateMark()
    const { citizens, cursor, isLast } = isSame ? step : nextStep(walk, walk.cursor, step.citizens.length || 1)
    const moveOn = (tx: FactTx) =>
      tx
        .write('update extract set cursor = ?, state = ? where id = ?')
        .run(cursor, isLast ? endOf(walk) : walk.state, walk.id)
    if (isSame && store) store(moveOn)
    else change(walk.campaignId, { citizens }, moveOn)
    return citizens.length
  })
}

/** How often a step is planned again after other writes, before it is done under the lock. */
const PLANS = 3

/** The next step, planned while nobody wrote if that can be had; undefined: there is nothing left to do. */
function planQuietly(walked: Walked, most: number): Planned | undefined {
  for (let tries = 1; ; tries++) {
    const planned = planStep(walked, most)
    if (!planned || tries === PLANS || planned.mark === stateMark()) return planned
  }
}

/**
 * Does one step of applying or undoing: judges the next citizens again and moves the cursor on, in one transaction. So
 * each stored verdict always matches the facts applied by then. Returns the record at the cursor; null: nothing was
 * left to do.
 * @internal asked for by tests alone
 */
export function stepExtract(extractId: number): number | null {
  const walk = walkOf(extractId)
  const planned = walk && planQuietly(walk, FIRST_CITIZENS)
  if (!planned) return null
  storeStep(planned)
  return cursorOf(extractId)
}

const cursorOf = (extractId: number) =>
  prepared<number>('select cursor from extract where id = ?').pluck().one(extractId)

/** Applies or undoes an extract to the end, from its last step; after undoing, its facts are deleted. */
export async function walkExtract(extractId: number, progress: Progress) {
  const tell = nowAndThen(progress)
  const walk = walkOf(extractId)
  if (walk) {
    const filter = namesNumbers(walk.id) ? filterOf(walk.id) : undefined
    const walked = { id: walk.id, campaignId: walk.campaignId, filter }
    await inSteps(new Pace(FIRST_CITIZENS, MOST_CITIZENS), {
      take: most => planQuietly(walked, most),
      write: storeStep,
      told: () => tell(cursorOf(extractId), lastRecordId()),
    })
  }
  await dropFacts(extractId)
}

/** Facts that the first transaction deletes. */
const FIRST_DROPPED = 500

/** Deletes the facts of an extract that was undone. */
async function dropFacts(extractId: number) {
  await untilNone(new Pace(FIRST_DROPPED), most =>
    writeUnjudged(
      tx =>
        tx
          .write(`delete from extract_fact where (subject_hash, outcome, extract_id) in (
             select f.subject_hash, f.outcome, f.extract_id from extract_fact f join extract e on e.id = f.extract_id
              where f.extract_id = ? and e.state = 'undone' limit ?)`)
          .run(extractId, most).changes,
    ),
  )
}
