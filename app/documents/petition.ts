import type { Plan } from '#app/domain/article.ts'
import type { Day } from '#app/domain/calendar.ts'
import type { RoundKind } from '#app/domain/vocabulary.ts'
import { formatDay, formatLongDay, formatNumber } from '#app/text/format.ts'
import { placesIn, planInFull } from '#app/text/plan.ts'
import {
  addressees,
  annexName,
  bodyText,
  citedPaper,
  type Issuing,
  legalBases,
  paperEnd,
  paperHead,
  paperTitle,
  writePaper,
} from './administrative-paper.ts'
import { type CandidateLists, listPages } from './candidate-list.ts'

/** A plan as documents cite it; `title` '': its trích yếu was not entered. */
export type CitedPlan = Plan & {
  name: string
  title: string
  issuer: string
  issuedOn: Day
  startsOn: Day
  endsOn: Day
}

/** The tờ trình of a round of commendation, or of those proposed for review (plan V.4). */
export type Petition = {
  kind: RoundKind
  plan: CitedPlan
  issuing: Issuing
  isDraft: boolean
  /** cited in italics, without their closing marks */
  bases: readonly string[]
  /** the form that the law prescribes for the petition; null: none */
  form: string | null
  /** figures of the whole campaign in the petition, from the frozen assessments */
  totals: { officials: number; eligible: number; reported: number; counted: number; verified: number }
  /** on which day the assessments were frozen, and their hash (hex) */
  frozenOn: Day
  hash: string
  /** what the petition says of figures from a provisional version; null: they are of one that decides */
  provisional: string | null
  /** null: the council has not voted yet, so it is addressed */
  council: { metOn: Day | null } | null
  lists: Pick<CandidateLists, 'persons' | 'collectives'>
  /** people of the armed forces whom only their own tree names */
  sealed: readonly SealedPart[]
}

/** People named in a sealed annex: the command that keeps it, how many, and their numbers in the register ('': none yet). */
export type SealedPart = { command: string; count: number; certificates: string }

/** "57 cá nhân theo phụ lục do Công an tỉnh lập và quản lý": no name of theirs is printed here. */
export const sealedWords = (sealed: readonly SealedPart[]) =>
  sealed.map(
    ({ command, count, certificates }) =>
      `${counted(count, 'cá nhân')} theo phụ lục do ${command} lập và quản lý${certificates === '' ? '' : ` (số vào sổ ${certificates})`}`,
  )

/** "(Kèm theo Tờ trình số …/TTr-SNV ngày … của Sở Nội vụ)" */
export const annexedToPetition = (issuing: Issuing) => `(Kèm theo ${citedPaper('Tờ trình', 'TTr', issuing)})`

/**
 * Writes the tờ trình as docx, without signatures: what was done, who is proposed and after which steps. The
 * lists follow as annexes. The frozen assessment is named by its hash, so that it can be traced to the record.
 */
export function writePetition(petition: Petition): Promise<Uint8Array> {
  const { kind, plan, issuing, isDraft, lists } = petition
  const isReview = kind === 'review'
  const about = isReview
    ? [
        'Về việc xem xét, đánh giá trách nhiệm đối với tập thể, cá nhân',
        `chưa hoàn thành nhiệm vụ theo Kế hoạch số ${plan.code}`,
      ]
    : [
        'Về việc tặng Bằng khen cho các tập thể, cá nhân có thành tích xuất sắc',
        `trong thực hiện Kế hoạch số ${plan.code}`,
      ]
  const pages = listPages({ ...lists, kind, annexedTo: annexedToPetition(issuing) })
  return writePaper(
    `Tờ trình ${about.join(' ')}`,
    [
      paperHead({ issuing, kind: 'TTr', isDraft }),
      ...paperTitle('Tờ trình', about),
      ...addressees([
        'Chủ tịch Ủy ban nhân dân tỉnh',
        ...(isReview || petition.council !== null ? [] : ['Hội đồng Thi đua - Khen thưởng tỉnh']),
      ]),
      ...legalBases(petition.bases),
      ...(isReview ? reviewBody(petition) : commendationBody(petition)),
      bodyText(
        `${issuing.issuer} kính trình Chủ tịch Ủy ban nhân dân tỉnh xem xét, quyết định./.`,
        {},
        { keepNext: true },
      ),
      ...(petition.form === null ? [] : [bodyText(`(${petition.form})`, { italics: true })]),
      paperEnd({
        recipients: [
          'Như trên',
          'Công an tỉnh',
          ...(isReview ? [] : ['Các cơ quan, đơn vị, địa phương có tập thể, cá nhân được đề nghị']),
        ],
        issuing,
      }),
    ],
    pages,
  )
}

function opening({ plan, totals, frozenOn, hash, provisional }: Petition) {
  return [
    bodyText(
      `Thực hiện ${planInFull(plan)}, kết quả toàn tỉnh từ ngày ${formatDay(plan.startsOn)} đến hết ngày ${formatDay(plan.endsOn)} như sau: ${formatNumber(totals.officials)} người thực hiện; ghi nhận ${formatNumber(totals.reported)} trường hợp hỗ trợ người dân, được tính ${formatNumber(totals.counted)} (mỗi người dân được tính một lần), đã đối chiếu ${formatNumber(totals.verified)}.`,
    ),
    bodyText(
      `Số liệu trong Tờ trình và danh sách kèm theo lấy từ kết quả xét đã chốt ${formatLongDay(frozenOn)} trên hệ thống theo dõi, mã kiểm tra ${hash.slice(0, 16)}.`,
    ),
    ...(provisional === null ? [] : [bodyText(provisional, { bold: true })]),
  ]
}

/** A count with its noun; below ten with a zero in front, as papers write it. */
export const counted = (number: number, noun: string) =>
  `${number > 0 && number < 10 ? `0${number}` : formatNumber(number)} ${noun}`

/** How the list of a part is named, in the order of `listPages`. */
function annexOf({ lists }: Pick<Petition, 'lists'>, part: 'collectives' | 'persons'): string {
  const count = Number(lists.collectives.length > 0) + Number(lists.persons.length > 0)
  return annexName(part === 'persons' ? count - 1 : 0, count)
}

/** "a", "a và b", "a, b và c" */
export const enumerated = (parts: readonly string[]) =>
  parts.length < 2 ? parts.join() : `${parts.slice(0, -1).join(', ')} và ${parts.at(-1)}`

/** "03 tập thể (danh sách tại Phụ lục I)", "24 cá nhân (danh sách tại Phụ lục II)"; who is on no list is left out. */
export function listedParts(petition: Pick<Petition, 'lists'>): string[] {
  const { collectives, persons } = petition.lists
  return [
    ...(collectives.length > 0
      ? [`${counted(collectives.length, 'tập thể')} (danh sách tại ${annexOf(petition, 'collectives')})`]
      : []),
    ...(persons.length > 0
      ? [`${counted(persons.length, 'cá nhân')} (danh sách tại ${annexOf(petition, 'persons')})`]
      : []),
  ]
}

function commendationBody(petition: Petition) {
  const { plan, totals, council } = petition
  return [
    ...opening(petition),
    bodyText(
      `Có ${counted(totals.eligible, 'người thực hiện')} đủ điều kiện được xem xét: hoàn thành các nội dung của bản thân, vượt chỉ tiêu được giao, không có trường hợp bị kết luận không đúng thực tế và không thuộc diện chưa xét.`,
    ),
    bodyText(
      `Trên cơ sở đề nghị của các cơ quan, đơn vị, địa phương, ${petition.issuing.issuer} đã phối hợp với Công an tỉnh thẩm định hồ sơ${council === null ? '' : `; Hội đồng Thi đua - Khen thưởng tỉnh đã họp${council.metOn === null ? '' : ` ${formatLongDay(council.metOn)}`} và biểu quyết`}.`,
    ),
    bodyText(
      `${petition.issuing.issuer} đề nghị Chủ tịch Ủy ban nhân dân tỉnh tặng Bằng khen cho ${enumerated([...listedParts(petition), ...sealedWords(petition.sealed)])} có thành tích xuất sắc trong công tác tổ chức triển khai thực hiện Kế hoạch số ${plan.code}.`,
      {},
      // what is asked for is on the page that is signed
      { keepNext: true },
    ),
  ]
}

function reviewBody(petition: Petition) {
  const { plan } = petition
  const place = placesIn(plan)['V.4']
  const listed = enumerated(listedParts(petition))
  const plain = `chưa hoàn thành nhiệm vụ theo ${place === undefined ? '' : `${place} `}Kế hoạch số ${plan.code}`
  if (listed === '')
    return [
      ...opening(petition),
      bodyText(`Không có tập thể, cá nhân ${plain} thuộc danh sách đề nghị xem xét, đánh giá trách nhiệm.`),
    ]
  return [
    ...opening(petition),
    bodyText(
      `${petition.issuing.issuer} đề nghị Chủ tịch Ủy ban nhân dân tỉnh giao cấp có thẩm quyền xem xét, đánh giá trách nhiệm đối với ${listed} ${plain}.`,
    ),
    bodyText(
      'Mỗi trường hợp trong danh sách đã qua đủ các bước: thông báo, giải trình, người có thẩm quyền xem xét giải trình, kết luận thiếu tinh thần trách nhiệm kèm lý do, hết thời hạn hoặc đã giải quyết kiến nghị. Danh sách là đề nghị xem xét, không phải kết luận về vi phạm.',
    ),
  ]
}
