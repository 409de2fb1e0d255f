import type { FactCheck, FactFinding } from '#app/queries/fact-check.server.ts'

/** Findings of one kind and table that are named one by one; the others are counted. */
const MOST_NAMED = 100

const SAYINGS: Record<FactFinding['kind'], (finding: FactFinding) => string> = {
  unlogged: ({ subject, key }) => `${subject} ${key}: no event tells of it`,
  differs: ({ subject, key, eventId }) =>
    `${subject} ${key}: is not what ${eventId === null ? 'was sealed' : `event ${eventId} wrote`}`,
  gone: ({ subject, key, eventId }) =>
    `${subject} ${key}: is gone, though ${eventId === null ? 'it was sealed' : `event ${eventId} wrote it`}`,
  edited_before: ({ subject, key, eventId }) =>
    `${subject} ${key}: had been changed without an event before event ${eventId} wrote it`,
  forged: ({ subject, key }) => `${subject} ${key}: the application did not write it there like this`,
  cut_off: ({ subject, key }) => `${subject}: does not end with row ${key}, as was kept`,
  seal_changed: ({ key }) => `the hashes of seal ${key} are not those that its event sealed`,
}

/** What a check found, as lines for the operator: from when it speaks, then each finding. */
export function factLines({ since, facts, openings, findings }: FactCheck): string[] {
  const named = new Map<string, number>()
  const lines = findings.flatMap(finding => {
    const group = `${finding.kind} ${finding.subject}`
    const count = (named.get(group) ?? 0) + 1
    named.set(group, count)
    return count <= MOST_NAMED ? [SAYINGS[finding.kind](finding)] : []
  })
  const more = [...named]
    .filter(([, count]) => count > MOST_NAMED)
    .map(([group, count]) => `${count - MOST_NAMED} more: ${group}`)
  return [
    since === null
      ? 'older facts are not sealed yet: the worker does it after the start, this speaks of later events alone'
      : `speaks from event ${since.eventId}, ${new Date(since.at).toISOString()}, which sealed ${since.facts} older facts`,
    ...(since !== null && since.found > 0 ? [`${since.found} findings stood when they were sealed again`] : []),
    `${facts} facts and ${openings} openings compared, ${findings.length} findings`,
    ...lines,
    ...more,
  ]
}
