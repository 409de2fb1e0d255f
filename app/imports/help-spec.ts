import { type HelpColumn, LISTED_HELP_COLUMNS } from '#app/domain/help-import.ts'
import { OUTCOMES } from '#app/domain/vocabulary.ts'
import { HELP_EXAMPLE_MARK, helpHeaders } from '#app/text/help-import.ts'
import type { ColumnSpec, ListSpec, ValueKind } from './list-spec.ts'

const KINDS: Partial<Record<HelpColumn, ValueKind>> = {
  citizenName: 'name',
  citizenNumber: 'number',
  birth: 'birth',
  phone: 'phone',
  staffCode: 'code',
  recordCode: 'code',
  helpedOn: 'day',
  ...Object.fromEntries(OUTCOMES.map(outcome => [outcome, 'day_or_words'])),
}

/** Words that begin or end a head in lists that are kept anyway. */
const PARTS: Partial<Record<HelpColumn, readonly string[]>> = {
  citizenName: ['ho ten nguoi dan', 'ho va ten nguoi dan', 'ho va ten', 'ho ten', 'ten cong dan', 'nguoi duoc ho tro'],
  citizenNumber: ['so cccd', 'cccd', 'so can cuoc', 'so dinh danh', 'so ddcn'],
  officialName: ['can bo ho tro', 'nguoi ho tro', 'nguoi thuc hien', 'can bo thuc hien'],
  phone: ['so dien thoai', 'dien thoai', 'sdt'],
  birth: ['ngay sinh', 'nam sinh', 'ngay thang nam sinh'],
  helpedOn: ['ngay ho tro', 'ngay thuc hien'],
  hamlet: ['ap', 'khu pho', 'thon', 'ten ap'],
  vneid_installed: ['vneid', 'cai dat vneid', 'cai vneid'],
  eid_activated: ['kich hoat'],
  sim_signature: ['chu ky so', 'sim chinh chu', 'cks'],
  phone_4g: ['4g'],
}

/** What the list of helped citizens wants of a file. */
export const HELP_SPEC: ListSpec<HelpColumn> = {
  columns: Object.fromEntries(
    LISTED_HELP_COLUMNS.map(column => [
      column,
      {
        header: helpHeaders[column].header,
        synonyms: helpHeaders[column].synonyms,
        parts: PARTS[column],
        kind: KINDS[column] ?? 'words',
      },
    ]),
  ) as Record<HelpColumn, ColumnSpec>,
  person: { name: 'citizenName', birth: 'birth' },
  heads: ['citizenName', 'givenName', 'citizenNumber'],
  missing: has => {
    const missing: HelpColumn[] = []
    if (!has('citizenName') && !has('givenName')) missing.push('citizenName')
    if (has('recordCode')) return missing
    if (!has('citizenNumber')) missing.push('citizenNumber')
    if (!has('staffCode') && !has('officialName')) missing.push('officialName')
    for (const column of ['commune', 'helpedOn', 'place', 'consentChannel', 'consent'] as const)
      if (!has(column)) missing.push(column)
    return missing
  },
  exampleMark: HELP_EXAMPLE_MARK,
}
