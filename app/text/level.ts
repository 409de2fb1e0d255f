import type { LocalityLevel } from '#app/domain/vocabulary.ts'

/** The words for what lies directly below the province, in sentences that name it. */
export type LevelWords = {
  /** in a short title: "Theo huyện" */
  below: string
  /** in full: "huyện, thị xã, thành phố" */
  belowInFull: string
  /** what lies directly below a locality, in a short title */
  under: (level: LocalityLevel) => string
  /** who shares the annex's targets out to a unit */
  sharer: string
  sharingCommittee: string
  /** the station of a candidate between the unit and home affairs */
  agencyStage: string
  annexReach: string
  annexDaily: string
  sharing: string
  shared: string
  unmatched: string
  receivedNote: string
  /** which units owe reports: the rule of the domain */
  reporting: string
  searchedUnits: string
  addedUnits: string
  awardExample: string
}

const underOf = (below: string) => (level: LocalityLevel) =>
  level === 'province' ? below : level === 'district' ? 'xã' : 'ấp, thôn, khu phố'

const WITH_DISTRICTS: LevelWords = {
  below: 'huyện',
  belowInFull: 'huyện, thị xã, thành phố',
  under: underOf('huyện'),
  sharer: 'huyện',
  sharingCommittee: 'UBND cấp huyện',
  agencyStage: 'Huyện, sở, ngành',
  annexReach: 'Phụ lục giao chỉ tiêu đến cấp huyện, không giao riêng cho từng xã.',
  annexDaily: 'Chỉ tiêu hằng ngày của từng huyện',
  sharing: 'Chỉ tiêu của huyện theo phụ lục, chia cho các xã và phòng, ban. Tổng các phần phải bằng chỉ tiêu',
  shared: 'Chỉ tiêu của huyện',
  unmatched: 'Tổng các phần chưa bằng chỉ tiêu của huyện. Anh/chị chỉnh lại cho khớp rồi giao.',
  receivedNote: 'Phần của đơn vị trong chỉ tiêu phụ lục của huyện, theo quyết định đang có hiệu lực',
  reporting:
    'Cơ quan, đơn vị cấp tỉnh, UBND cấp huyện, phòng, ban và UBND cấp xã có người thực hiện thì báo cáo lên cấp trên trực tiếp; tổ ở thôn, ấp và công đoàn cơ sở báo cáo qua đơn vị quản lý.',
  searchedUnits: 'sở, ban, ngành, huyện hoặc xã',
  addedUnits: 'Thêm đơn vị cấp tỉnh, huyện',
  awardExample: 'Giấy khen của Chủ tịch UBND huyện',
}

const WITHOUT_DISTRICTS: LevelWords = {
  below: 'xã, phường',
  belowInFull: 'xã, phường',
  under: underOf('xã, phường'),
  sharer: 'cấp trên',
  sharingCommittee: 'cấp trên',
  agencyStage: 'Xã, sở, ngành',
  annexReach: 'Phụ lục chưa giao chỉ tiêu này cho địa bàn.',
  annexDaily: 'Chỉ tiêu hằng ngày của từng xã, phường',
  sharing: 'Chỉ tiêu theo phụ lục, chia cho các đơn vị trực thuộc. Tổng các phần phải bằng chỉ tiêu',
  shared: 'Chỉ tiêu theo phụ lục',
  unmatched: 'Tổng các phần chưa bằng chỉ tiêu. Anh/chị chỉnh lại cho khớp rồi giao.',
  receivedNote: 'Phần của đơn vị trong chỉ tiêu phụ lục của cấp trên, theo quyết định đang có hiệu lực',
  reporting:
    'Cơ quan, đơn vị cấp tỉnh, UBND cấp xã, phòng, ban có người thực hiện thì báo cáo lên cấp trên trực tiếp; tổ ở thôn, ấp và công đoàn cơ sở báo cáo qua đơn vị quản lý.',
  searchedUnits: 'sở, ban, ngành, xã hoặc phường',
  addedUnits: 'Thêm đơn vị cấp tỉnh, cấp xã',
  awardExample: 'Giấy khen của Chủ tịch UBND xã',
}

/** Returns the words of levels: "huyện" appears only where districts lie between the province and its communes. */
export const levelWords = (hasDistricts: boolean): LevelWords => (hasDistricts ? WITH_DISTRICTS : WITHOUT_DISTRICTS)

/** A district's name without its kind: "huyện Lộc Ninh" is "Lộc Ninh". A commune keeps its own, names repeat among kinds. */
export const bareName = (name: string) => name.replace(/^(thành phố|thị xã|huyện) /i, '')
