import { createHash } from 'node:crypto'
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { bearerOf, countRequest, noteWrongToken, waitForAddress } from '#app/access/api-token.server.ts'
import type { Token } from '#app/access/policy.ts'
import { answerOf } from '#app/access/refusal.server.ts'
import { flatTable, writeCsv } from '#app/documents/csv.ts'
import { API_OPERATIONS, type ApiOperation, type ApiOperationName, type ProblemDetails } from '#app/domain/api.ts'
import type { Day } from '#app/domain/calendar.ts'
import { INPUT_PROBLEMS } from '#app/domain/problem.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { z } from '#app/domain/zod.ts'
import { logFailure } from '#app/jobs/failure-log.server.ts'
import { findToken } from '#app/queries/api-token.server.ts'
import { heldRights, requireToken } from '#app/queries/held-rights.server.ts'
import { faultOf, retryBusy } from '#app/queries/retry.server.ts'
import { problemTitles } from '#app/text/api.ts'
import { explainProblem } from '#app/text/problem.ts'

type Operations = typeof API_OPERATIONS
type Args = LoaderFunctionArgs | ActionFunctionArgs

/** What an operation of the interface works with. */
export type Asked<Name extends ApiOperationName> = {
  actor: Token
  campaignId: number
  today: Day
  query: z.output<Operations[Name]['query']>
  params: Operations[Name] extends { params: infer Shape extends z.ZodObject } ? z.output<Shape> : Record<string, never>
  request: Request
}

/** An answer that is not the operation's: a problem after RFC 9457, its title by its status. */
export function problem(status: number, rest: Omit<Partial<ProblemDetails>, 'status'> = {}, headers: HeadersInit = {}) {
  const body: ProblemDetails = {
    type: 'about:blank',
    title: problemTitles[status] ?? problemTitles[500] ?? '',
    status,
    ...rest,
  }
  return new Response(JSON.stringify(body), {
    status,
    headers: {
      'Content-Type': 'application/problem+json; charset=utf-8',
      'Cache-Control': 'no-store',
      ...Object.fromEntries(new Headers(headers)),
    },
  })
}

/** Fields that were not taken, as a problem. */
export function refuse(errors: readonly { field: string; detail: string }[]) {
  return problem(400, { errors: [...errors] })
}

/**
 * Wraps a loader or action that answers one operation for the holders of a token with its scope. It answers in JSON by
 * the operation's own shape, or in CSV if that is asked for and it is a list. It is 304 if the reader already has it.
 * `work` undefined: 404.
 */
export function answersApi<Name extends ApiOperationName>(
  name: Name,
  work: (asked: Asked<Name>) => z.input<Operations[Name]['answer']> | undefined | Response | Promise<Response>,
) {
  const operation: ApiOperation = API_OPERATIONS[name]
  return async (args: Args): Promise<Response> => {
    try {
      if (args.request.method.toLowerCase() !== operation.method && args.request.method !== 'HEAD') return problem(405)
      const found = await authenticate(args, operation)
      if (found instanceof Response) return found
      const asked = readAsked(args, operation)
      if (asked instanceof Response) return asked
      const ask = async () =>
        await work({ ...found, ...asked, today: found.actor.on, request: args.request } as Asked<Name>)
      // the body is read inside `work`: the token must still be good when it writes
      const result = await heldRights.run(
        () => requireToken(bearerOf(args.request) ?? ''),
        () => retryBusy(ask),
      )
      if (result === undefined) return problem(404)
      return result instanceof Response ? result : answer(args.request, operation, result)
    } catch (thrown) {
      return failed(thrown, args.context.requestId)
    }
  }
}

async function authenticate({ request, context }: Args, { scope }: ApiOperation) {
  const token = bearerOf(request)
  // a token is 256 random bits: a right one is never refused for what others tried from the same address
  const found = token === undefined ? undefined : await retryBusy(() => findToken(token))
  if (!found) {
    const wait = await waitForAddress(context.address)
    if (wait > 0) return problem(429, {}, { 'Retry-After': String(wait) })
    if (token !== undefined) await retryBusy(() => noteWrongToken(context.address))
    return problem(401, {}, { 'WWW-Authenticate': 'Bearer realm="4phu"' })
  }
  const rest = await retryBusy(() => countRequest(found.actor.tokenId))
  if (rest > 0) return problem(429, {}, { 'Retry-After': String(rest) })
  if (scope !== null && !found.actor.scopes.includes(scope)) return problem(403)
  return found
}

function readAsked({ request, params }: Args, operation: ApiOperation) {
  const query = operation.query.safeParse(Object.fromEntries(new URL(request.url).searchParams), IN_VIETNAMESE)
  if (!query.success) return refuse(issuesOf(query.error))
  const path = operation.params?.safeParse(params)
  if (path && !path.success) return problem(404)
  return { query: query.data, params: path?.data ?? {} }
}

/** For parsing what another system sent: zod's own messages in Vietnamese. */
export const IN_VIETNAMESE = { error: z.locales.vi().localeError }

/** Lists what zod found, field by field; codes of ours in their own words. */
export function issuesOf(error: z.ZodError) {
  return error.issues.map(({ path, message }) => ({
    field: path.join('.'),
    detail: (INPUT_PROBLEMS as readonly string[]).includes(message) ? explainProblem(message) : message,
  }))
}

/** The answer in JSON or CSV with its tag, or 304. */
export function answer(request: Request, operation: ApiOperation, result: unknown): Response {
  const parsed = operation.answer.parse(result)
  const isCsv = operation.csv === true && wantsCsv(request)
  const body = isCsv ? csvOf(parsed) : JSON.stringify(parsed)
  const tag = `W/"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`
  const next = typeof parsed === 'object' && parsed !== null && 'next' in parsed ? parsed.next : null
  const headers = {
    'Cache-Control': 'private, no-cache',
    ETag: tag,
    Vary: 'Authorization, Accept',
    ...(typeof next === 'string' ? { Link: `<${nextUrl(request, next)}>; rel="next"` } : {}),
  }
  if (operation.method === 'get' && request.headers.get('If-None-Match')?.includes(tag))
    return new Response(null, { status: 304, headers })
  const type = isCsv ? 'text/csv; charset=utf-8' : 'application/json; charset=utf-8'
  return new Response(body, { status: operation.status, headers: { ...headers, 'Content-Type': type } })
}

function wantsCsv(request: Request): boolean {
  const format = new URL(request.url).searchParams.get('format')
  return format === 'csv' || (format === null && /\btext\/csv\b/.test(request.headers.get('Accept') ?? ''))
}

function csvOf(parsed: unknown): string {
  const { items, totals, campaign, basis, version } = parsed as {
    items: Record<string, unknown>[]
    totals?: Record<string, unknown>
    campaign?: string
    basis?: string
    version?: number | null
  }
  // a table that is kept without its answer still says on what it rests
  if (campaign !== undefined) {
    const { header, rows } = flatTable(items.map(item => ({ ...item, campaign, basis, version: version ?? '' })))
    return writeCsv(header, rows)
  }
  const { header, rows } = flatTable(totals ? [...items, { code: '', name: 'Tổng', targets: totals }] : items)
  return writeCsv(header, rows)
}

function nextUrl(request: Request, next: string): string {
  const url = new URL(request.url)
  url.searchParams.set('after', next)
  return `${url.pathname}${url.search}`
}

/** Turns what a query threw (403, 404, 503) into a problem; anything else is logged without its values, and 500. */
function failed(thrown: unknown, id: string): Response {
  if (thrown instanceof Refusal) {
    const { status, headers } = answerOf(thrown)
    return problem(status, {}, headers)
  }
  logFailure(thrown, { id })
  return faultOf(thrown) ? problem(503, {}, { 'Retry-After': '60' }) : problem(500, { detail: `Mã yêu cầu: ${id}` })
}

/** Nothing of the kind at this address: for methods and paths that no operation has. */
export const noOperation = (status: 404 | 405) => () => problem(status)
