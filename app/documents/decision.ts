import { amountOf, type BudgetLine, budgetTotal } from '#app/domain/award-rate.ts'
import { authorityInFull } from '#app/domain/letterhead.ts'
import { formatNumber } from '#app/text/format.ts'
import { awardParts } from '#app/text/round.ts'
import {
  annexHead,
  annexName,
  article,
  bodyText,
  centredLine,
  citedPaper,
  DOTS,
  type Issuing,
  legalBases,
  type PaperColumn,
  paperEnd,
  paperHead,
  paperTitle,
  ruledTable,
  writePaper,
} from './administrative-paper.ts'
import { honorificOf, type ListedCollective, type ListedPerson } from './candidate-list.ts'
import { type CitedPlan, enumerated, listedParts, type SealedPart, sealedWords } from './petition.ts'

/** Number of the certificate in the register; null: the decision is not on record yet. */
type Certified<Row> = Row & { certificate: string | null }

/** quyết định tặng Bằng khen, with its lists. */
type Decision = {
  plan: CitedPlan
  /** of the chairman; `authority`: how the line above the bases names who decides */
  issuing: Issuing & { authority: string }
  isDraft: boolean
  bases: readonly string[]
  /** the tờ trình on which it rests */
  petition: Issuing
  council: string
  lists: { persons: readonly Certified<ListedPerson>[]; collectives: readonly Certified<ListedCollective>[] }
  /** people of the armed forces whom only their own tree names: how many each command put forward */
  sealed: readonly SealedPart[]
  /** bonuses by the decree's table; a rate that nobody entered leaves dots */
  budget: readonly BudgetLine[]
}

/** Makes the quyết định as docx: collectives and people with their numbers in the register, in list order. */
export function writeDecision(decision: Decision): Promise<Uint8Array> {
  const { plan, issuing, isDraft, bases, petition, council, lists, sealed } = decision
  const annexedTo = annexedToDecision(issuing)
  const annexes = annexesOf(decision)
  return writePaper(
    'Quyết định tặng Bằng khen',
    [
      paperHead({ issuing, kind: 'QĐ', isDraft }),
      ...paperTitle('Quyết định', [
        'Về việc tặng Bằng khen cho các tập thể, cá nhân có thành tích xuất sắc',
        `trong thực hiện Kế hoạch số ${plan.code}`,
      ]),
      centredLine(issuing.authority.toLocaleUpperCase('vi')),
      ...legalBases([...bases, `Xét đề nghị của ${council} và ${citedPaper('Tờ trình', 'TTr', petition)}`]),
      centredLine('QUYẾT ĐỊNH:'),
      article(
        1,
        `Tặng Bằng khen của ${issuing.authority} cho ${enumerated([...listedParts({ lists }), ...sealedWords(sealed)])} có thành tích xuất sắc trong thực hiện Kế hoạch số ${plan.code}.`,
      ),
      article(2, bonusWords(decision)),
      article(
        3,
        `Quyết định này có hiệu lực kể từ ngày ký. Chánh Văn phòng ${issuing.issuer}, Giám đốc Sở Nội vụ, thủ trưởng các cơ quan, đơn vị, địa phương có liên quan và các tập thể, cá nhân có tên tại Điều 1 chịu trách nhiệm thi hành Quyết định này./.`,
        { keepNext: true },
      ),
      paperEnd({
        recipients: ['Như Điều 3', council],
        issuing,
      }),
    ],
    annexes.map(({ name, table }, n) => [...annexHead(annexName(n, annexes.length), name, annexedTo), table]),
  )
}

/** "(Kèm theo Quyết định số 1205/QĐ-UBND ngày … của Chủ tịch …)": of who decides, not of the committee. */
export const annexedToDecision = ({ authority, ...issuing }: Decision['issuing']) =>
  `(Kèm theo ${citedPaper('Quyết định', 'QĐ', { ...issuing, issuer: authority })})`

const PERSONS_AWARDED = 'Danh sách cá nhân được tặng Bằng khen'

/** Makes a command's annex to the decision as docx: who of its tree is awarded, with their numbers in the register. */
export function writeSealedAnnex(annex: {
  annexedTo: string
  persons: readonly Certified<ListedPerson>[]
}): Promise<Uint8Array> {
  return writePaper(
    PERSONS_AWARDED,
    [],
    [[...annexHead('', PERSONS_AWARDED, annex.annexedTo), ruledTable(PERSON_COLUMNS, numbered(annex.persons))]],
  )
}

const PART_WORDS = { collective: 'mỗi tập thể', person: 'mỗi cá nhân' } as const
const dong = (amount: number) => `${formatNumber(amount)} đồng`

/** The bonuses with their source; dots for whatever nobody has entered. */
function bonusWords({ budget }: Decision): string {
  const needed = budget.filter(({ count }) => count > 0)
  const each = needed.map(
    ({ part, rate }) => `${PART_WORDS[part]} ${rate === undefined ? `${DOTS} đồng` : dong(amountOf(rate))}`,
  )
  const sources = [...new Set(needed.flatMap(({ rate }) => (rate === undefined ? [] : [rate.source])))]
  const total = budgetTotal(budget)
  return `Tiền thưởng kèm theo Bằng khen: ${each.join(', ')}, theo ${sources.length === 0 ? DOTS : sources.join('; ')}. Tổng số tiền thưởng: ${total === null ? `${DOTS} đồng` : dong(total)}, chi từ ${DOTS}.`
}

type Numbered<Row> = Certified<Row> & { number: number }

const COLLECTIVE_COLUMNS: readonly PaperColumn<Numbered<ListedCollective>>[] = [
  { header: 'STT', width: 15, value: row => String(row.number) },
  { header: 'Tên tập thể', width: 197, isWords: true, value: row => authorityInFull(row.name) },
  { header: 'Số vào sổ', width: 40, value: row => row.certificate ?? '' },
]

const PERSON_COLUMNS: readonly PaperColumn<Numbered<ListedPerson>>[] = [
  { header: 'STT', width: 15, value: row => String(row.number) },
  { header: 'Ông/Bà', width: 18, value: row => honorificOf(row.sex) },
  { header: 'Họ và tên', width: 55, isWords: true, value: row => row.name },
  { header: 'Chức vụ', width: 54, isWords: true, value: row => row.position },
  { header: 'Đơn vị', width: 80, isWords: true, value: row => authorityInFull(row.unitName) },
  { header: 'Số vào sổ', width: 30, value: row => row.certificate ?? '' },
]

const numbered = <Row>(rows: readonly Row[]) => rows.map((row, n) => ({ ...row, number: n + 1 }))

function annexesOf({ lists }: Decision) {
  return [
    ...(lists.collectives.length === 0
      ? []
      : [
          {
            name: 'Danh sách tập thể được tặng Bằng khen',
            table: ruledTable(COLLECTIVE_COLUMNS, numbered(lists.collectives)),
          },
        ]),
    ...(lists.persons.length === 0
      ? []
      : [{ name: PERSONS_AWARDED, table: ruledTable(PERSON_COLUMNS, numbered(lists.persons)) }]),
  ]
}

/** dự toán tiền thưởng of one decision. */
type AwardBudget = {
  plan: CitedPlan
  issuing: Issuing
  isDraft: boolean
  bases: readonly string[]
  budget: readonly BudgetLine[]
}

type BudgetRow = { name: string; count: string; multiple: string; base: string; each: string; sum: string }
const BUDGET_COLUMNS: readonly PaperColumn<BudgetRow>[] = [
  { header: 'Đối tượng', width: 30, isWords: true, value: row => row.name },
  { header: 'Số lượng', width: 20, value: row => row.count },
  { header: 'Hệ số', width: 20, value: row => row.multiple },
  { header: 'Mức lương cơ sở (đồng)', width: 32, value: row => row.base },
  { header: 'Mức thưởng (đồng)', width: 30, value: row => row.each },
  { header: 'Thành tiền (đồng)', width: 33, value: row => row.sum },
]

/** Makes the dự toán as docx: bonuses of the decision's awards by the decree's table, dots where it is not entered. */
export function writeAwardBudget({ plan, issuing, isDraft, bases, budget }: AwardBudget): Promise<Uint8Array> {
  const rows = budget.map(
    ({ part, count, rate }): BudgetRow => ({
      name: awardParts[part],
      count: formatNumber(count),
      multiple: rate === undefined ? '……' : formatNumber(rate.multiple / 100, 2),
      base: rate === undefined ? '……' : formatNumber(rate.baseSalary),
      each: rate === undefined ? '……' : formatNumber(amountOf(rate)),
      sum: rate === undefined ? '……' : formatNumber(count * amountOf(rate)),
    }),
  )
  const total = budgetTotal(budget)
  const sources = [...new Set(budget.flatMap(({ rate }) => (rate === undefined ? [] : [rate.source])))]
  return writePaper('Dự toán tiền thưởng', [
    paperHead({ issuing, kind: 'DT', isDraft }),
    ...paperTitle('Dự toán', ['Tiền thưởng kèm theo Bằng khen', `trong thực hiện Kế hoạch số ${plan.code}`]),
    ...legalBases(bases),
    bodyText(`Mức thưởng theo ${sources.length === 0 ? DOTS : sources.join('; ')}.`, {}, { keepNext: true }),
    ruledTable(BUDGET_COLUMNS, rows, {
      name: 'Cộng',
      count: formatNumber(budget.reduce((sum, { count }) => sum + count, 0)),
      multiple: '',
      base: '',
      each: '',
      sum: total === null ? '……' : formatNumber(total),
    }),
    bodyText(`Nguồn kinh phí: ${DOTS}.`, {}, { spacing: { before: 120, after: 120 } }),
    paperEnd({ recipients: ['Sở Tài chính'], issuing }),
  ])
}
