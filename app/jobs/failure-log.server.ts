import { describeFailure } from '#app/domain/failure.ts'

/**
 * One line of log, as pino writes an error, for threads and handlers that have no log of their own: what failed without
 * its values, and what it belongs to (`id` of a request, `job`; `mail`: one address
 * was refused, or the mail server failed).
 */
export function logFailure(
  thrown: unknown,
  belongsTo: { id?: string; job?: number; mail?: 'server' | 'refused' } = {},
) {
  const line = { level: 50, time: new Date().toISOString(), ...belongsTo, ...describeFailure(thrown) }
  process.stderr.write(`${JSON.stringify(line)}\n`)
}
