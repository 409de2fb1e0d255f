import { codeOf } from '#app/domain/record-code.ts'
import type { RoundKind } from '#app/domain/vocabulary.ts'
import { explainPartBases } from '#app/text/part-basis.ts'
import { awardsText, honorificOf, type ListedCollective, type ListedPerson } from './candidate-list.ts'
import { type Place, placeColumns } from './place-columns.ts'
import { type Column, sheetOf, writeWorkbook } from './workbook.ts'

/** The way back of a person's figures: ids of their records, from the strongest basis to the weakest. */
export type PersonSources = { counted: readonly number[]; verified: readonly number[] }

export type CandidateExport = {
  kind: RoundKind
  /** number of the plan */
  campaign: string
  subtitle: readonly string[]
  asOf: number
  /** the address before a path: `https://…` */
  origin: string
  persons: readonly (ListedPerson & { sources: PersonSources })[]
  collectives: readonly ListedCollective[]
  /** what tells units of one name apart, by id */
  places: ReadonlyMap<number, Place>
  /** numbers of the certificates, by candidate; shown once there is one */
  certificates: ReadonlyMap<number, string>
}

type Person = CandidateExport['persons'][number] & { number: number }
type Collective = ListedCollective & { number: number }

/** Codes of records as screens and papers name them. */
const codes = (ids: readonly number[]) => ids.map(codeOf).join(', ')

/** A number of the register; null: there is none. */
const numberOf = (text: string | undefined) => (text === undefined ? null : Number(text))

/** Spreadsheets hold at most 32,767 characters in a cell; a longer list ends with how many are left. */
function cellOf(ids: readonly number[]): string {
  const shown = ids.slice(0, 2000)
  return `${codes(shown)}${ids.length > shown.length ? ` và ${ids.length - shown.length} mã khác` : ''}`
}

/**
 * Writes a round's lists as a workbook: every figure of the docx, and beside it the way back to its records. For a
 * person that is their page and the codes of the records. For a collective it is the board and the list of those whose
 * sums it shows.
 */
export function writeCandidateWorkbook(input: CandidateExport): Promise<Uint8Array> {
  const isReview = input.kind === 'review'
  const place = placeColumns<{ unitId: number | null }>('unit', ({ unitId }) =>
    unitId === null ? undefined : input.places.get(unitId),
  )
  const certificate: Column<{ candidateId: number }> = {
    header: 'Số vào sổ',
    width: 10,
    kind: 'ordinal',
    value: row => numberOf(input.certificates.get(row.candidateId)),
  }
  const awards: Column<Pick<ListedPerson, 'earlierAwards'>> = {
    header: 'Khen thưởng đã có',
    width: 26,
    kind: 'text',
    value: row => awardsText(row) || null,
  }
  const withAwards = isReview ? [] : [awards]
  const withCertificate = input.certificates.size > 0 ? [certificate] : []
  const personColumns: readonly Column<Person>[] = [
    { header: 'STT', width: 6, kind: 'integer', value: row => row.number },
    { header: 'Ông/Bà', width: 8, kind: 'text', value: row => honorificOf(row.sex) },
    { header: 'Họ và tên', width: 24, kind: 'text', value: row => row.name },
    {
      header: 'Năm sinh',
      width: 9,
      kind: 'ordinal',
      value: row => row.birthYear,
    },
    { header: 'Chức vụ', width: 18, kind: 'text', value: row => row.position },
    place.code,
    { header: 'Đơn vị', width: 26, kind: 'text', value: row => row.unitName },
    place.parent,
    {
      header: isReview ? 'Nội dung chưa hoàn thành' : 'Tóm tắt thành tích',
      width: 40,
      kind: 'text',
      value: row => row.achievement,
    },
    ...withAwards,
    { header: 'Chỉ tiêu', width: 9, kind: 'integer', value: row => row.figures?.target ?? null },
    { header: 'Ghi nhận', width: 9, kind: 'integer', value: row => row.figures?.reported ?? null },
    { header: 'Được tính', width: 9, kind: 'integer', value: row => row.figures?.counted ?? null },
    { header: 'Mã trường hợp được tính', width: 30, kind: 'text', value: row => cellOf(row.sources.counted) || null },
    { header: 'Đã đối chiếu', width: 9, kind: 'integer', value: row => row.figures?.verified ?? null },
    {
      header: 'Mã trường hợp đã đối chiếu',
      width: 30,
      kind: 'text',
      value: row => cellOf(row.sources.verified) || null,
    },
    { header: 'Nội dung bản thân đạt', width: 9, kind: 'integer', value: row => row.obligations?.met ?? null },
    {
      header: 'Nội dung bản thân phải thực hiện',
      width: 11,
      kind: 'integer',
      value: row => row.obligations?.borne ?? null,
    },
    {
      header: 'Nội dung bản thân: căn cứ từng phần',
      width: 40,
      kind: 'text',
      value: row => (row.obligations === null ? null : explainPartBases(row.obligations.bases)),
    },
    {
      header: 'Nguồn của chỉ tiêu, số liệu và nghĩa vụ',
      width: 34,
      kind: 'link',
      value: row => (row.officialId === null ? null : `${input.origin}/can-bo/${row.officialId}`),
    },
    { header: 'Hình thức đề nghị', width: 22, kind: 'text', value: row => row.form },
    { header: 'Ghi chú', width: 18, kind: 'text', value: row => row.note || null },
    ...withCertificate,
  ]
  const collectiveColumns: readonly Column<Collective>[] = [
    { header: 'STT', width: 6, kind: 'integer', value: row => row.number },
    place.code,
    { header: 'Tên tập thể', width: 36, kind: 'text', value: row => row.name },
    place.parent,
    { header: 'Loại', width: 24, kind: 'text', value: row => row.kind },
    { header: 'Số người', width: 9, kind: 'integer', value: row => row.figures?.officials ?? null },
    { header: 'Trong đó nữ', width: 9, kind: 'integer', value: row => row.figures?.women ?? null },
    {
      header: isReview ? 'Nội dung chưa hoàn thành' : 'Tóm tắt thành tích',
      width: 40,
      kind: 'text',
      value: row => row.achievement,
    },
    ...withAwards,
    { header: 'Chỉ tiêu', width: 10, kind: 'integer', value: row => row.figures?.target ?? null },
    { header: 'Ghi nhận', width: 10, kind: 'integer', value: row => row.figures?.reported ?? null },
    { header: 'Được tính', width: 10, kind: 'integer', value: row => row.figures?.counted ?? null },
    { header: 'Đã đối chiếu', width: 10, kind: 'integer', value: row => row.figures?.verified ?? null },
    {
      header: 'Nguồn của số liệu: bảng số liệu đơn vị',
      width: 34,
      kind: 'link',
      value: row => (row.unitId === null ? null : `${input.origin}/don-vi/${row.unitId}`),
    },
    {
      header: 'Nguồn của số người, chỉ tiêu, nghĩa vụ: từng người',
      width: 34,
      kind: 'link',
      value: row => (row.unitId === null ? null : `${input.origin}/danh-gia?don-vi=${row.unitId}&ket-qua=all`),
    },
    ...(input.collectives.find(row => row.obligations !== null)?.obligations ?? []).flatMap(
      ({ name }, n): Column<Collective>[] => [
        { header: `${name}: đạt`, width: 12, kind: 'integer', value: row => row.obligations?.[n]?.met ?? null },
        {
          header: `${name}: phải thực hiện`,
          width: 12,
          kind: 'integer',
          value: row => row.obligations?.[n]?.bearers ?? null,
        },
      ],
    ),
    { header: 'Hình thức đề nghị', width: 22, kind: 'text', value: row => row.form },
    { header: 'Ghi chú', width: 18, kind: 'text', value: row => row.note || null },
    ...withCertificate,
  ]
  return writeWorkbook({
    title: isReview ? 'DANH SÁCH ĐỀ NGHỊ XEM XÉT TRÁCH NHIỆM' : 'DANH SÁCH ĐỀ NGHỊ TẶNG THƯỞNG',
    campaign: input.campaign,
    subtitle: input.subtitle,
    asOf: input.asOf,
    sheets: [
      sheetOf({
        name: 'Tập thể',
        columns: collectiveColumns,
        rows: input.collectives.map((row, n) => ({ ...row, number: n + 1 })),
      }),
      sheetOf({
        name: 'Cá nhân',
        columns: personColumns,
        rows: input.persons.map((row, n) => ({ ...row, number: n + 1 })),
      }),
    ],
  })
}
