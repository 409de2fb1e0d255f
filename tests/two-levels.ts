import type { Reference } from '#db/reference.server.ts'
import { INDICATORS } from './indicators.ts'

/** The code of the made province, and of the communes directly below it. */
export const PROVINCE = '75'
const COMMUNES = [
  ['25999', 'Trấn Biên', 'phường'],
  ['26005', 'Tam Hiệp', 'phường'],
  ['26017', 'Long Bình', 'phường'],
  ['26209', 'Trị An', 'xã'],
  ['26254', 'Phú Lâm', 'xã'],
  ['26428', 'Xuân Lộc', 'xã'],
] as const
export const FIRST_COMMUNE = COMMUNES[0][0]

/**
 * A province without districts, whose communes lie directly below it: what a database is founded with in tests of two
 * levels. `targets`: the annex by commune.
 */
export const TWO_LEVELS: Reference = {
  localities: [
    { level: 'province', code: PROVINCE, parent_code: '', name: 'Đồng Nai', type: 'tỉnh' },
    ...COMMUNES.map(([code, name, type]) => ({ level: 'commune', code, parent_code: PROVINCE, name, type })),
  ],
  bases: [],
  plan: {
    code: '12/KH-UBND',
    name: 'Đợt cao điểm',
    issuer: 'UBND tỉnh Đồng Nai',
    issuedOn: '2024-04-04',
    title: '',
    headline: '',
    annexAsOf: null,
    annexNote: '',
    articles: {},
    indicators: INDICATORS,
    goals: [],
  },
  agencies: [
    { kind: 'department', block: 'state', name: 'Sở Nội vụ' },
    { kind: 'police', block: 'armed_forces', name: 'Công an tỉnh' },
    { kind: 'mass', block: 'front', name: 'Liên đoàn Lao động tỉnh' },
  ],
  targets: COMMUNES.map(([code], n) => ({
    district_code: code,
    id_card_first_total: String(100 + n),
    id_card_mobile_total: String(40 + n),
    eid_activated_total: String(900 + n),
    phone_4g_total: String(60 + n),
    sim_signature_total: String(500 + n),
  })),
}
