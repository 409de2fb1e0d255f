import type { KeyObject } from 'node:crypto'
import { prepared, snapshot } from '#db/client.server.ts'
import { COVERED_TABLES, type CoveredTable, type FactHashes, factOf } from '#db/fact-hash.server.ts'
import { findLogKey, isHeadSealed, linkOf, type Opening, readHead, sealText } from '#db/log-seal.server.ts'
import { type EventRow, eventHash, factsDigest } from './event.server.ts'
import { chunksOf, digestOf, OLD_OPENINGS, type SealData, selectFacts, type Value } from './fact-seal.server.ts'

/**
 * What does not fit. `subject` is a table, `event` or `access_log`; `key` names the row; `eventId` is the event whose
 * hash it differs from, null: the seal of older facts, or none.
 */
export type FactFinding = {
  kind: 'unlogged' | 'differs' | 'gone' | 'edited_before' | 'forged' | 'cut_off' | 'seal_changed'
  subject: string
  key: string
  eventId: number | null
}

/** From when the check speaks: the event that sealed older facts, its instant, how many facts, what was found then. */
type SealedSince = { eventId: number; at: number; facts: number; found: number }

export type FactCheck = {
  /** null: not sealed yet, so facts older than this are not compared */
  since: SealedSince | null
  facts: number
  openings: number
  findings: FactFinding[]
}

/** Hash of a fact, and the event that holds it; null: the seal. '' for a row that was removed. */
type Last = { hash: string; eventId: number | null }

type StoredEvent = EventRow & { hash: string; facts: string | null; seal: string | null }

/**
 * Compares every covered fact with the hash that the last event about it holds, or the seal of older facts; every event
 * with its seal; the access log with its links; and both logs with where they ended. Reads one state of the database.
 * Names what was written without the application. Who can recompute seals has the master key; only a head that was
 * noted outside tells then.
 */
export function checkFacts(): FactCheck {
  return snapshot(() => {
    const findings: FactFinding[] = []
    const key = findLogKey()
    const sealing = key && lastSeal(key)
    if (sealing && digestOf(sealing.data.round).digest !== sealing.data.digest)
      findings.push({ kind: 'seal_changed', subject: 'facts', key: String(sealing.data.round), eventId: sealing.id })
    const known = new KnownFacts(findings, sealing?.data)
    walkEvents(key, known, findings)
    known.takeChunks(Number.POSITIVE_INFINITY)
    let facts = 0
    for (const table of COVERED_TABLES) facts += compareTable(table, known, sealing !== undefined, findings)
    return {
      since: sealing
        ? { eventId: sealing.id, at: sealing.at, facts: sealing.data.facts, found: sealing.data.found }
        : null,
      facts,
      openings: checkOpenings(key, known, sealing !== undefined, findings),
      findings,
    }
  })
}

/** The newest event that ended a sealing, if its own seal is right. */
function lastSeal(key: KeyObject): { id: number; at: number; data: SealData } | undefined {
  const rows = prepared<{ id: number; at: number; data: string; hash: string; seal: string | null }>(
    "select id, at, data, hash, seal from event where subject = 'facts' and verb = 'seal' order by id desc",
  ).all()
  const row = rows.find(({ hash, seal }) => seal === sealText(key, 'event', hash))
  return row && { id: row.id, at: row.at, data: JSON.parse(row.data) as SealData }
}

/** The last hash of each fact, as events and the seal's rows tell in the order in which they were written. */
class KnownFacts {
  private readonly tables = new Map<string, Map<string, Last>>()
  private readonly chunks: ReturnType<typeof chunksOf> | undefined
  private chunk: ReturnType<ReturnType<typeof chunksOf>['next']> | undefined
  readonly from: number
  /** last event that may lack a seal: those of older versions */
  readonly unsealedUpTo: number

  constructor(
    private readonly findings: FactFinding[],
    sealing: SealData | undefined,
  ) {
    // without a seal every event counts, and what no event tells of is not compared
    this.from = sealing?.from ?? 0
    this.unsealedUpTo = sealing?.from ?? Number.POSITIVE_INFINITY
    this.chunks = sealing && chunksOf(sealing.round)
    this.chunk = this.chunks?.next()
  }

  of(table: string): Map<string, Last> {
    const facts = this.tables.get(table) ?? new Map<string, Last>()
    this.tables.set(table, facts)
    return facts
  }

  /** Takes the seal's rows that were read before event `eventId` was written. */
  takeChunks(eventId: number) {
    while (this.chunk && !this.chunk.done && this.chunk.value.eventId < eventId) {
      const { part, hashes } = this.chunk.value
      const facts = this.of(part)
      for (const [key, hash] of Object.entries(JSON.parse(hashes) as Record<string, string>)) {
        const last = facts.get(key)
        if (last && last.hash !== hash) this.name('differs', part, key, last.eventId)
        facts.set(key, { hash, eventId: null })
      }
      this.chunk = this.chunks?.next()
    }
  }

  /** Takes what an event holds: before and after of each fact. */
  takeEvent(eventId: number, hashes: FactHashes) {
    for (const [table, written] of Object.entries(hashes)) {
      const facts = this.of(table)
      for (const [key, text] of Object.entries(written)) {
        const [before = '', after = ''] = text.split('>')
        const last = facts.get(key)
        if (last && last.hash !== before) this.name('edited_before', table, key, eventId)
        facts.set(key, { hash: after, eventId })
      }
    }
  }

  private name(kind: FactFinding['kind'], subject: string, key: string, eventId: number | null) {
    this.findings.push({ kind, subject, key, eventId })
  }
}

/** Walks the log: chain, seals, where it ends; hands each event's facts to `known`. */
function walkEvents(key: KeyObject | undefined, known: KnownFacts, findings: FactFinding[]) {
  const forged = (id: number) => findings.push({ kind: 'forged', subject: 'event', key: String(id), eventId: id })
  let previous = ''
  let count = 0
  for (const row of prepared<StoredEvent>('select * from event order by id').iterate()) {
    const fits = row.id === count + 1 && row.previous_hash === previous && eventHash(row) === row.hash
    const isSealed =
      row.seal === null ? row.id <= known.unsealedUpTo : key && sealText(key, 'event', row.hash) === row.seal
    if (!fits || !isSealed || !holdsFacts(row)) forged(row.id)
    count = row.id
    previous = row.hash
    if (row.facts === null || row.id <= known.from) continue
    known.takeChunks(row.id)
    known.takeEvent(row.id, JSON.parse(row.facts) as FactHashes)
  }
  const head = readHead('event')
  const isWhole = head && key && isHeadSealed(key, 'event', head) && head.lastId === count && head.hash === previous
  // an older version kept none, and does not move the one that is kept
  if (!isWhole && known.unsealedUpTo < count)
    findings.push({ kind: 'cut_off', subject: 'event', key: String(head?.lastId ?? count), eventId: null })
}

/** Returns true if an event's facts are those whose digest its chained `data` holds. */
function holdsFacts({ data, facts }: StoredEvent): boolean {
  if (facts === null) return !data.includes('"facts":"')
  return (JSON.parse(data) as { facts?: string }).facts === factsDigest(facts)
}

/** Compares the rows of one table; returns how many there are. `isSealed`: a row that nothing tells of is a finding. */
function compareTable(
  table: CoveredTable & { where?: string },
  known: KnownFacts,
  isSealed: boolean,
  findings: FactFinding[],
): number {
  const last = known.of(table.name)
  let rows = 0
  for (const row of prepared<Value[]>(selectFacts(table)).raw().iterate()) {
    rows += 1
    const { key, hash } = factOf(table, row as Value[])
    const told = last.get(key)
    last.delete(key)
    if (told?.hash === hash) continue
    if (told === undefined && !isSealed) continue
    const kind = told === undefined || told.hash === '' ? 'unlogged' : 'differs'
    findings.push({ kind, subject: table.name, key, eventId: told?.eventId ?? null })
  }
  if (!table.mayVanish)
    for (const [key, { hash, eventId }] of last)
      if (hash !== '') findings.push({ kind: 'gone', subject: table.name, key, eventId })
  return rows
}

/** Checks the access log: links, the rows from before links, gaps, and where it ends. Returns how many rows it has. */
function checkOpenings(
  key: KeyObject | undefined,
  known: KnownFacts,
  isSealed: boolean,
  findings: FactFinding[],
): number {
  const name = (kind: FactFinding['kind'], id: number) =>
    findings.push({ kind, subject: 'access_log', key: String(id), eventId: null })
  const old = known.of('access_log')
  const unlinked = compareTable(OLD_OPENINGS, known, isSealed, findings)
  const head = readHead('access_log')
  const firstId = head?.firstId ?? 0
  // compared rows are taken out of the map
  for (const id of [...old.keys()].map(Number)) if (id >= firstId) name('gone', id)
  let before: { id: number; link: string } | undefined
  let linked = 0
  for (const row of prepared<Opening & { link: string }>(
    'select * from access_log where link is not null order by id',
  ).iterate()) {
    linked += 1
    // follows one that expired, whose link is gone
    const isFirst = before === undefined && row.id === firstId
    const fits = key && (isFirst || linkOf(key, before?.link ?? '', row) === row.link)
    if (!fits || row.id < firstId) name('forged', row.id)
    before = row
  }
  if (!head) return unlinked + linked
  const isWhole = key && isHeadSealed(key, 'access_log', head)
  const isEnd = before
    ? before.id === head.lastId && before.link === head.hash
    : head.lastId < firstId || head.lastId === 0
  if (!isWhole || !isEnd) name('cut_off', head.lastId)
  return unlinked + linked
}
