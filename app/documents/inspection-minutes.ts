import type { Plan } from '#app/domain/article.ts'
import { type Day, dayOf } from '#app/domain/calendar.ts'
import { countWays, type Estimate } from '#app/domain/inspection.ts'
import { authorityInFull } from '#app/domain/letterhead.ts'
import { codeOf } from '#app/domain/record-code.ts'
import type { FindingWay, PickOrigin, PickResult } from '#app/domain/vocabulary.ts'
import { formatDay, formatInstant, formatLongDay, formatNumber, formatParts, formatShare } from '#app/text/format.ts'
import { formatInterval, REPLAY_RULE, resultLabel, stratumLabel } from '#app/text/inspection.ts'
import { officeLabels } from '#app/text/office-vocabulary.ts'
import { cite, planInFull } from '#app/text/plan.ts'
import {
  annexTitle,
  bodyHeading,
  bodyText,
  DOTS,
  dottedLines,
  type PaperColumn,
  paperHead,
  paperTitle,
  recipientsBelow,
  ruledTable,
  type Signature,
  signatures,
  writePaper,
} from './administrative-paper.ts'

type Pick = {
  helpId: number
  origin: PickOrigin
  stratum: string
  place: number
  result: PickResult | null
  foundBy: FindingWay | null
  checkedAt: number | null
  overturnedAt: number | null
}
type Stratum = { stratum: string; unitName: string; isMarked: boolean; size: number; drawn: number }

/** An inspection as shown in its minutes: no citizen's data, records by id only. */
export type InspectionMinutes = {
  campaign: Plan & { title: string; issuer: string; issuedOn: Day }
  unitName: string
  headTitle: string
  /** who heads the unit by its register of signers; null: nobody is entered */
  headName: string | null
  seed: string
  drawnAt: number
  /** the decision that formed the team; null: nobody has entered it, dots */
  teamDecision: { number: string; on: Day } | null
  /** null: not signed by two yet; the minutes are a draft */
  concludedAt: number | null
  answerDueOn: Day | null
  unitAnswer: string | null
  unitAnsweredAt: number | null
  population: number
  certainty: number
  untrueShare: number
  size: number
  strata: readonly Stratum[]
  picks: readonly Pick[]
  estimate: Estimate
  /** `isLeader`: tổ trưởng, as entered with the decision; dots where nobody is */
  members: readonly { name: string; signedAt: number | null; isLeader: boolean }[]
}

export type Tally = {
  label: string
  size: number
  drawn: number
  redrawn: number
  reached: number
  true: number
  untrue: number
  notReached: number
}

/** Counts of records; an 'untrue' whose appeal was upheld is reached and not untrue, as in the estimate. */
export function tallyOf(label: string, size: number, picks: readonly Pick[]): Tally {
  const count = (holds: (pick: Pick) => boolean) => picks.filter(holds).length
  const reached = count(({ result }) => result === 'true' || result === 'untrue')
  const untrue = count(({ result, overturnedAt }) => result === 'untrue' && overturnedAt === null)
  return {
    label,
    size,
    drawn: count(({ origin }) => origin === 'lot'),
    redrawn: count(({ origin }) => origin === 'redraw'),
    reached,
    true: reached - untrue,
    untrue,
    notReached: count(({ result }) => result === 'not_reached'),
  }
}

const figure = (header: string, width: number, metric: Exclude<keyof Tally, 'label'>): PaperColumn<Tally> => ({
  header,
  width,
  value: row => formatNumber(row[metric]),
})

const RESULT_COLUMNS: readonly PaperColumn<Tally>[] = [
  { header: 'Nhóm', width: 41, isWords: true, value: row => row.label },
  figure('Đã báo cáo', 18, 'size'),
  figure('Chọn ngẫu nhiên', 20, 'drawn'),
  figure('Chọn thay', 16, 'redrawn'),
  figure('Đã gặp', 15, 'reached'),
  figure('Đúng thực tế', 17, 'true'),
  figure('Không đúng thực tế', 20, 'untrue'),
  figure('Chưa gặp được', 18, 'notReached'),
]

/** The place of the plan by which records are checked; the plan as a whole where it gives none. */
export function placeOf(plan: Plan): string {
  const named = `Kế hoạch số ${plan.code}`
  return plan.articles['IV.2'] ? `${cite(plan, 'IV.2').article} ${named}` : named
}

/**
 * Writes the minutes of an inspection (biên bản kiểm tra, plan IV.2) as docx, laid out by NĐ 30/2020. They are marked
 * as a draft until two have signed; dotted lines are printed if the unit has not answered.
 */
export function writeInspectionMinutes(minutes: InspectionMinutes): Promise<Uint8Array> {
  const { campaign, concludedAt } = minutes
  const unitName = authorityInFull(minutes.unitName)
  return writePaper(`Biên bản kiểm tra ${unitName}`, [
    paperHead({
      issuing: { form: 'state', above: campaign.issuer, issuer: 'Tổ kiểm tra', sign: 'TKT' },
      kind: 'BB',
      isDated: false,
      isDraft: concludedAt === null,
    }),
    ...paperTitle('Biên bản', [`Kiểm tra kết quả thực hiện Kế hoạch số ${campaign.code}`, `tại ${unitName}`]),
    bodyText(`Căn cứ ${planInFull(campaign)};`, {
      italics: true,
    }),
    bodyText(`Căn cứ ${placeOf(campaign)} về việc đánh giá đúng thực tế số liệu báo cáo của các đơn vị.`, {
      italics: true,
    }),
    bodyText(
      `${periodOf(minutes)}, Tổ kiểm tra đã kiểm tra thực tế các trường hợp hỗ trợ người dân do ${unitName} báo cáo. Kết quả như sau:`,
    ),
    ...meetingLines(),
    bodyHeading('I. THÀNH PHẦN'),
    bodyText('1. Tổ kiểm tra', {}, { keepNext: true }),
    ...teamLines(minutes),
    bodyText(`- Quyết định thành lập Tổ: ${decisionWords(minutes)}.`),
    bodyText(`2. Đơn vị được kiểm tra: ${unitName}`, {}, { keepNext: true }),
    bodyText(`- Ông (bà) ${minutes.headName ?? '………………………………………'}, ${minutes.headTitle}.`),
    ...designPart(minutes),
    ...resultPart(minutes),
    ...answerPart(minutes),
    bodyText('Việc kiểm tra kết thúc vào …… giờ ……, ngày …… tháng …… năm ………'),
    bodyText(
      'Biên bản được lập thành 02 bản có giá trị như nhau, Tổ kiểm tra giữ 01 bản, đơn vị được kiểm tra giữ 01 bản; kèm theo danh sách trường hợp được chọn.',
      {},
      { keepNext: true, spacing: { after: 240 } },
    ),
    signatures(signersOf(minutes)),
    ...recipientsBelow([unitName, authorityInFull(campaign.issuer), 'Công an tỉnh (thường trực)']),
    ...annex(minutes),
  ])
}

/** The team, who leads it first; a line with dots where nobody has entered who does. */
function teamLines({ members }: InspectionMinutes) {
  const others = members.filter(({ isLeader }) => !isLeader)
  const leader = members.find(({ isLeader }) => isLeader)
  return [
    bodyText(`- Ông (bà) ${leader?.name ?? '………………………………………'}, Tổ trưởng.`),
    ...others.map(({ name }) => bodyText(`- Ông (bà) ${name}, thành viên.`)),
  ]
}

/** "số 45/QĐ-CAT ngày 14 tháng 5 năm 2024", or the dots to write it in. */
export const decisionWords = ({ teamDecision }: InspectionMinutes) =>
  teamDecision === null ? `số ${DOTS}, ngày ${DOTS}` : `số ${teamDecision.number} ${formatLongDay(teamDecision.on)}`

/** When and where the check took place: written by hand, as minutes are made there (annex III, form 1.9). */
const meetingLines = () => [
  bodyText('Thời gian bắt đầu: …… giờ ……, ngày …… tháng …… năm ………'),
  bodyText('Địa điểm: ………………………………………………………………'),
]

/** From the draw to the last check. */
export function periodOf({ drawnAt, picks }: InspectionMinutes): string {
  const from = dayOf(drawnAt)
  const to = dayOf(Math.max(drawnAt, ...picks.map(({ checkedAt }) => checkedAt ?? 0)))
  return from === to ? `Trong ${formatLongDay(from)}` : `Từ ${formatLongDay(from)} đến ${formatLongDay(to)}`
}

function designPart({ drawnAt, population, certainty, untrueShare, size, seed, picks }: InspectionMinutes) {
  const risk = picks.filter(({ origin }) => origin === 'risk').length
  return [
    bodyHeading('II. CÁCH CHỌN MẪU'),
    bodyText(
      `1. Số trường hợp đơn vị đã báo cáo đến lúc chọn mẫu (${formatDay(dayOf(drawnAt))}): ${formatNumber(population)}.`,
    ),
    bodyText(
      `2. Yêu cầu: chắc chắn ${formatShare(certainty, 1)} thấy ít nhất một trường hợp không đúng thực tế, nếu có từ ${formatShare(untrueShare, 1)} số trường hợp không đúng thực tế.`,
    ),
    bodyText(`3. Số mẫu ngẫu nhiên: ${formatNumber(size)}; chọn thêm theo dấu hiệu: ${formatNumber(risk)}.`),
    bodyText(`4. Mã chọn mẫu: ${seed}`, {}, { alignment: 'left' }),
    bodyText(`5. Cách kiểm tra lại việc chọn mẫu: ${REPLAY_RULE}`),
  ]
}

/** The number under which the annex names a stratum. */
function groupNumber(strata: readonly Stratum[], stratum: string): string {
  return String(strata.findIndex(row => row.stratum === stratum) + 1)
}

/** A stratum with its number where there are several. */
export function groupLabel(strata: readonly Stratum[], row: Stratum): string {
  return strata.length > 1 ? `${groupNumber(strata, row.stratum)}. ${stratumLabel(row)}` : stratumLabel(row)
}

function resultPart(minutes: InspectionMinutes) {
  const { strata, picks, estimate, certainty, population } = minutes
  const sample = picks.filter(({ origin }) => origin !== 'risk')
  const risk = tallyOf(
    '',
    0,
    picks.filter(({ origin }) => origin === 'risk'),
  )
  const riskCount = picks.length - sample.length
  const open = picks.filter(({ result }) => result === null).length
  const overturned = picks.filter(({ overturnedAt }) => overturnedAt !== null).length
  return [
    bodyHeading('III. KẾT QUẢ'),
    bodyText('1. Mẫu ngẫu nhiên', {}, { keepNext: true }),
    ruledTable(
      RESULT_COLUMNS,
      strata.map(row =>
        tallyOf(
          groupLabel(strata, row),
          row.size,
          sample.filter(({ stratum }) => stratum === row.stratum),
        ),
      ),
      tallyOf('Cộng', population, sample),
    ),
    bodyText(
      riskCount === 0
        ? '2. Không có trường hợp nào được chọn thêm theo dấu hiệu.'
        : `2. Chọn thêm theo dấu hiệu, không tính vào tỷ lệ: ${formatNumber(riskCount)} trường hợp; đúng thực tế ${formatNumber(risk.true)}, không đúng thực tế ${formatNumber(risk.untrue)}, chưa gặp được ${formatNumber(risk.notReached)}.`,
      {},
      { spacing: { before: 120, after: 120 } },
    ),
    bodyText(
      estimate.reached === 0
        ? '3. Tỷ lệ không đúng thực tế: chưa có người dân nào được gặp trong mẫu ngẫu nhiên.'
        : `3. Tỷ lệ không đúng thực tế: ${formatParts(estimate.untrue, estimate.reached)} trường hợp chọn ngẫu nhiên đã gặp. Với độ tin cậy ${formatShare(certainty, 1)}, tỷ lệ thực trong khoảng ${formatInterval(estimate)} (khoảng Clopper-Pearson).`,
    ),
    bodyText(waysLine(picks)),
    ...(overturned === 0
      ? []
      : [
          bodyText(
            `Kiến nghị được chấp nhận: ${formatNumber(overturned)} trường hợp, không còn tính là không đúng thực tế.`,
          ),
        ]),
    ...(open === 0 ? [] : [bodyText(`Chưa có kết quả: ${formatNumber(open)} trường hợp.`)]),
  ]
}

/** How many results were found by which way; those from before this was asked are named apart. */
export function waysLine(picks: readonly Pick[]): string {
  const { met, called, papers, unknown } = countWays(picks)
  const rest = unknown === 0 ? '' : `, chưa ghi cách kiểm tra ${formatNumber(unknown)}`
  return `4. Cách kiểm tra các trường hợp đã có kết quả: gặp trực tiếp ${formatNumber(met)}, gọi điện ${formatNumber(called)}, đối chiếu giấy tờ ${formatNumber(papers)}${rest}.`
}

function answerPart({ unitAnswer, unitAnsweredAt, answerDueOn, headTitle }: InspectionMinutes) {
  const heading = bodyHeading('IV. Ý KIẾN CỦA ĐƠN VỊ ĐƯỢC KIỂM TRA')
  if (unitAnswer !== null && unitAnsweredAt !== null)
    return [
      heading,
      bodyText(unitAnswer),
      bodyText(`(${headTitle} trả lời trên hệ thống lúc ${formatInstant(unitAnsweredAt)}.)`, { italics: true }),
    ]
  return [
    heading,
    ...(answerDueOn === null
      ? []
      : [bodyText(`Hạn trả lời: hết ${formatLongDay(answerDueOn)}.`, {}, { keepNext: true })]),
    ...dottedLines(4),
  ]
}

/** The unit, and the two of the team who signed or, before that, are first to; who leads it comes first. */
function signersOf({ members, headName }: InspectionMinutes): Signature[] {
  const team = members
    .toSorted(
      (a, b) => Number(a.signedAt === null) - Number(b.signedAt === null) || Number(b.isLeader) - Number(a.isLeader),
    )
    .slice(0, 2)
    .map(
      ({ name, signedAt, isLeader }): Signature => ({
        capacity: [isLeader ? 'Tổ trưởng' : 'Thành viên', 'Tổ kiểm tra'],
        note: signedAt === null ? '(Ký, ghi rõ họ tên)' : `(Đã ký trên hệ thống lúc ${formatInstant(signedAt)})`,
        name,
      }),
    )
  return [{ capacity: ['Đại diện', 'Đơn vị'], note: '(Ký, ghi rõ họ tên, đóng dấu)', name: headName }, ...team]
}

function annex({ picks, strata, unitName }: InspectionMinutes) {
  const hasStrata = strata.length > 1
  const columns: PaperColumn<Pick>[] = [
    { header: 'Thứ tự', width: 15, value: row => String(row.place) },
    { header: 'Mã trường hợp', width: 30, value: row => codeOf(row.helpId) },
    {
      header: 'Cách chọn',
      width: hasStrata ? 38 : 45,
      isWords: true,
      value: row => officeLabels.pickOrigin[row.origin],
    },
    ...(hasStrata ? [{ header: 'Nhóm', width: 15, value: (row: Pick) => groupNumber(strata, row.stratum) }] : []),
    {
      header: 'Ngày kiểm tra',
      width: hasStrata ? 27 : 30,
      value: row => (row.checkedAt === null ? '' : formatDay(dayOf(row.checkedAt))),
    },
    { header: 'Kết quả', width: hasStrata ? 40 : 45, isWords: true, value: resultLabel },
  ]
  return [
    ...annexTitle('Danh sách trường hợp được chọn', `(Kèm theo Biên bản kiểm tra ${authorityInFull(unitName)})`),
    ruledTable(columns, picks),
    bodyText(
      'Khi kiểm tra lại việc chọn mẫu, phần số sau “HT-” là mã trường hợp.',
      { italics: true },
      { spacing: { before: 120 } },
    ),
  ]
}
