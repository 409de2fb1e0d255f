import { readList } from '#app/documents/revocation-list.ts'
import { applyRevocationLists, lookAtKindsAgain } from '#app/queries/signature-again.server.ts'
import { kindsChangedAt } from '#app/queries/signature-kind.server.ts'
import { whenDue } from './when-due.server.ts'

const LOOK_MS = 2_000

/** The change of the table of kinds up to which kept signatures were looked at; undefined: not yet since the start. */
let lookedUpTo: number | undefined

/** What a list holds whose signature was checked as it was entered. */
export const withdrawnIn = (der: Buffer) => readList(der, der.length)?.withdrawn ?? []

/** Looks at kept signatures again where a list of withdrawn certificates came, or the table of kinds changed. */
async function lookAgain() {
  await applyRevocationLists(withdrawnIn)
  const changedAt = kindsChangedAt()
  if (changedAt === lookedUpTo) return
  await lookAtKindsAgain()
  lookedUpTo = changedAt
}

/** `lookAgain`, every two seconds at most. */
export const lookAgainWhenDue = whenDue(LOOK_MS, lookAgain)
