import { idOf } from '../_web/visit.server.ts'
import { reportPage } from './params.ts'

/** The report that an address names: unit, period, and the signed version, if it names one; 404 for no number. */
export function askedReport(params: { unitId?: string; period?: string }, url: URL) {
  const { version } = reportPage.read(url)
  return {
    unitId: idOf(params.unitId),
    slug: params.period ?? '',
    version: version === undefined ? undefined : idOf(version),
  }
}
