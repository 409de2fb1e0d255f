import type { EarlyAnswer } from '#app/domain/early-check.ts'
import { explainEarly, explainKept } from '#app/text/citizen-number.ts'
import type { KnownCitizen } from '#app/ui/citizen-number.tsx'
import { openStore } from './draft.ts'
import { keptAbout, placeOfKept } from './kept-citizen.ts'
import { type KeptRow, listKept } from './outbox.ts'

/** How long to wait for the server (ms): the form goes on without it. */
const PATIENCE_MS = 5000

/** The form about this citizen in the phone's outbox; undefined: none, or it cannot be opened. */
async function findKept(number: string, formKey: string): Promise<KeptRow | undefined> {
  const store = await openStore().catch(() => undefined)
  return keptAbout(store ? await listKept(store).catch(() => []) : [], { number, formKey })
}

const sayKept = (kept: KeptRow): KnownCitizen => ({
  said: () => explainKept(kept),
  leadsTo: placeOfKept(kept),
  fields: null,
})

/** Says whether this phone recorded the citizen lately. Needs no server, and knows nothing of others' records. */
export async function askPhone(number: string, formKey: string): Promise<KnownCitizen | null> {
  const kept = await findKept(number, formKey)
  return kept ? sayKept(kept) : null
}

/** Says what the phone has not sent yet; of all else the server knows more. */
export async function askPhoneAndServer(number: string, formKey: string): Promise<KnownCitizen | null> {
  const kept = await findKept(number, formKey)
  return kept && kept.saved === null ? sayKept(kept) : askServer(number)
}

async function askServer(number: string): Promise<KnownCitizen | null> {
  const response = await fetch('/ho-tro/kiem-tra-so', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ number }),
    signal: AbortSignal.timeout(PATIENCE_MS),
  }).catch(() => null)
  if (!response?.ok) return null
  const answer = (await response.json()) as EarlyAnswer
  return {
    said: names => explainEarly(answer, names),
    leadsTo: answer.own ? `/ho-tro/${answer.own.helpId}/sua` : null,
    fields: answer.assigned,
  }
}
