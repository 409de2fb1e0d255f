import { type Actor, accountOf } from '#app/access/policy.ts'
import type { Day } from '#app/domain/calendar.ts'
import type { HelpInput } from '#app/domain/help.ts'
import { changesBetween, type HelpChange, type HelpContent } from '#app/domain/help-change.ts'
import type { Outcomes } from '#app/domain/verdict.ts'
import { prepared, type Tx } from '#db/client.server.ts'
import { matchHash, unsealText } from '#db/keys.server.ts'
import { type help, helpChange } from '#db/schema.ts'
import { spokenOf } from './judging/index.server.ts'
import { targetOf } from './official.server.ts'

type Row = typeof help.$inferSelect

/** Writes down what an edit changes, in words without anything personal; nothing if it changes nothing. */
export function noteChange(
  tx: Tx,
  actor: Actor,
  {
    row,
    outcomes,
    input,
    at,
    isAfterContradiction,
  }: { row: Row; outcomes: Outcomes; input: HelpInput; at: number; isAfterContradiction: boolean },
) {
  const changes = changesBetween(contentOf(row, outcomes), contentOfInput(row.campaignId, input))
  if (changes.length === 0) return
  tx.insert(helpChange)
    .values({
      helpId: row.id,
      revision: row.revision + 1,
      changedAt: at,
      changedBy: actor.kind === 'person' ? accountOf(actor) : null,
      isAfterContradiction,
      changes: JSON.stringify(changes),
    })
    .run()
}

/** True if the record already says what the form says: the form was saved before, and its answer did not arrive. */
export const saysAlready = (row: Row, outcomes: Outcomes, input: HelpInput): boolean =>
  changesBetween(contentOf(row, outcomes), contentOfInput(row.campaignId, input)).length === 0

/** Writes down what changed a record's outcomes without its form: the citizen's answer, or a decision. */
export function noteOutcomeChange(
  tx: Tx,
  {
    row,
    before,
    after,
    at,
    changedBy,
  }: { row: Row; before: Outcomes; after: Outcomes; at: number; changedBy: number | null },
) {
  const content = contentOf(row, before)
  const changes = changesBetween(content, { ...content, outcomes: after })
  tx.insert(helpChange)
    .values({
      helpId: row.id,
      revision: row.revision + 1,
      changedAt: at,
      changedBy,
      isAfterContradiction: false,
      changes: JSON.stringify(changes),
    })
    .run()
}

function contentOf(row: Row, outcomes: Outcomes): HelpContent {
  const slot = (column: string) => ({ table: 'help', column, rowId: row.id })
  return {
    personal: {
      citizenName: unsealText(slot('citizenName'), row.citizenNameCipher),
      citizenNumber: row.citizenHash,
      birth: row.citizenBirthOn ?? String(row.citizenBirthYear),
      phone: row.citizenPhoneHash,
      hamlet: row.hamlet,
      note: unsealText(slot('note'), row.noteCipher),
    },
    helpedOn: row.helpedOn,
    localityCode: row.localityCode,
    carrier: row.carrier,
    place: row.place,
    consentChannel: row.consentChannel,
    outcomes,
  }
}

function contentOfInput(campaignId: number, { citizen, ...input }: HelpInput): HelpContent {
  return {
    personal: {
      citizenName: citizen.name,
      citizenNumber: matchHash({ campaignId }, 'number', citizen.number),
      birth: citizen.birthOn ?? String(citizen.birthYear),
      phone: citizen.phone === null ? null : matchHash({ campaignId }, 'phone', citizen.phone),
      hamlet: citizen.hamlet,
      note: input.note,
    },
    helpedOn: input.helpedOn,
    localityCode: citizen.localityCode,
    carrier: citizen.carrier,
    place: input.place,
    consentChannel: input.consentChannel,
    outcomes: input.outcomes,
  }
}

type ChangeRow = { helpId: number; revision: number; isAfterContradiction: number; changes: string }

/** What was changed in these records, each change in its order; `isAfterContradiction`: an extract spoke against it before. */
export function changesOf(helpIds: readonly number[]): {
  helpId: number
  revision: number
  isAfterContradiction: boolean
  changes: HelpChange[]
}[] {
  return prepared<ChangeRow>(
    `select help_id as helpId, revision, is_after_contradiction as isAfterContradiction, changes from help_change
      where help_id in (select value from json_each(?)) order by id`,
  )
    .all(JSON.stringify(helpIds))
    .map(row => ({
      ...row,
      isAfterContradiction: row.isAfterContradiction === 1,
      changes: JSON.parse(row.changes) as HelpChange[],
    }))
}

/**
 * Returns the days of the must-achieve outcome that extracts verified or contradicted in records of this citizen by this
 * official, withdrawn ones too: now, or before an edit.
 */
export function checkedDaysOf(
  campaignId: number,
  { officialId, citizenHash }: { officialId: number; citizenHash: string },
): Day[] {
  const now = [...spokenOf(campaignId, [citizenHash]).values()].flatMap(spoken =>
    spoken.officialId === officialId && spoken.checkedDay !== null ? [spoken.checkedDay] : [],
  )
  const before = prepared<Day>(
    'select checked_day from help where campaign_id = ? and citizen_hash = ? and official_id = ? and checked_day is not null',
  )
    .pluck()
    .all(campaignId, citizenHash, officialId)
  return [...now, ...before]
}

/** What decides whether a record may be given to another citizen (`checkCitizenChange`). */
export function citizenChangeFacts(campaignId: number, row: Row) {
  return {
    numberChanges: row.numberChanges,
    isDenied: isDenied(row.id),
    isShown: spokenOf(campaignId, [row.citizenHash]).get(row.id)?.isShown ?? false,
    couldBeDrawn: couldBeDrawn(row),
  }
}

/**
 * True where an inspection of the record's unit, or above it, drew since it was recorded, whether or not it drew this
 * one: its citizen stays, and the answer does not tell what was drawn.
 */
function couldBeDrawn(row: Row): boolean {
  return (
    prepared(
      `select 1 from inspection i join unit u on u.id = i.unit_id
        where i.campaign_id = @campaignId and i.drawn_at >= @receivedAt and substr(@path, 1, length(u.path)) = u.path
       union all select 1 from inspection_pick where help_id = @id limit 1`,
    ).get({
      id: row.id,
      campaignId: row.campaignId,
      receivedAt: row.receivedAt,
      path: targetOf(row.officialId, row.helpedOn).unitPath,
    }) !== undefined
  )
}

/** True while a citizen's "no" is in force, whatever the verdict names first. */
export function isDenied(helpId: number): boolean {
  return (
    prepared(`select 1 from citizen_answer where help_id = ? and set_aside_at is null and answer = 'no'`).get(
      helpId,
    ) !== undefined
  )
}
