import type { Actor } from '#app/access/policy.ts'
import { finishJob, type Job, type JobKind, noteProgress, requeueJob } from '#app/queries/job.server.ts'
import { rejudgeCampaign } from '#app/queries/judging/index.server.ts'
import { nameHolds } from '#app/queries/steps.server.ts'
import { refreshPlans } from '#db/client.server.ts'
import { computeClosing, computeReplay } from './closing.server.ts'
import { loadDemo } from './demo/province.ts'
import { sendDigests } from './digest.server.ts'
import { moveExtract, readExtract } from './extract.server.ts'
import { logFailure } from './failure-log.server.ts'
import { applyHelpFile, planHelpFile } from './help.server.ts'
import { drawOrderedInspection } from './inspection.server.ts'
import { bundlePapers } from './papers/bundle.server.ts'
import { applyRoster, planRosterFile } from './roster.server.ts'
import { applyWorklistFile, planWorklistFile } from './worklist.server.ts'

export type Progress = (done: number, total: number) => void
type Work = (
  input: never,
  actor: Actor,
  progress: Progress,
) => Promise<Record<string, unknown>> | Record<string, unknown>

const WORK: Record<JobKind, Work> = {
  roster_plan: planRosterFile,
  roster_apply: applyRoster,
  rejudge: async ({ campaignId }: { campaignId: number }, actor, progress) => {
    await rejudgeCampaign(actor, campaignId, progress)
    return { campaignId }
  },
  extract_read: readExtract,
  extract_apply: moveExtract,
  extract_undo: moveExtract,
  closing: computeClosing,
  replay: computeReplay,
  worklist_plan: planWorklistFile,
  worklist_apply: applyWorklistFile,
  inspection_draw: drawOrderedInspection,
  digest: sendDigests,
  help_plan: planHelpFile,
  help_apply: applyHelpFile,
  round_papers: bundlePapers,
  demo_load: (_input: never, _actor, progress) => loadDemo(progress).then(() => ({})),
}

/** Ends a job between two steps because the process stops. The job later resumes or restarts, depending on its kind. */
class Interrupted extends Error {}

/**
 * Runs one job to its end. A failure is logged, and kept with the job so that the account that started it can read it.
 * When `isStopping` returns true, the job ends after its present step and waits for the next worker. `beat` is called
 * at each step.
 */
export async function runJob(job: Job, isStopping = () => false, beat = () => {}) {
  const actor: Actor = { kind: 'system' }
  try {
    nameHolds(job.kind)
    const result = await WORK[job.kind](JSON.parse(job.input) as never, actor, (done, total) => {
      noteProgress(job.id, done, total)
      beat()
      if (isStopping()) throw new Interrupted()
    })
    refreshPlans()
    finishJob(job.id, 'done', result)
  } catch (error) {
    if (error instanceof Interrupted) return requeueJob(job.id)
    logFailure(error, { job: job.id })
    finishJob(job.id, 'failed', { reason: error instanceof Error ? error.message : String(error) })
  }
}
