import type { ClientRequest, IncomingMessage } from 'node:http'
import { request as httpsRequest, type RequestOptions } from 'node:https'
import { publicLookup } from '#app/access/public-address.server.ts'
import { vapidHeader } from '#app/access/vapid.server.ts'
import { outcomeOf, type PushOutcome } from '#app/domain/push.ts'
import { listWaitingPushes, settlePush, type WaitingPush } from '#app/queries/push.server.ts'
import { retryBusy } from '#app/queries/retry.server.ts'
import { nameHolds } from '#app/queries/steps.server.ts'
import { logFailure } from './failure-log.server.ts'
import { whenDue } from './when-due.server.ts'

/** How a request is made; a test puts its own in. */
type Dial = (address: URL, options: RequestOptions, answered: (answer: IncomingMessage) => void) => ClientRequest

const TIMEOUT_MS = 5000
/** A service keeps a message so long for a phone that is off. */
const TTL_SECONDS = 86_400

/** Only public addresses, one connection each, no way through a redirect. */
const dialPublic: Dial = (address, options, answered) =>
  httpsRequest(address, { ...options, lookup: publicLookup, agent: false }, answered)

/**
 * Sends one empty message (RFC 8030) and tells the outcome. It holds no content at all, so there is nothing to
 * encrypt and nothing that a service could read.
 */
export function sendEmptyPush(push: WaitingPush, dial: Dial = dialPublic): Promise<PushOutcome> {
  const { endpoint, keys, contact } = push
  return new Promise(resolve => {
    const fail = (error: Error) => {
      // not the address: it is the browser's secret
      logFailure(new Error(`push: ${(error as { code?: string }).code ?? error.message}`))
      resolve('failed')
    }
    try {
      const request = dial(
        new URL(endpoint),
        {
          method: 'POST',
          timeout: TIMEOUT_MS,
          headers: {
            TTL: String(TTL_SECONDS),
            Urgency: 'normal',
            Topic: 'nhac-viec',
            'Content-Length': '0',
            Authorization: vapidHeader(endpoint, keys, { contact, at: Date.now() }),
          },
        },
        answer => {
          answer.destroy()
          const outcome = outcomeOf(answer.statusCode ?? 0)
          if (outcome === 'failed') logFailure(new Error(`push: ${answer.statusCode}`))
          resolve(outcome)
        },
      )
      request.on('timeout', () => request.destroy(Object.assign(new Error('timeout'), { code: 'ETIMEDOUT' })))
      request.on('error', fail)
      request.end()
    } catch (error) {
      fail(error as Error)
    }
  })
}

/** So many at once: the worker does nothing else for five seconds at most. */
const AT_ONCE = 20

/** Sends the messages that are due at the instant `at` (ms, real clock); returns how many there were. */
export async function sendPushes(at: number, dial?: Dial): Promise<number> {
  nameHolds('push')
  const due = listWaitingPushes(at, AT_ONCE)
  await Promise.all(
    due.map(async push => {
      // the list of services may have become shorter since the browser gave its address
      const outcome = push.isAllowed ? await sendEmptyPush(push, dial) : 'failed'
      await retryBusy(() => settlePush(push, outcome, at))
    }),
  )
  return due.length
}

const LOOK_MS = 3000

export const pushWhenDue = whenDue(LOOK_MS, async () => {
  await sendPushes(Date.now())
})
