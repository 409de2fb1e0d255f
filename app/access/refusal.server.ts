import type { Refusal, RefusalKind } from '#app/domain/refusal.ts'

const ANSWERS: Record<RefusalKind, readonly [status: number, statusText: string]> = {
  malformed: [400, 'Bad Request'],
  token_unknown: [401, 'Unauthorized'],
  forbidden: [403, 'Forbidden'],
  not_found: [404, 'Not Found'],
  conflict: [409, 'Conflict'],
  gone: [410, 'Gone'],
  busy: [503, 'Service Unavailable'],
}

/** The HTTP answer to a refusal, without a body: pages show their own sentence, the API a problem (RFC 9457). */
export function answerOf({ kind, facts }: Refusal): Response {
  const [status, statusText] = ANSWERS[kind]
  const headers = facts.waitSeconds === undefined ? undefined : { 'Retry-After': String(facts.waitSeconds) }
  return new Response(null, { status, statusText, headers })
}
