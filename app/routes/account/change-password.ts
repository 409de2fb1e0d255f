import { redirect } from '@remix-run/node'
import { weakness } from '#app/access/password.server.ts'
import { listSessions, revokeSession } from '#app/access/session.server.ts'
import type { InputProblem } from '#app/domain/problem.ts'
import { z } from '#app/domain/zod.ts'
import { changePassword } from '#app/queries/account.server.ts'
import { ownCounts, tryWithin } from '#app/queries/sign-in-limit.server.ts'
import { readForm } from '../_web/form.server.ts'
import { redirectWith } from '../_web/redirect.server.ts'
import { writes } from '../_web/visit.server.ts'

const passwords = z.object({
  present: z.string().max(200),
  password: z.string().max(200),
  repeated: z.string().max(200),
})

const refuse = (reason: InputProblem) => redirect(`/tai-khoan?loi=${reason}#mat-khau`)

/**
 * Changes one's own password; every other session ends. Errors are returned by their code: no password is sent back.
 */
export const action = writes(async ({ actor, sessionHash }, { form }) => {
  const submission = readForm(form, passwords)
  if (submission.status !== 'success') return refuse('required')
  const { present, password, repeated } = submission.value
  const weak = await weakness(password, actor.login)
  if (weak) return refuse(`password_${weak}`)
  if (password !== repeated) return refuse('password_differs')
  const { waitMs, found } = await tryWithin(
    ownCounts(actor.accountId),
    async () => (await changePassword(actor, present, password)).ok || undefined,
  )
  if (waitMs > 0) return refuse('too_many_tries')
  if (!found) return refuse('password_wrong')
  for (const { hash } of listSessions(actor.accountId)) if (hash !== sessionHash) revokeSession(actor.accountId, hash)
  return redirectWith('/tai-khoan', 'da-doi')
})
