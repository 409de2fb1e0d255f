import {
  addressees,
  bodyText,
  type Issuing,
  legalBases,
  paperEnd,
  paperHead,
  paperTitle,
  writePaper,
} from './administrative-paper.ts'
import { type CandidateLists, listPages } from './candidate-list.ts'
import { annexedToPetition, type CitedPlan, enumerated, listedParts } from './petition.ts'

/** The tờ trình of one unit, or of a district or agency with what lies below it, in a round of commendation. */
type UnitProposal = {
  plan: CitedPlan
  issuing: Issuing
  isDraft: boolean
  bases: readonly string[]
  form: string | null
  /** the level above, which passes the proposal on */
  to: readonly string[]
  lists: Pick<CandidateLists, 'persons' | 'collectives'>
}

/** Makes a unit's tờ trình as docx, with the lists of whom it proposes. */
export function writeUnitPetition({
  plan,
  issuing,
  isDraft,
  bases,
  form,
  to,
  lists,
}: UnitProposal): Promise<Uint8Array> {
  return writePaper(
    `Tờ trình của ${issuing.issuer}`,
    [
      paperHead({ issuing, kind: 'TTr', isDraft }),
      ...paperTitle('Tờ trình', [
        'Về việc đề nghị tặng thưởng cho các tập thể, cá nhân có thành tích',
        `trong thực hiện Kế hoạch số ${plan.code}`,
      ]),
      ...addressees(to),
      ...legalBases(bases),
      bodyText(
        `${issuing.issuer} đã họp xét, thống nhất đề nghị tặng thưởng cho ${enumerated(listedParts({ lists }))} có thành tích trong thực hiện Kế hoạch số ${plan.code}. Số liệu trong danh sách lấy từ kết quả xét đã chốt.`,
      ),
      bodyText('Hồ sơ kèm theo gồm: danh sách, biên bản họp xét và báo cáo thành tích của từng tập thể, cá nhân.'),
      ...(form === null ? [] : [bodyText(`(${form})`, { italics: true })]),
      bodyText(`${issuing.issuer} kính trình xem xét./.`, {}, { keepNext: true }),
      paperEnd({ recipients: ['Như trên'], issuing }),
    ],
    listPages({ ...lists, kind: 'commendation', annexedTo: annexedToPetition(issuing) }),
  )
}
