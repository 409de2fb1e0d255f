import { canSomewhere } from '#app/access/policy.ts'
import { scopeUnit, scopeUnits, unitsAboveInScope } from '#app/queries/aggregate.server.ts'
import { listClosings } from '#app/queries/closing.server.ts'
import { figuresInMotion } from '#app/queries/job.server.ts'
import { regulationOf } from '#app/queries/judging/index.server.ts'
import { listChildren } from '#app/queries/unit.server.ts'
import { titledChoices, titleOfUnit } from '#app/queries/unit-title.server.ts'
import { quotaReadings } from '#app/text/assessment.ts'
import { frozenNote } from '#app/text/closing.ts'
import { formatAsOf, formatDay } from '#app/text/format.ts'
import { found, idOf, type Visit } from '../_web/visit.server.ts'
import { collectiveList, officialList } from './params.ts'

/**
 * Chooses the version for the lists of assessments: a frozen one by its number, or `hien-tai` for today's figures.
 * '' chooses the newest frozen one, or today's figures before the close. 404 if the reader has no such version.
 */
export function chooseClosing({ actor, campaign }: Visit, { version: asked }: { version: string }) {
  const mayRehearse = canSomewhere(actor, 'closing.view')
  const all = listClosings(campaign.id).filter(row => row.frozenAt !== null && (row.version > 0 || mayRehearse))
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
      isProvisional: chosen.isProvisional,
      hash: chosen.hash,
      frozenAt: chosen.frozenAt,
      note: frozenNote(
        { ...chosen, on: formatDay(chosen.summary.on) },
        { code: campaign.code, regulationVersion: regulationOf(chosen.regulationId).version },
      ),
    },
    versions: all.map(({ version, isProvisional }) => ({ version, isProvisional })),
  }
}

/** Rows of one page of a list. */
export const PAGE = 30

/** What both lists load of the version that they show. */
export function frameOf(
  { actor, campaign, regulation, terms, at }: Visit,
  { closing, versions }: ReturnType<typeof chooseClosing>,
) {
  return {
    closing: closing ?? null,
    versions,
    mayReplay: canSomewhere(actor, 'scenario.compute'),
    readings: quotaReadings(regulation, terms.names),
    motion: closing ? null : figuresInMotion(campaign.id),
    asOf: formatAsOf(at),
  }
}

/** The unit asked for (else the visitor's largest) for lists under an action, and where one can go from there. */
function readUnit({ actor }: Visit, unitId: string, action: 'assessment.view' | 'assessment.view_units') {
  const unit = found(scopeUnit(actor, action, unitId ? idOf(unitId) : undefined))
  const children = listChildren(actor, unit.id).map(({ id, name }) => ({ id, name }))
  return {
    unit: { id: unit.id, name: titleOfUnit(unit.id), path: unit.path, isChosen: unitId !== '' },
    above: unitsAboveInScope(actor, action, unit),
    /** units to choose from: those below, and the other largest ones of the visitor */
    units: [...titledChoices(scopeUnits(actor, action)), ...children].filter(
      (row, n, all) => row.id !== unit.id && all.findIndex(other => other.id === row.id) === n,
    ),
  }
}

/** The list of officials that a URL asks for; the search words stay out of the log. */
export function readOfficials(visit: Visit, url: URL) {
  const { after, ...asked } = officialList.read(url)
  const { unit, ...place } = readUnit(visit, asked.unitId, 'assessment.view')
  const { block, category, isApart } = asked
  const search = asked.search || undefined
  const result = asked.result === 'all' || isApart ? undefined : (asked.result ?? 'eligible')
  return {
    place: { ...place, unit, asked: { ...asked, result: result ?? ('all' as const) } },
    unit,
    after,
    version: asked.version,
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
  const { after, ...asked } = collectiveList.read(url)
  const { unit, ...place } = readUnit(visit, asked.unitId, 'assessment.view_units')
  const { block, kind, result } = asked
  return {
    place: { ...place, unit, asked },
    unit,
    after,
    version: asked.version,
    filter: { unitPath: unit.path, block, kind },
    result,
    logged: { result: result ?? null, block: block ?? null, kind: kind ?? null },
  }
}
