import { redirect } from '@remix-run/node'
import { restartJob } from '#app/queries/job.server.ts'
import { found, idOf, writes } from '../_web/visit.server.ts'

/** Starts a failed job once more. */
export const action = writes(({ actor }, { params }) =>
  redirect(`/cong-viec/${found(restartJob(actor, idOf(params.jobId)))}`),
)
