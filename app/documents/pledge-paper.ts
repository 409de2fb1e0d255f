import type { Day } from '#app/domain/calendar.ts'
import { authorityInFull } from '#app/domain/letterhead.ts'
import { formatDay, formatInstant, formatNumber } from '#app/text/format.ts'
import { planInFull } from '#app/text/plan.ts'
import {
  addressees,
  bodyText,
  type Issuing,
  lacksSigning,
  type PaperColumn,
  paperEnd,
  paperHead,
  paperTitle,
  ruledTable,
  signatures,
  stateHead,
  writePaper,
} from './administrative-paper.ts'
import type { CitedPlan } from './petition.ts'

/** One person's pledge; `citizens` null: no quota is borne. */
export type PledgePaper = {
  plan: CitedPlan
  place: string
  name: string
  position: string
  unitName: string
  headTitle: string
  citizens: number | null
  /** what is promised for each citizen, as the campaign calls it */
  help: string
  obligations: readonly { name: string; by: Day }[]
  /** signed in the app; null: to be signed by hand */
  signedAt: number | null
  signedOn: Day | null
}

/** What a pledge says, paragraph by paragraph, whatever file it is written to. */
export function pledgeSentences(pledge: PledgePaper): { opening: string[]; promises: string[]; end: string } {
  const { plan, unitName } = pledge
  const promises = [
    ...(pledge.citizens === null ? [] : [`Hỗ trợ ít nhất ${formatNumber(pledge.citizens)} người dân ${pledge.help}.`]),
    ...pledge.obligations.map(
      ({ name, by }) => `Bản thân thực hiện nội dung “${name}” chậm nhất ngày ${formatDay(by)}.`,
    ),
    'Ghi nhận kết quả trung thực, được sự đồng ý của người dân, và chịu trách nhiệm về nội dung đã ghi.',
  ]
  return {
    opening: [
      `Tôi là ${pledge.name}${pledge.position === '' ? '' : `, ${pledge.position}`}, công tác tại ${authorityInFull(unitName)}.`,
      `Thực hiện Kế hoạch số ${plan.code}, từ ngày ${formatDay(plan.startsOn)} đến hết ngày ${formatDay(plan.endsOn)}, tôi cam kết:`,
    ],
    promises: promises.map((text, n) => `${n + 1}. ${text}`),
    end: 'Tôi chịu trách nhiệm thực hiện đúng nội dung cam kết./.',
  }
}

/** The bản cam kết of one person as docx (plan IV.1). */
export function writePledgePaper(pledge: PledgePaper): Promise<Uint8Array> {
  const { plan, unitName } = pledge
  const { opening, promises, end } = pledgeSentences(pledge)
  return writePaper(`Bản cam kết ${pledge.name}`, [
    ...stateHead({ place: pledge.place, datedOn: pledge.signedOn }),
    ...paperTitle('Bản cam kết', [plan.name, `(Kế hoạch số ${plan.code})`]),
    ...addressees([authorityInFull(unitName)]),
    ...opening.map(text => bodyText(text)),
    ...promises.map(text => bodyText(text)),
    bodyText(end, {}, { spacing: { after: 240 } }),
    signatures([
      { capacity: ['Xác nhận của đơn vị', pledge.headTitle], note: '(Ký, đóng dấu)', name: null },
      {
        capacity: ['Người cam kết'],
        note:
          pledge.signedAt === null
            ? '(Ký, ghi rõ họ tên)'
            : `(Đã ký trên hệ thống lúc ${formatInstant(pledge.signedAt)})`,
        name: pledge.name,
      },
    ]),
  ])
}

/** The people of a unit on one list, which all sign by hand and whose scan counts as their pledges. */
type PledgeList = {
  plan: CitedPlan
  /** the unit, whose head confirms the list */
  issuing: Issuing
  /** how many are on earlier parts of the list */
  before: number
  rows: readonly { name: string; position: string; citizens: number | null }[]
  /** the campaign's names of what everybody promises of themself */
  obligations: readonly string[]
}

type Line = PledgeList['rows'][number] & { number: number }
const columnsOf = (obligations: readonly string[]): readonly PaperColumn<Line>[] => [
  { header: 'STT', width: 12, value: row => String(row.number) },
  { header: 'Họ và tên', width: 55, isWords: true, value: row => row.name },
  { header: 'Chức vụ', width: 50, isWords: true, value: row => row.position },
  {
    header: 'Số người dân cam kết hỗ trợ',
    width: 35,
    value: row => (row.citizens === null ? '' : formatNumber(row.citizens)),
  },
  ...obligations.map((header): PaperColumn<Line> => ({ header, width: 23, value: () => 'x' })),
  { header: 'Ký tên', width: 31, value: () => '' },
]

/** The list of pledges of a unit as docx, landscape, to be signed by hand and confirmed by the unit's head. */
export function writePledgeList({ plan, issuing, before, rows, obligations }: PledgeList): Promise<Uint8Array> {
  const { issuer } = issuing
  const landscape = { isLandscape: true }
  return writePaper(
    `Danh sách cam kết của ${issuer}`,
    [],
    [
      [
        paperHead({ issuing, kind: 'DS', isDraft: lacksSigning(issuing), ...landscape }),
        ...paperTitle(
          'Danh sách',
          [
            `Cam kết thực hiện Kế hoạch số ${plan.code}`,
            `từ ngày ${formatDay(plan.startsOn)} đến hết ngày ${formatDay(plan.endsOn)}`,
          ],
          landscape,
        ),
        bodyText(`Thực hiện ${planInFull(plan)}, người có tên dưới đây thuộc ${issuer} cam kết:`),
        ruledTable(
          columnsOf(obligations),
          rows.map((row, n) => ({ ...row, number: before + n + 1 })),
        ),
        bodyText(
          'Mỗi người có tên ký vào cột “Ký tên” là đã cam kết thực hiện số người dân và các nội dung bản thân đánh dấu “x”, ghi nhận trung thực và chịu trách nhiệm về nội dung đã ghi.',
          { italics: true },
          { spacing: { before: 120, after: 120 } },
        ),
        paperEnd({ recipients: ['Người có tên trong danh sách'], issuing, ...landscape }),
      ],
    ],
  )
}
