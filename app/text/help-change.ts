import type { HelpChange, PersonalField } from '#app/domain/help-change.ts'
import type { OutcomeFact } from '#app/domain/verdict.ts'
import { formatDay } from './format.ts'
import type { TermNames } from './terms.ts'
import { labels } from './vocabulary.ts'

const PERSONAL: Record<PersonalField, string> = {
  citizenName: 'họ tên người dân',
  citizenNumber: 'số định danh',
  birth: 'ngày, năm sinh',
  phone: 'số điện thoại',
  hamlet: 'ấp, khu phố',
  note: 'ghi chú',
}

/** One change of a record in words, for the person who confirms it; `communeOf` names a commune by its code. */
export function describeChange(change: HelpChange, communeOf: (code: string) => string, names: TermNames): string {
  const from = (what: string, before: string, after: string) => `${what}: ${before} → ${after}`
  switch (change.field) {
    case 'helpedOn':
      return from('ngày hỗ trợ', formatDay(change.before), formatDay(change.after))
    case 'localityCode':
      return from('nơi ở', communeOf(change.before), communeOf(change.after))
    case 'carrier':
      return from('nhà mạng', carrierOf(change.before), carrierOf(change.after))
    case 'place':
      return from('nơi hỗ trợ', labels.helpPlace[change.before], labels.helpPlace[change.after])
    case 'consentChannel':
      return from('cách đồng ý', labels.consentChannel[change.before], labels.consentChannel[change.after])
    case 'outcome':
      return from(names.outcome[change.outcome], outcomeOf(change.before), outcomeOf(change.after))
    default:
      return `đã đổi ${PERSONAL[change.field]}`
  }
}

const carrierOf = (carrier: Extract<HelpChange, { field: 'carrier' }>['before']) =>
  carrier === null ? 'chưa ghi' : labels.carrier[carrier]

function outcomeOf(fact: OutcomeFact | null): string {
  if (fact === null) return 'chưa ghi'
  return `${labels.outcomeValue[fact.value]}${fact.on === null ? '' : ` ngày ${formatDay(fact.on)}`}`
}
