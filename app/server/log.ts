import pino from 'pino'

/** Structured log on standard output. What is logged holds ids and routes, never a name, a code or a query string. */
export function makeLog(level: string) {
  return pino({ level, base: undefined, timestamp: pino.stdTimeFunctions.isoTime })
}
