import { cutText } from './letters.ts'

/** What is written of a failure: its kind, its sentence without values, and where it happened. */
type Failure = { error: string; message: string; at: string[] }

/** Values to remove: parsers quote what they read, mail servers name refused addresses, and numbers may be personal. */
const VALUES = /"[^"]*(?:"|$)|“[^”]*(?:”|$)|`[^`]*(?:`|$)|\S+@\S+|\d(?:[\d .-]*\d){5,}/gs
const MOST_FRAMES = 12

/** Returns what may be logged about a thrown value: never the values that the failing code held. */
export function describeFailure(thrown: unknown): Failure {
  if (!(thrown instanceof Error)) return { error: typeof thrown, message: '', at: [] }
  const frames = (thrown.stack ?? '').split('\n').filter(line => /^\s+at /.test(line))
  return {
    error: thrown.name,
    message: cutText(thrown.message.replaceAll(VALUES, '…'), 300),
    at: frames.slice(0, MOST_FRAMES).map(line => line.trim()),
  }
}
