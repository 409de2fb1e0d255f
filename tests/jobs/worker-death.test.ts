import { afterEach, beforeEach, expect, it } from 'vitest'
import {
  countFailedJobs,
  findJob,
  findRunning,
  giveUpDeadly,
  requeueJob,
  startJob,
  takeJob,
} from '#app/queries/job.server.ts'
import { explainJobFailure } from '#app/text/job.ts'
import { CAMPAIGN, dropProvince, makeProvince, system } from '#tests/make.ts'

beforeEach(() => makeProvince())
afterEach(dropProvince)

const queue = () => startJob(system, 'rejudge', { campaignId: CAMPAIGN })

/** A worker that begins: it gives up what has killed it too often, and takes the next. */
const begin = () => {
  giveUpDeadly()
  return takeJob()?.id
}

it('a job that kills its worker three times is given up with its reason, and the next has its turn', () => {
  const [deadly, next] = [queue(), queue()]
  expect([begin(), begin(), begin()]).toEqual([deadly, deadly, deadly])
  expect(begin()).toBe(next)
  const given = findJob(system, deadly)
  expect(given).toMatchObject({ state: 'failed', attempts: 3, result: '{"reason":"worker_died"}' })
  expect(explainJobFailure('worker_died')).toContain('ba lần')
  expect(countFailedJobs(Date.now() - 60_000)).toEqual([{ kind: 'rejudge', count: 1 }])
  expect(countFailedJobs(Date.now() + 60_000)).toEqual([])
})

it('a stop that gives the job back, and a storage that failed under it, are no deaths', () => {
  const jobId = queue()
  for (let n = 0; n < 5; n++) {
    expect(begin()).toBe(jobId)
    requeueJob(jobId)
  }
  expect(begin()).toBe(jobId)
  for (let n = 0; n < 5; n++) expect(takeJob(jobId)?.id).toBe(jobId)
  expect(findJob(system, jobId)).toMatchObject({ state: 'running', attempts: 1 })
})

it('a running job tells since when it runs and when it last gave a sign of life', () => {
  expect(findRunning()).toBeUndefined()
  const before = Date.now()
  queue()
  takeJob()
  const running = findRunning()
  expect(running?.startedAt).toBeGreaterThanOrEqual(before)
  expect(running?.aliveAt).toBeGreaterThanOrEqual(before)
})
