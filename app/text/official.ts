import type { Day } from '#app/domain/calendar.ts'
import type { Carrier, CertificateKind, Lacking, ObligationPart } from '#app/domain/vocabulary.ts'
import { formatDay } from './format.ts'
import { labels } from './vocabulary.ts'

/** What people lack, as a filter of lists of officials. */
export const lackingLabels: Record<Lacking, string> = {
  obligation: 'Còn thiếu nội dung bản thân',
  sim_signature: 'Chưa đạt SIM kèm chữ ký số',
  phone_4g: 'Chưa đạt điện thoại 4G',
  portal_national: 'Chưa đạt Cổng dịch vụ công quốc gia',
  portal_provincial: 'Chưa đạt Cổng dịch vụ công của tỉnh',
  target: 'Chưa đủ chỉ tiêu người dân',
  anything: 'Còn thiếu bất kỳ nội dung nào',
  any_record: 'Chưa ghi trường hợp nào',
}

/** Obligation parts in a few letters, for one line of several. */
export const shortPartLabels: Record<ObligationPart, string> = {
  sim_signature: 'chữ ký số',
  phone_4g: 'máy 4G',
  portal_national: 'cổng quốc gia',
  portal_provincial: 'cổng tỉnh',
}

/** Describes what was declared about one obligation part, in one line. */
export function describeDeclared(declared: {
  phone: string | null
  carrier: Carrier | null
  certificateKind: CertificateKind | null
  certificateProvider: string | null
  validFromOn: Day | null
  validToOn: Day | null
  deviceMaker: string | null
  deviceModel: string | null
  firstLoginOn: Day | null
}): string {
  const { validFromOn, validToOn, firstLoginOn } = declared
  return [
    [declared.phone, declared.carrier && labels.carrier[declared.carrier]].filter(Boolean).join(', '),
    [declared.certificateKind && labels.certificateKind[declared.certificateKind], declared.certificateProvider]
      .filter(Boolean)
      .join(', '),
    validFromOn && validToOn ? `hiệu lực ${formatDay(validFromOn)} – ${formatDay(validToOn)}` : '',
    [declared.deviceMaker, declared.deviceModel].filter(Boolean).join(' '),
    firstLoginOn ? `đăng nhập lần đầu ${formatDay(firstLoginOn)}` : '',
  ]
    .filter(Boolean)
    .join(' · ')
}
