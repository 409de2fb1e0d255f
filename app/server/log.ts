import pino from 'pino'

/** Structured log on standard output. What is logged holds ids and paths, never a name, number or query string. */
export function makeLog(level: string) {
  return pino({ level, base: undefined, timestamp: pino.stdTimeFunctions.isoTime })
}

/** Segments of our own addresses: words of a route, ids and codes of places, days. Never a person's number: those are longer. */
const OWN_SEGMENT = /^(?:[a-z]+(?:-[a-z]+)*(?:\.[a-z]+)*|\d{1,8}(?:\.[a-z]+)*|[a-z]+(?:-\d{1,4})+(?:\.[a-z]+)*)?$/

/** A path as the log shows it: a citizen's code, or anything that somebody typed into the address, is `…`. */
export function loggedPath(path: string): string {
  return path
    .slice(0, 300)
    .split('/')
    .map((segment, n, all) => (OWN_SEGMENT.test(segment) && segment.length <= 40 && all[n - 1] !== 'x' ? segment : '…'))
    .join('/')
}
