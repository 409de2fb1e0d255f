import { isSealDue, sealFacts } from '#app/queries/fact-seal.server.ts'
import { nameHolds } from '#app/queries/steps.server.ts'
import { whenDue } from './when-due.server.ts'

/** Seals the facts that are older than events with hashes, at the first start after a migration that makes it due. */
export const sealWhenDue = whenDue(60_000, async () => {
  if (!isSealDue()) return
  nameHolds('seal')
  await sealFacts({ kind: 'system' })
})
