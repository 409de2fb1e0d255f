import type { Day } from '#app/domain/calendar.ts'
import { authorityInFull } from '#app/domain/letterhead.ts'
import { formatLongDay } from '#app/text/format.ts'
import { explainPartBases, type NamedBasis } from '#app/text/part-basis.ts'
import { planInFull } from '#app/text/plan.ts'
import {
  addressees,
  article,
  bodyText,
  centredLine,
  DOTS,
  dottedLines,
  type Issuing,
  lacksSigning,
  legalBases,
  paperEnd,
  paperHead,
  paperTitle,
  signatures,
  signingAlone,
  stateHead,
  writePaper,
} from './administrative-paper.ts'
import type { CitedPlan } from './petition.ts'

/** The papers of due process (plan V.4), in the order of its steps. */
export type ReviewPaperKind = 'notice' | 'explanation' | 'finding' | 'appeal'

/** One paper of a case. What is not on record yet is left to be filled in by hand. */
type ReviewPaper = {
  kind: ReviewPaperKind
  plan: CitedPlan
  /** who gives the notice, finds or decides; of an explanation the unit that hears it */
  issuing: Issuing
  bases: readonly string[]
  /** whom it concerns, with their unit: "bà Điểu Thị Ngễnh, Sở Y tế" */
  concerned: string
  /** the one who explains, for the signature */
  signer: string
  /** the step as it is on record: its words, its day, what was decided; null: not taken yet */
  step: { body: string; on: Day; decision: string | null } | null
  /** the person's own parts in the result that was frozen, under the campaign's names; null: none was, or a collective */
  parts: readonly NamedBasis[] | null
  /** the numbered paper that it answers: "Thông báo số 12/TB-SYT"; '' : none is on record */
  answers: string
  /** last day of the explanation, or of the appeal, that follows; null: it has none */
  dueOn: Day | null
}

const TITLES: Record<ReviewPaperKind, { name: string; kind: string; about: (paper: ReviewPaper) => string[] }> = {
  notice: {
    name: 'Thông báo',
    kind: 'TB',
    about: ({ concerned, plan }) => [
      `Về việc chưa hoàn thành nhiệm vụ theo Kế hoạch số ${plan.code}`,
      `của ${concerned}`,
    ],
  },
  explanation: {
    name: 'Văn bản giải trình',
    kind: '',
    about: ({ plan }) => [`Về việc chưa hoàn thành nhiệm vụ theo Kế hoạch số ${plan.code}`],
  },
  finding: {
    name: 'Kết luận',
    kind: 'KL',
    about: ({ concerned, plan }) => [`Về trách nhiệm trong thực hiện Kế hoạch số ${plan.code}`, `của ${concerned}`],
  },
  appeal: {
    name: 'Quyết định',
    kind: 'QĐ',
    about: ({ concerned }) => ['Về việc giải quyết kiến nghị', `của ${concerned}`],
  },
}

/**
 * Makes one paper of due process as docx, a draft until its step is on record with number, day and signer; the law of
 * commendation is the basis of none.
 */
export function writeReviewPaper(paper: ReviewPaper): Promise<Uint8Array> {
  const { name, kind, about } = TITLES[paper.kind]
  const title = paperTitle(name, about(paper))
  if (paper.kind === 'explanation') return writePaper(`${name} ${paper.signer}`, [...explanation(paper, title)])
  // a head decides on an appeal alone, also where they lead a committee
  const issuing =
    paper.kind === 'appeal' ? { ...paper.issuing, signing: signingAlone(paper.issuing.signing) } : paper.issuing
  return writePaper(`${name} ${about(paper).join(' ')}`, [
    paperHead({ issuing, kind, isDraft: lacksSigning(issuing) }),
    ...title,
    ...(paper.kind === 'appeal' ? decisionBases(paper) : legalBases(paper.bases)),
    ...BODIES[paper.kind](paper),
    paperEnd({ recipients: RECIPIENTS[paper.kind](paper), issuing }),
  ])
}

const RECIPIENTS: Record<Exclude<ReviewPaperKind, 'explanation'>, (paper: ReviewPaper) => string[]> = {
  notice: ({ signer }) => [signer, 'Sở Nội vụ'],
  finding: ({ signer }) => [signer, 'Sở Nội vụ'],
  appeal: () => ['Như Điều 2', 'Sở Nội vụ'],
}

/** Who decides on an appeal: "Chủ tịch Ủy ban nhân dân xã Tân Thành". */
function deciderOf({ signing, issuer }: Issuing): string {
  const title = 'headTitle' in signing ? signing.headTitle : signing.title
  return `${title} ${authorityInFull(issuer)}`
}

/** The lines of a decision between its title and its articles (form 1.2): who decides, on what, "QUYẾT ĐỊNH:". */
function decisionBases({ issuing, bases }: ReviewPaper) {
  return [centredLine(deciderOf(issuing).toLocaleUpperCase('vi')), ...legalBases(bases), centredLine('QUYẾT ĐỊNH:')]
}

/** The words on record, a paragraph for each line; dotted lines where there are none. */
const words = (body: string | undefined, blanks: number) =>
  body ? body.split('\n').map(line => bodyText(line)) : dottedLines(blanks)

/** What each own part rests on in the frozen result; nothing where no part was frozen. */
const ownParts = (parts: ReviewPaper['parts']) =>
  parts === null || parts.length === 0
    ? []
    : [bodyText(`Nội dung bản thân thực hiện, theo kết quả xét đã chốt: ${explainPartBases(parts)}.`)]

const until = (dueOn: Day | null) => (dueOn === null ? DOTS : `hết ${formatLongDay(dueOn)}`)

const BODIES: Record<Exclude<ReviewPaperKind, 'explanation'>, (paper: ReviewPaper) => ReturnType<typeof bodyText>[]> = {
  notice: ({ issuing, concerned, step, parts, dueOn }) => [
    bodyText(`${issuing.issuer} thông báo ${concerned} chưa hoàn thành các nội dung sau:`, {}, { keepNext: true }),
    ...words(step?.body, 4),
    ...ownParts(parts),
    bodyText(
      `Đề nghị người được thông báo giải trình bằng văn bản, thời hạn đến ${until(dueOn)}. Thông báo này chưa phải là kết luận về trách nhiệm./.`,
      {},
      { keepNext: true },
    ),
  ],
  finding: ({ issuing, concerned, answers, step, dueOn }) => [
    bodyText(
      `Sau khi xem xét ${answers === '' ? 'thông báo' : answers} và giải trình, ${issuing.issuer} kết luận về trách nhiệm của ${concerned}: ${step?.decision ?? DOTS}.`,
      {},
      { keepNext: true },
    ),
    bodyText('Lý do:', {}, { keepNext: true }),
    ...words(step?.body, 5),
    bodyText(
      `Người có tên được kiến nghị lên cấp trên trực tiếp, thời hạn đến ${until(dueOn)}./.`,
      {},
      { keepNext: true },
    ),
  ],
  appeal: ({ issuing, concerned, step }) => [
    article(1, `${deciderOf(issuing)} giải quyết kiến nghị của ${concerned}: ${step?.decision ?? DOTS}.`, {
      keepNext: true,
    }),
    bodyText('Lý do:', {}, { keepNext: true }),
    ...words(step?.body, 5),
    article(
      2,
      'Quyết định này có hiệu lực kể từ ngày ký. Người kiến nghị và người đã kết luận chịu trách nhiệm thi hành./.',
      { keepNext: true },
    ),
  ],
}

/** The one concerned explains in their own name, under the state's name and motto. */
function explanation(
  { issuing, plan, concerned, signer, answers, step, parts }: ReviewPaper,
  title: ReturnType<typeof paperTitle>,
) {
  return [
    ...stateHead({ place: issuing.place, datedOn: step?.on ?? null }),
    ...title,
    ...addressees([issuing.issuer]),
    bodyText(`Tôi là ${concerned}.`),
    bodyText(`Thực hiện ${planInFull(plan)}${answers === '' ? '' : `, theo ${answers}`}, tôi giải trình như sau:`),
    ...ownParts(parts),
    ...words(step?.body, 10),
    bodyText('Tôi chịu trách nhiệm về nội dung giải trình./.', {}, { spacing: { after: 240 } }),
    signatures([{ capacity: ['Người giải trình'], note: '(Ký, ghi rõ họ tên)', name: signer }]),
  ]
}
