import { type Effect, effectOf } from '#app/domain/extract.ts'
import type { ExtractState } from '#app/domain/vocabulary.ts'
import { prepared, transact } from '#db/client.server.ts'
import { rulesOf } from './campaign-rules.server.ts'
import type { ExtractSummary } from './extract.server.ts'
import { inTurn } from './retry.server.ts'
import { appliedExtracts, asIfApplied, change, judgeStored } from './verdict.server.ts'

type Progress = (done: number, total: number) => void

/** Citizens that one transaction judges anew: it holds everybody else's writes up for so long. */
const CHUNK = 100

/** Records of a citizen whom the extract shows, or who lives where it is a full list. `@id`: the extract. */
const IS_SHOWN = `exists (select 1 from extract_fact f
    where f.extract_id = @id and f.subject_hash in (h.citizen_hash, h.citizen_phone_hash))`
const IS_COVERED = `exists (select 1 from extract_scope s join extract e on e.id = s.extract_id
    join locality l on l.code = h.locality_code
   where s.extract_id = @id and instr(l.path, '/' || s.locality_code || '/') > 0
     and (e.source = 'police' or s.carrier = h.carrier))`
const TOUCHED = `from help h where h.campaign_id = @campaignId and h.citizen_hash > @cursor and (${IS_SHOWN} or ${IS_COVERED})`

/** The next citizens of whose records an extract says anything, in the order of their hashes. */
function touchedAfter(extractId: number, campaignId: number, cursor: string): string[] {
  const rows = prepared(`select distinct h.citizen_hash as hash ${TOUCHED} order by h.citizen_hash limit ${CHUNK}`).all(
    { id: extractId, campaignId, cursor },
  )
  return (rows as { hash: string }[]).map(({ hash }) => hash)
}

function countTouched(extractId: number, campaignId: number, cursor = ''): number {
  const row = prepared(`select count(distinct h.citizen_hash) as count ${TOUCHED}`).get({
    id: extractId,
    campaignId,
    cursor,
  })
  return (row as { count: number }).count
}

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
  const total = countTouched(id, campaignId)
  const extracts = [...appliedExtracts(campaignId), asIfApplied(id)]
  let done = 0
  for (let hashes = touchedAfter(id, campaignId, ''); hashes.length > 0; ) {
    for (const hash of hashes)
      for (const [helpId, { verdict, basis, countsAny }] of judgeStored(campaignId, hash, regulation, extracts)) {
        const after = { kind: verdict.kind, reason: verdict.reason, basis, countsAny }
        const effect = effects[effectOf(storedOf(helpId), after)]
        effect.count += 1
        if (effect.sample.length < SAMPLE) effect.sample.push(helpId)
      }
    done += hashes.length
    await inTurn(() => progress(done, total))
    hashes = touchedAfter(id, campaignId, hashes.at(-1) ?? '')
  }
  const matched = prepared(
    `select count(*) as count from help h where h.campaign_id = @campaignId and ${IS_SHOWN}`,
  ).get({ id, campaignId }) as { count: number }
  return { matched: matched.count, effects }
}

function storedOf(helpId: number) {
  const row = prepared(
    'select verdict_kind as kind, verdict_reason as reason, basis, counts_any as countsAny from help where id = ?',
  ).get(helpId) as { kind: string; reason: string; basis: string | null; countsAny: number }
  return { ...row, countsAny: row.countsAny === 1 }
}

type Walk = { id: number; campaignId: number; state: ExtractState; cursor: string }

/**
 * One step of applying or undoing: the next citizens are judged anew and the cursor moves on, in one transaction, so
 * that at every moment each stored verdict is what the facts that speak by then say. Returns how many citizens it took;
 * null: there was nothing left to do.
 */
export function stepExtract(extractId: number): number | null {
  return transact(() => {
    const walk = prepared('select id, campaign_id as campaignId, state, cursor from extract where id = ?').get(
      extractId,
    ) as Walk | undefined
    if (!walk || (walk.state !== 'applying' && walk.state !== 'undoing')) return null
    const citizens = touchedAfter(walk.id, walk.campaignId, walk.cursor)
    const isLast = citizens.length < CHUNK
    const end = walk.state === 'applying' ? 'applied' : 'undone'
    change(walk.campaignId, { citizens }, () =>
      prepared('update extract set cursor = ?, state = ? where id = ?').run(
        citizens.at(-1) ?? walk.cursor,
        isLast ? end : walk.state,
        walk.id,
      ),
    )
    return citizens.length
  })
}

/** Applies or undoes an extract from wherever it stands to the end; undone, its facts go. */
export async function walkExtract(extractId: number, progress: Progress) {
  const walk = prepared('select campaign_id as campaignId, cursor, state from extract where id = ?').get(extractId) as
    | Pick<Walk, 'campaignId' | 'cursor' | 'state'>
    | undefined
  if (!walk) return
  const total = countTouched(extractId, walk.campaignId)
  let done = total - countTouched(extractId, walk.campaignId, walk.cursor)
  for (let isOpen = true; isOpen; )
    await inTurn(() => {
      const taken = stepExtract(extractId)
      done += taken ?? 0
      isOpen = taken !== null
      progress(Math.min(done, total), total)
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
