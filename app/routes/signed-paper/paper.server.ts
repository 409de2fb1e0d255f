import { PAPER_KINDS } from '#app/jobs/papers/paper-kind.server.ts'
import { paperRow } from '#app/queries/prepared-paper.server.ts'
import { found, idOf, notFound, type Visit } from '../_web/visit.server.ts'

/** The prepared paper that an address names, with the rules of its kind; 404 for who may not see it. */
export function askedPaper({ actor, campaign }: Visit, paperId: string | undefined) {
  const row = found(paperRow(campaign.id, idOf(paperId)))
  const rules = PAPER_KINDS[row.kind]
  if (!rules.maySee(actor, row)) throw notFound()
  return { row, rules, mayKeep: rules.mayKeep(actor, row) }
}
