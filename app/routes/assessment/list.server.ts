import { canSomewhere } from '#app/access/policy.ts'
import { BLOCKS, CATEGORIES, COLLECTIVE_RESULTS, OFFICIAL_RESULTS, UNIT_KINDS } from '#app/domain/vocabulary.ts'
import { scopeUnit, scopeUnits, unitsAboveInScope } from '#app/queries/aggregate.server.ts'
import { listClosings } from '#app/queries/closing.server.ts'
import { figuresInMotion } from '#app/queries/job.server.ts'
import { regulationOf } from '#app/queries/judging/index.server.ts'
import { listChildren } from '#app/queries/unit.server.ts'
import { quotaReadings } from '#app/text/assessment.ts'
import { frozenNote } from '#app/text/closing.ts'
import { formatAsOf, formatDay } from '#app/text/format.ts'
import { found, idOf, type Visit } from '../_web/visit.server.ts'

/**
 * Chooses the version of `?ban=` for the lists of assessments: a frozen one by its number, or `hien-tai` for today's
 * figures. Without `?ban=` it is the newest frozen one, or today's figures before the close. 404 if the reader has no
 * such version.
 */
export function chooseClosing({ actor, campaign }: Visit, url: URL) {
  const mayRehearse = canSomewhere(actor, 'closing.view')
  const all = listClosings(campaign.id).filter(row => row.frozenAt !== null && (row.version > 0 || mayRehearse))
  const asked = url.searchParams.get('ban')
  const chosen =
    asked === 'hien-tai'
      ? undefined
      : asked
        ? found(all.find(row => String(row.version) === asked))
        : all.find(row => row.version > 0)
  return {
    closing: chosen && {
      id: chosen.id,
      version: chosen.version,
      hash: chosen.hash,
      note: frozenNote(
        { version: chosen.version, on: formatDay(chosen.summary.on) },
        { code: campaign.code, regulationVersion: regulationOf(chosen.regulationId).version },
      ),
    },
    asked: asked ?? '',
    versions: all.map(row => row.version),
  }
}

/** Rows of one page of a list. */
export const PAGE = 30

/** What both lists load: where they are, the version that they show, and their own parameters. */
export function frameOf(
  { actor, campaign, regulation, at }: Visit,
  { closing, asked, versions }: ReturnType<typeof chooseClosing>,
  place: Omit<ReturnType<typeof readUnit>, 'unit'> & { unit: { id: number; name: string; isChosen: boolean } },
  query: Record<string, string>,
) {
  const { unit, above, units } = place
  return {
    unit,
    above,
    units,
    query: { 'ket-qua': '', 'don-vi': unit.isChosen ? String(unit.id) : '', ...query, ban: asked },
    closing: closing ?? null,
    versions,
    mayReplay: canSomewhere(actor, 'scenario.compute'),
    readings: quotaReadings(regulation),
    motion: closing ? null : figuresInMotion(campaign.id),
    asOf: formatAsOf(at),
  }
}

const choice = <Word extends string>(words: readonly Word[], typed: string | null) => words.find(word => word === typed)

/** The unit of `?don-vi=` (else the visitor's largest) for lists under an action, and where one can go from there. */
function readUnit({ actor }: Visit, url: URL, action: 'assessment.view' | 'assessment.view_units') {
  const typed = url.searchParams.get('don-vi')
  const unit = found(scopeUnit(actor, action, typed ? idOf(typed) : undefined))
  const children = listChildren(actor, unit.id).map(({ id, name }) => ({ id, name }))
  return {
    unit: { id: unit.id, name: unit.name, path: unit.path, isChosen: typed !== null && typed !== '' },
    above: unitsAboveInScope(actor, action, unit),
    /** units to choose from: those below, and the other largest ones of the visitor */
    units: [...scopeUnits(actor, action).map(({ id, name }) => ({ id, name })), ...children].filter(
      (row, n, all) => row.id !== unit.id && all.findIndex(other => other.id === row.id) === n,
    ),
  }
}

/** The list of officials that a URL asks for; the search words stay out of the log. */
export function readOfficials(visit: Visit, url: URL) {
  const { unit, ...place } = readUnit(visit, url, 'assessment.view')
  const block = choice(BLOCKS, url.searchParams.get('khoi'))
  const category = choice(CATEGORIES, url.searchParams.get('loai'))
  const search = url.searchParams.get('tim')?.trim().slice(0, 100) || undefined
  const isApart = url.searchParams.get('khac') === '1'
  const asked = url.searchParams.get('ket-qua')
  const result = asked === 'all' || isApart ? undefined : (choice(OFFICIAL_RESULTS, asked) ?? 'eligible')
  return {
    ...place,
    unit,
    filter: { unitPath: unit.path, block, category, search, isApart, result },
    logged: {
      result: result ?? null,
      block: block ?? null,
      category: category ?? null,
      isApart,
      isSearched: search !== undefined,
    },
  }
}

/** The list of collectives that a URL asks for. */
export function readCollectives(visit: Visit, url: URL) {
  const { unit, ...place } = readUnit(visit, url, 'assessment.view_units')
  const block = choice(BLOCKS, url.searchParams.get('khoi'))
  const kind = choice(UNIT_KINDS, url.searchParams.get('cap'))
  const result = choice(COLLECTIVE_RESULTS, url.searchParams.get('ket-qua'))
  return {
    ...place,
    unit,
    filter: { unitPath: unit.path, block, kind },
    result,
    logged: { result: result ?? null, block: block ?? null, kind: kind ?? null },
  }
}
