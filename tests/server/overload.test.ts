import { EventEmitter } from 'node:events'
import type { Request, Response } from 'express'
import { describe, expect, it } from 'vitest'
import { shedLoad } from '#app/server/overload.ts'

/** A response that remembers what was done with it; it emits `close` once it is sent. */
class Answer extends EventEmitter {
  readonly headers: Record<string, string> = {}
  code = 200
  body = ''
  req = { path: '/' }
  set(name: string, value: string) {
    this.headers[name] = value
    return this
  }
  status(code: number) {
    this.code = code
    return this
  }
  type() {
    return this
  }
  send(body: string) {
    this.body = body
    return this
  }
}

let refusals = 0
const door = shedLoad(() => {
  refusals += 1
})

/** Asks at the door; whether it opened. */
function ask(path = '/'): { answer: Answer; isIn: boolean } {
  const answer = new Answer()
  let isIn = false
  door({ path } as Request, answer as unknown as Response, () => {
    isIn = true
  })
  return { answer, isIn }
}

/** Keeps the process working, in turns, for `ms`. */
async function work(ms: number) {
  for (const start = performance.now(); performance.now() - start < ms; ) {
    const turn = performance.now()
    while (performance.now() - turn < 20);
    await new Promise(resolve => setImmediate(resolve))
  }
}

describe('the door', () => {
  it('lets everyone in while there is time, however many are inside', () => {
    const inside = Array.from({ length: 200 }, () => ask())
    expect(inside.every(({ isIn }) => isIn)).toBe(true)
    for (const { answer } of inside) answer.emit('close')
  })

  it('refuses with 503 and when to come back once all hands are full, and opens again when some are done', async () => {
    const inside = Array.from({ length: 60 }, () => ask())
    await work(800)
    const { answer, isIn } = ask()
    expect(isIn).toBe(false)
    expect(answer.code).toBe(503)
    expect(refusals).toBe(1)
    expect(Number(answer.headers['Retry-After'])).toBeGreaterThan(0)
    expect(answer.body).toContain('chưa được ghi nhận')
    expect(ask('/healthz').isIn).toBe(true)
    for (const one of inside) one.answer.emit('close')
    expect(ask().isIn).toBe(true)
  })
})
