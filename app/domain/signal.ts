import type { Regulation } from './regulation.ts'

const MINUTE_MS = 60_000

/** `count` records within `minutes`: an official's densest burst. `helpIds`: every record that lies in one, by receipt. */
export type Burst = { count: number; minutes: number; helpIds: number[] }

type Received = { helpId: number; officialId: number; receivedAt: number }

/**
 * Officials of whom many records were received within minutes (instants in ms). A signal: it puts records on top of the
 * queue to confirm and raises a question, never a penalty. Plan IV.2.
 */
export function findBursts(records: readonly Received[], { burst }: Pick<Regulation, 'burst'>): Map<number, Burst> {
  const bursts = new Map<number, Burst>()
  for (const [officialId, own] of groupsBy(records, record => record.officialId)) {
    const sorted = own.toSorted((a, b) => a.receivedAt - b.receivedAt || a.helpId - b.helpId)
    const found = burstOf(sorted, burst)
    if (found !== null) bursts.set(officialId, found)
  }
  return bursts
}

/** Slides a window of the regulation's minutes over records sorted by receipt. */
function burstOf(sorted: readonly Received[], { records, minutes }: Regulation['burst']): Burst | null {
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
  return { count: densest.count, minutes: Math.max(1, Math.ceil(densest.spanMs / MINUTE_MS)), helpIds: [...helpIds] }
}

/**
 * Records whose phone number stands for several citizens, by that phone. `citizen` and `phone` are any stable text that
 * stands for the number (a keyed hash will do). A signal, never a penalty: families share phones.
 */
export function findSharedPhones(
  records: readonly { helpId: number; citizen: string; phone: string | null }[],
): Map<string, number[]> {
  const shared = new Map<string, number[]>()
  for (const [phone, users] of groupsBy(records, record => record.phone)) {
    const citizens = new Set(users.map(record => record.citizen))
    if (phone !== null && citizens.size > 1)
      shared.set(
        phone,
        users.map(record => record.helpId),
      )
  }
  return shared
}

function groupsBy<Row, Key>(rows: readonly Row[], keyOf: (row: Row) => Key): Map<Key, Row[]> {
  const groups = new Map<Key, Row[]>()
  for (const row of rows) {
    const group = groups.get(keyOf(row))
    if (group === undefined) groups.set(keyOf(row), [row])
    else group.push(row)
  }
  return groups
}
