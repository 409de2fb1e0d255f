import type { FieldProblem, InputProblem } from './problem.ts'

/** Why a request is refused; how each interface answers is in `access/refusal.server.ts`. */
export type RefusalKind = 'malformed' | 'token_unknown' | 'forbidden' | 'not_found' | 'conflict' | 'gone' | 'busy'

/** Thrown where an act is refused as a whole. What does not exist and what is out of sight are both `not_found`. */
export class Refusal extends Error {
  kind: RefusalKind
  /** the act that was refused, for the log; or after how many seconds it may be tried again */
  facts: { act?: string; waitSeconds?: number }

  constructor(kind: RefusalKind, facts: Refusal['facts'] = {}) {
    super(kind)
    this.kind = kind
    this.facts = facts
  }
}

export const notFound = () => new Refusal('not_found')
export const forbidden = (act?: string) => new Refusal('forbidden', { act })
export const busy = (waitSeconds: number) => new Refusal('busy', { waitSeconds })

/** Returns the value; throws `not_found` if a query found none. */
export function found<T>(value: T | undefined): T {
  if (value === undefined) throw notFound()
  return value
}

/** What a write returns: its facts, or why nothing was written, as fields that do not fit or as one word. */
export type Result<T = object, Why = FieldProblem[]> =
  | ({ ok: true } & T)
  | ([Why] extends [string] ? { ok: false; problem: Why } : { ok: false; problems: Why })

/** The result of a write that one field keeps from being done; '' names none. */
export const refused = (field: string, reason: InputProblem) => ({ ok: false as const, problems: [{ field, reason }] })
