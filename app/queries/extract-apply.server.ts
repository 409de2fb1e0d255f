import { type Effect, effectOf } from '#app/domain/extract.ts'
import type { ExtractSource, ExtractState } from '#app/domain/vocabulary.ts'
import { prepared, transact } from '#db/client.server.ts'
import { rulesOf } from './campaign-rules.server.ts'
import { appliedExtracts, asIfApplied, judgeRecords, recordsOf, type StoredVerdict } from './citizen-facts.server.ts'
import type { ExtractSummary } from './extract.server.ts'
import { inTurn } from './retry.server.ts'
import { change, verdictColumns } from './verdict.server.ts'

type Progress = (done: number, total: number) => void

/** Citizens that one step takes at most, and records that it looks through for them: it holds other writes up so long. */
export const MOST_CITIZENS = 150
const MOST_RECORDS = 5000

/**
 * A record of a citizen whom the extract shows, or who lives where it is a full list; once a locality came to belong
 * elsewhere, wherever they live: judging more than is touched changes nothing. `@id`: the extract.
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

/** The same where an extract names citizens by their number alone, and is no full list: then it is quickly told. */
const SHOWN = 'exists (select 1 from extract_fact f where f.extract_id = @id and f.subject_hash = h.citizen_hash)'

/** Records of the campaign by id, each the first of its citizen, of whose records the extract says anything. */
const touchedBy = (condition: string) => `select h.id, h.citizen_hash as hash from help h not indexed
  where h.id > @cursor and h.id <= @end and h.campaign_id = @campaignId and ${condition}
    and not exists (select 1 from help e where e.campaign_id = h.campaign_id and e.citizen_hash = h.citizen_hash
                      and e.id < h.id)
  order by h.id limit ${MOST_CITIZENS}`

type Step = { citizens: string[]; cursor: number; isLast: boolean }

/**
 * The next citizens of whom an extract says anything, in the order in which they were first recorded, and the record up
 * to which the cursor then goes.
 */
function nextStep(extractId: number, campaignId: number, cursor: number): Step {
  const last = lastRecordId()
  const end = Math.min(cursor + MOST_RECORDS, last)
  const { source, isFullList } = prepared('select source, is_full_list as isFullList from extract where id = ?').get(
    extractId,
  ) as { source: ExtractSource; isFullList: number }
  const touched = touchedBy(source === 'police' && !isFullList ? SHOWN : ANY_TOUCHED)
  const rows = prepared(touched).all({ id: extractId, campaignId, cursor, end }) as { id: number; hash: string }[]
  const reached = rows.length === MOST_CITIZENS ? (rows.at(-1)?.id ?? end) : end
  return { citizens: rows.map(row => row.hash), cursor: reached, isLast: reached >= last }
}

const lastRecordId = () => (prepared('select coalesce(max(id), 0) as id from help').get() as { id: number }).id

/** How many record ids stand for each effect in a preview. */
const SAMPLE = 10

/**
 * What applying a staged extract would do to stored verdicts, by judging as if it were applied; writes nothing but its
 * progress. In counts and record ids.
 */
export async function previewEffects(
  { id, campaignId }: { id: number; campaignId: number },
  progress: Progress,
): Promise<Pick<ExtractSummary, 'matched' | 'effects'>> {
  const { regulation } = rulesOf(campaignId)
  const none = () => ({ count: 0, sample: [] as number[] })
  const effects: Record<Effect, ReturnType<typeof none>> = {
    verified: none(),
    rejected: none(),
    other: none(),
    unchanged: none(),
  }
  const extracts = [...appliedExtracts(campaignId), asIfApplied(id)]
  for (let at: Step = { citizens: [], cursor: 0, isLast: false }; !at.isLast; ) {
    at = nextStep(id, campaignId, at.cursor)
    const records = recordsOf(campaignId, at.citizens)
    const judgements = judgeRecords(campaignId, records, { regulation, extracts })
    for (const row of records) {
      const judgement = judgements.get(row.id)
      if (!judgement) continue
      const effect = effects[effectOf(toldOf(row), toldOf(verdictColumns(judgement)))]
      effect.count += 1
      if (effect.sample.length < SAMPLE) effect.sample.push(row.id)
    }
    await inTurn(() => progress(at.cursor, lastRecordId()))
  }
  const matched = prepared(
    `select count(*) as count from help h where h.campaign_id = @campaignId
        and exists (select 1 from extract_fact f
                     where f.extract_id = @id and f.subject_hash in (h.citizen_hash, h.citizen_phone_hash))`,
  ).get({ id, campaignId }) as { count: number }
  return { matched: matched.count, effects }
}

const toldOf = ({ verdictKind: kind, verdictReason: reason, basis, countsAny }: StoredVerdict) => ({
  kind,
  reason,
  basis,
  countsAny: countsAny === 1,
})

type Walk = { id: number; campaignId: number; state: ExtractState; cursor: number }

/**
 * One step of applying or undoing: the next citizens are judged anew and the cursor moves on, in one transaction, so
 * that at every moment each stored verdict is what the facts that speak by then say. Returns the record that the cursor
 * stands at; null: there was nothing left to do.
 */
export function stepExtract(extractId: number): number | null {
  return transact(() => {
    const walk = prepared('select id, campaign_id as campaignId, state, cursor from extract where id = ?').get(
      extractId,
    ) as Walk | undefined
    if (!walk || (walk.state !== 'applying' && walk.state !== 'undoing')) return null
    const { citizens, cursor, isLast } = nextStep(walk.id, walk.campaignId, walk.cursor)
    const end = walk.state === 'applying' ? 'applied' : 'undone'
    change(walk.campaignId, { citizens }, () =>
      prepared('update extract set cursor = ?, state = ? where id = ?').run(cursor, isLast ? end : walk.state, walk.id),
    )
    return cursor
  })
}

/** Applies or undoes an extract from wherever it stands to the end; undone, its facts go. */
export async function walkExtract(extractId: number, progress: Progress) {
  for (let isOpen = true; isOpen; )
    await inTurn(() => {
      const cursor = stepExtract(extractId)
      isOpen = cursor !== null
      if (cursor !== null) progress(cursor, lastRecordId())
    })
  await dropFacts(extractId)
}

/** Facts that one transaction deletes. */
const DROPPED = 5000

async function dropFacts(extractId: number) {
  for (let isOpen = true; isOpen; )
    await inTurn(() => {
      const { changes } = prepared(
        `delete from extract_fact where (subject_hash, outcome, extract_id) in (
           select f.subject_hash, f.outcome, f.extract_id from extract_fact f join extract e on e.id = f.extract_id
            where f.extract_id = ? and e.state = 'undone' limit ${DROPPED})`,
      ).run(extractId)
      isOpen = changes > 0
    })
}
