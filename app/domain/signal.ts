import { addDays, type Day, startOf } from './calendar.ts'
import { grouped } from './grouping.ts'
import type { Regulation } from './regulation.ts'
import type { Outcomes } from './verdict.ts'
import { SIGNAL_KINDS, type SignalKind } from './vocabulary.ts'

const MINUTE_MS = 60_000

/** The figures of each kind's question. `count` is the odd part, `of` is the whole. */
type Figures = {
  /** records edited after an extract contradicted them */
  edited_after_extract: { count: number }
  /** records whose citizen denied another record, or where an inspection found another one untrue */
  citizen_contested: { count: number }
  /** records whose citizen said yes from the official's own network within minutes, all within an hour */
  near_answers: { count: number }
  /** records restored after a draw that passed while they were withdrawn */
  missed_draw: { count: number }
  /** citizens whose serial digits follow each other */
  sequence: { count: number }
  /** the densest burst: records within so many minutes */
  burst: { count: number; minutes: number }
  /** records whose phone is also the phone of further citizens */
  shared_phone: { count: number }
  /** records of citizens who are staff */
  staff: { count: number }
  /** officials who stopped exactly at their target, of those who reached it */
  target_stop: { count: number; of: number }
  /** officials with a target below the quota, of those who have one */
  target_lowered: { count: number; of: number }
  /** records received in the last days of the campaign, of all */
  deadline: { count: number; of: number; days: number }
  /** records, all of them with every outcome achieved in the one visit */
  perfect: { count: number }
}

/**
 * A question about records (domain 6.5): never a penalty, never a score, never public. `officialId`: whose records;
 * null: of the unit that was looked at. `helpIds`: the records asked about. Plan IV.2.
 */
export type SignalOf<Kind extends SignalKind> = {
  kind: Kind
  officialId: number | null
  helpIds: number[]
  figures: Figures[Kind]
}
export type Signal = { [Kind in SignalKind]: SignalOf<Kind> }[SignalKind]

type Own = { helpId: number; officialId: number }

/** Finds officials with many records received within minutes (instants in ms). */
export function findBursts(
  records: readonly (Own & { receivedAt: number })[],
  { burst }: Pick<Regulation, 'burst'>,
): SignalOf<'burst'>[] {
  return [...grouped(records, record => record.officialId)].flatMap(([officialId, own]) => {
    const found = burstOf(
      own.toSorted((a, b) => a.receivedAt - b.receivedAt || a.helpId - b.helpId),
      burst,
    )
    return found === null ? [] : [{ kind: 'burst' as const, officialId, ...found }]
  })
}

/** Slides a window of the regulation's minutes over records sorted by receipt. */
function burstOf(
  sorted: readonly { helpId: number; receivedAt: number }[],
  { records, minutes }: Regulation['burst'],
): Pick<SignalOf<'burst'>, 'helpIds' | 'figures'> | null {
  const helpIds = new Set<number>()
  let densest = { count: 0, spanMs: 0 }
  let start = 0
  sorted.forEach((last, end) => {
    while (last.receivedAt - (sorted[start]?.receivedAt ?? 0) > minutes * MINUTE_MS) start++
    const window = sorted.slice(start, end + 1)
    if (window.length < records) return
    for (const record of window) helpIds.add(record.helpId)
    const spanMs = last.receivedAt - (window[0]?.receivedAt ?? 0)
    const isDenser = window.length === densest.count && spanMs < densest.spanMs
    if (window.length > densest.count || isDenser) densest = { count: window.length, spanMs }
  })
  if (densest.count === 0) return null
  const figures = { count: densest.count, minutes: Math.max(1, Math.ceil(densest.spanMs / MINUTE_MS)) }
  return { helpIds: [...helpIds], figures }
}

/** Finds officials with several citizens whose personal numbers have consecutive serials (the last six digits). */
export function findSequences(
  records: readonly (Own & { number: string })[],
  { sequence }: Pick<Regulation, 'sequence'>,
): SignalOf<'sequence'>[] {
  return [...grouped(records, record => record.officialId)].flatMap(([officialId, own]) => {
    const bySerial = grouped(own, record => Number(record.number.slice(-6)))
    const runs: number[][] = []
    for (const serial of [...bySerial.keys()].sort((a, b) => a - b)) {
      const run = runs.at(-1)
      if (run?.at(-1) === serial - 1) run.push(serial)
      else runs.push([serial])
    }
    const serials = runs.filter(run => run.length >= sequence).flat()
    if (serials.length === 0) return []
    const helpIds = serials.flatMap(serial => bySerial.get(serial) ?? []).map(record => record.helpId)
    return [{ kind: 'sequence' as const, officialId, helpIds, figures: { count: serials.length } }]
  })
}

/**
 * Finds officials with records whose phone number belongs to several citizens, no matter who recorded them. `citizen`
 * and `phone` are any stable text that represents the number (a keyed hash will do). Families share phones.
 */
export function findSharedPhones(
  records: readonly (Own & { citizen: string; phone: string | null })[],
  { sharedPhone }: Pick<Regulation, 'sharedPhone'>,
): SignalOf<'shared_phone'>[] {
  const shared = [...grouped(records, record => record.phone)].flatMap(([phone, users]) =>
    phone !== null && new Set(users.map(record => record.citizen)).size >= sharedPhone ? users : [],
  )
  return [...grouped(shared, record => record.officialId)].map(([officialId, own]) => ({
    kind: 'shared_phone',
    officialId,
    helpIds: own.map(record => record.helpId),
    figures: { count: own.length },
  }))
}

/** Officials with records of citizens who are officials themselves, of a category other than `member`. */
export function findStaff(records: readonly (Own & { isStaff: boolean })[]): SignalOf<'staff'>[] {
  return askEach(
    'staff',
    records.filter(record => record.isStaff),
  )
}

/** Kinds of questions that hold for each record by itself. */
type EachKind = 'staff' | 'edited_after_extract' | 'citizen_contested' | 'near_answers' | 'missed_draw'

type Asked<Kind> = { kind: Kind; officialId: number; helpIds: number[]; figures: { count: number } }

/** Asks about records of which each is a question by itself: one question for each official. */
export function askEach<Kind extends EachKind>(kind: Kind, records: readonly Own[]): Asked<Kind>[] {
  return [...grouped(records, record => record.officialId)].map(([officialId, own]) => ({
    kind,
    officialId,
    helpIds: own.map(record => record.helpId),
    figures: { count: own.length },
  }))
}

/** A yes counts as near when it came from the network where its code was handed out, within so many minutes. */
export const NEAR_MINUTES = 10
/** Near answers of one official within an hour, from which they are a question. Domain 6.1. */
const NEAR_ANSWERS = 3

/**
 * Finds officials of whom three or more citizens said yes from the official's own network, minutes after the code was
 * handed out, within an hour (`answeredAt` in ms). People scan at once, on the same Wi-Fi: so it is no more than a
 * question.
 */
export function findNearAnswers(records: readonly (Own & { answeredAt: number })[]): SignalOf<'near_answers'>[] {
  const asked = [...grouped(records, record => record.officialId).values()].flatMap(own => {
    const sorted = own.toSorted((a, b) => a.answeredAt - b.answeredAt)
    const isOfMany = (at: number) =>
      sorted.some((first, n) => {
        const last = sorted[n + NEAR_ANSWERS - 1]
        const isWithin = last !== undefined && last.answeredAt - first.answeredAt <= 60 * MINUTE_MS
        return isWithin && first.answeredAt <= at && at <= first.answeredAt + 60 * MINUTE_MS
      })
    return sorted.filter(({ answeredAt }) => isOfMany(answeredAt))
  })
  return askEach('near_answers', asked)
}

/** A unit whose people stop at their target: of those who reached it, an unusual share is exactly there. */
export function findTargetStop(
  officials: readonly { counted: number; target: number | null }[],
  { targetStop }: Pick<Regulation, 'targetStop'>,
): SignalOf<'target_stop'> | null {
  const reached = officials.filter(({ counted, target }) => target !== null && counted >= target)
  const count = reached.filter(({ counted, target }) => counted === target).length
  if (reached.length < targetStop.officials || count === 0 || count < targetStop.share * reached.length) return null
  return { kind: 'target_stop', officialId: null, helpIds: [], figures: { count, of: reached.length } }
}

/** A unit of whose people some have a target below the quota: whether the reason still holds. */
export function findLowered(
  officials: readonly { target: number | null }[],
  { quota }: Pick<Regulation, 'quota'>,
): SignalOf<'target_lowered'> | null {
  const having = officials.filter(({ target }) => target !== null)
  const count = having.filter(({ target }) => target !== null && target < quota).length
  return count === 0
    ? null
    : { kind: 'target_lowered', officialId: null, helpIds: [], figures: { count, of: having.length } }
}

/**
 * Finds officials with an unusual share of records received (instants in ms) in the campaign's last days, or after
 * them.
 */
export function findDeadlineEntries(
  records: readonly (Own & { receivedAt: number })[],
  { deadline: { records: least, days, share }, endsOn }: Pick<Regulation, 'deadline' | 'endsOn'>,
): SignalOf<'deadline'>[] {
  const from = startOf(addDays(endsOn, 1 - days))
  return [...grouped(records, record => record.officialId)].flatMap(([officialId, own]) => {
    const late = own.filter(record => record.receivedAt >= from)
    if (own.length < least || late.length === 0 || late.length < share * own.length) return []
    const figures = { count: late.length, of: own.length, days }
    return [{ kind: 'deadline' as const, officialId, helpIds: late.map(record => record.helpId), figures }]
  })
}

/**
 * Finds officials whose every record has all required outcomes achieved on the day helped: no second visit, nothing
 * before.
 */
export function findPerfect(
  records: readonly (Own & { helpedOn: Day; outcomes: Outcomes })[],
  { perfect, requiredOutcomes }: Pick<Regulation, 'perfect' | 'requiredOutcomes'>,
): SignalOf<'perfect'>[] {
  const isPerfect = ({ helpedOn, outcomes }: { helpedOn: Day; outcomes: Outcomes }) =>
    requiredOutcomes.every(
      outcome => outcomes[outcome]?.value === 'achieved' && (outcomes[outcome]?.on ?? helpedOn) === helpedOn,
    )
  return [...grouped(records, record => record.officialId)].flatMap(([officialId, own]) =>
    own.length >= perfect && own.every(isPerfect)
      ? [
          {
            kind: 'perfect' as const,
            officialId,
            helpIds: own.map(record => record.helpId),
            figures: { count: own.length },
          },
        ]
      : [],
  )
}

/**
 * Assigns each record of `helpIds` to the first signal that names it, the most telling signal first. Signals left
 * without a record are dropped. The figures stay as they were found.
 */
export function dealSignals(signals: readonly Signal[], helpIds: Iterable<number>): Signal[] {
  const left = new Set(helpIds)
  return SIGNAL_KINDS.flatMap(kind => signals.filter(signal => signal.kind === kind)).flatMap(signal => {
    const own = signal.helpIds.filter(helpId => left.delete(helpId))
    return own.length === 0 ? [] : [{ ...signal, helpIds: own }]
  })
}
