import { afterEach, beforeEach, expect, it } from 'vitest'
import { runJob } from '#app/jobs/run.server.ts'
import { countJobs, findJob, startJob, takeJob } from '#app/queries/job.server.ts'
import { CAMPAIGN, dropProvince, makeOfficial, makeProvince, system, unitNamed } from '#tests/make.ts'

beforeEach(() => makeProvince())
afterEach(dropProvince)

function take() {
  const job = takeJob()
  if (!job) throw new Error('no job waits')
  return job
}

it('a job ends after its step when the process stops, waits, and is done by the next worker', async () => {
  makeOfficial(unitNamed('Sở Nội vụ').id)
  const jobId = startJob(system, 'rejudge', { campaignId: CAMPAIGN })
  await runJob(take(), () => true)
  expect(findJob(system, jobId)).toMatchObject({ state: 'queued', done: 1, finishedAt: null })
  expect(countJobs()).toMatchObject({ counts: [{ kind: 'rejudge', state: 'queued', count: 1 }] })
  expect(countJobs().oldestQueuedAt).toBeGreaterThan(0)
  await runJob(take())
  expect(findJob(system, jobId)).toMatchObject({ state: 'done' })
  expect(countJobs()).toEqual({ counts: [], oldestQueuedAt: null })
})
