import { performance } from 'node:perf_hooks'
import type { NextFunction, Request, Response } from 'express'
import { refuse } from './guard.ts'

/** Requests that one process has in hand before it looks at how busy it is. */
const MOST_IN_HAND = 48
/** Share of a second (0–1) that the process spent working, from which on more requests only make everyone wait. */
const BUSY = 0.9
const LOOK_MS = 250
const RETRY_SECONDS = 2
const TOO_BUSY =
  'Máy chủ đang có quá nhiều người dùng cùng lúc. Anh/chị chờ vài giây rồi tải lại trang; điều vừa gửi chưa được ghi nhận.'

/**
 * Refuses requests while this process is overloaded, so that accepted requests are answered in time. A refusal costs a
 * small part of a page. Slow senders alone do not count as load. A refused client gets 503 with the time to retry;
 * `countRefusal` is called for each.
 */
export function shedLoad(countRefusal: () => void) {
  let inHand = 0
  let isBusy = false
  let last = performance.eventLoopUtilization()
  setInterval(() => {
    const now = performance.eventLoopUtilization()
    isBusy = performance.eventLoopUtilization(now, last).utilization >= BUSY
    last = now
  }, LOOK_MS).unref()
  return (request: Request, response: Response, next: NextFunction) => {
    if (inHand >= MOST_IN_HAND && isBusy && request.path !== '/healthz') {
      countRefusal()
      response.set('Retry-After', String(RETRY_SECONDS))
      refuse(response, 503, TOO_BUSY)
      return
    }
    inHand += 1
    response.once('close', () => {
      inHand -= 1
    })
    next()
  }
}
