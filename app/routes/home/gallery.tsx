import { useForm } from '@conform-to/react'
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, Link } from '@remix-run/react'
import { daysFrom } from '#app/domain/calendar.ts'
import { EVERY_TERM } from '#app/domain/terms.ts'
import { CATEGORIES, CONSENT_CHANNELS, HELP_PLACES, OUTCOMES } from '#app/domain/vocabulary.ts'
import { formatNumber, formatParts } from '#app/text/format.ts'
import { allObligations, campaignTerms } from '#app/text/terms.ts'
import { labels } from '#app/text/vocabulary.ts'
import { Button, ButtonLink } from '#app/ui/button.tsx'
import { BarList, LineChart } from '#app/ui/chart.tsx'
import { Confirm } from '#app/ui/confirm.tsx'
import { type Column, DataTable } from '#app/ui/data-table.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import {
  CheckboxField,
  CheckboxGroup,
  DateField,
  FileField,
  optionsOf,
  RadioGroup,
  SelectField,
  TextArea,
  TextField,
} from '#app/ui/field.tsx'
import { CountFigure, type Counts, Figure, FigureRow, NestedBar, Share } from '#app/ui/figure.tsx'
import { FilterBar } from '#app/ui/filter-bar.tsx'
import { FormErrors, SubmitButton } from '#app/ui/form.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Pager } from '#app/ui/pager.tsx'
import { Progress } from '#app/ui/progress.tsx'
import { Ring } from '#app/ui/ring.tsx'
import { Facts, Row, RowList, Sheet } from '#app/ui/sheet.tsx'
import { Status, type Tone } from '#app/ui/status.tsx'
import { type Tile, TileMap } from '#app/ui/tile-map.tsx'
import { Verdict } from '#app/ui/verdict.tsx'
import { notFound } from '../_web/visit.server.ts'

/** Only where the data is synthetic, in development too. */
export function loader({ context }: LoaderFunctionArgs) {
  if (!context.isDemo) throw notFound()
  return null
}

export const meta: MetaFunction = () => [{ title: 'Kiểu mẫu · 4 phủ' }]

/** Every component in every state, on invented figures: what each later screen is held against. */
export default function Gallery() {
  return (
    <div className="stack">
      <PageHeading
        title="UBND xã Tân Thành"
        breadcrumbs={[
          { to: '/don-vi/70', label: 'Toàn tỉnh' },
          { to: '/don-vi/689', label: 'Thành phố Đồng Xoài' },
        ]}
        actions={
          <>
            <ButtonLink variant="quiet" to="/kieu-mau?xuat" reloadDocument>
              Xuất Excel
            </ButtonLink>
            <ButtonLink variant="quiet" to="/kieu-mau?bao-cao">
              Báo cáo tuần, hạn 14/6 17:00
            </ButtonLink>
          </>
        }
      />
      <Figures />
      <div className="columns">
        <Tables />
        <div className="stack">
          <Charts />
          <Queue />
        </div>
      </div>
      <Rings />
      <Statuses />
      <Verdicts />
      <Messages />
      <Buttons />
      <Fields />
      <Maps />
    </div>
  )
}

function Figures() {
  return (
    <FigureRow>
      <CountFigure
        label="Người dân được tính / chỉ tiêu"
        reported={324}
        counted={268}
        verified={197}
        target={410}
        pace={319}
        links={{ reported: '?ghi-nhan', counted: '?duoc-tinh', verified: '?doi-chieu' }}
      />
      <Figure label={`Đạt đủ ${allObligations(campaignTerms(EVERY_TERM))} bản thân`} value="34/41">
        82,93% · 2 người được miễn · còn thiếu: chữ ký số 5, cổng tỉnh 3, máy 4G 1
      </Figure>
      <Figure label="Đã đủ chỉ tiêu cá nhân" value="0/41">
        0% · 41 người chưa ghi trường hợp nào
      </Figure>
      <CountFigure label="Vượt chỉ tiêu" reported={1412} counted={1234} verified={902} target={1100} pace={857} />
      <CountFigure label="Chưa ghi nhận" reported={0} counted={0} verified={0} target={410} pace={5} />
      <CountFigure
        label="Chưa giao chỉ tiêu"
        reported={12}
        counted={7}
        verified={0}
        target={0}
        note="Đơn vị mới thành lập, chỉ tiêu được giao sau."
      />
    </FigureRow>
  )
}

type Person = Counts & {
  id: string
  name: string
  post: string
  parts: string
  target: number
  tone: Tone
  word: string
}

const PEOPLE: Person[] = [
  {
    id: 'a',
    name: 'Lê Thị Ánh',
    post: 'Công chức văn hóa – xã hội',
    parts: '2/3',
    reported: 1,
    counted: 0,
    verified: 0,
    target: 10,
    tone: 'late',
    word: 'Còn thiếu',
  },
  {
    id: 'b',
    name: 'Phạm Quốc Bửu',
    post: 'Người hoạt động không chuyên trách',
    parts: '3/3',
    reported: 14,
    counted: 5,
    verified: 3,
    target: 10,
    tone: 'check',
    word: 'Cần kiểm tra lại',
  },
  {
    id: 'c',
    name: 'Nguyễn Phước Hoàng Thị Kiều Oanh Nguyệt',
    post: 'Viên chức trạm y tế, phụ trách chương trình mục tiêu quốc gia về y tế – dân số',
    parts: '3/3',
    reported: 9,
    counted: 8,
    verified: 6,
    target: 10,
    tone: 'doing',
    word: 'Đúng tiến độ',
  },
  {
    id: 'd',
    name: 'Võ Minh Tuấn',
    post: 'Phó Chủ tịch UBND xã',
    parts: '3/3',
    reported: 1417,
    counted: 1234,
    verified: 1002,
    target: 1200,
    tone: 'done',
    word: 'Vượt chỉ tiêu',
  },
]

const COLUMNS: Column<Person>[] = [
  {
    key: 'name',
    header: 'Họ và tên',
    sortTo: '?sap=ten',
    cell: person => (
      <>
        <Link to={`?nguoi=${person.id}`}>{person.name}</Link>
        <div className="small">{person.post}</div>
      </>
    ),
  },
  { key: 'parts', header: 'Bản thân', cell: person => person.parts },
  { key: 'reported', header: 'Ghi nhận', align: 'end', cell: person => formatNumber(person.reported) },
  {
    key: 'counted',
    header: 'Được tính',
    align: 'end',
    sortTo: '?sap=tinh',
    sorted: 'ascending',
    cell: person => formatNumber(person.counted),
  },
  { key: 'verified', header: 'Đối chiếu', align: 'end', cell: person => formatNumber(person.verified) },
  { key: 'target', header: 'Chỉ tiêu', align: 'end', cell: person => formatNumber(person.target) },
  { key: 'tone', header: 'Tình trạng', cell: person => <Status tone={person.tone}>{person.word}</Status> },
]

const UNITS = [
  { id: '1', name: 'Công an tỉnh', reported: 8412, counted: 7930, verified: 7011, target: 9150 },
  {
    id: '2',
    name: 'Sở Nông nghiệp và Phát triển nông thôn',
    reported: 1490,
    counted: 1102,
    verified: 640,
    target: 2370,
  },
  { id: '3', name: 'UBND huyện Bù Gia Mập', reported: 0, counted: 0, verified: 0, target: 640 },
]

function Tables() {
  return (
    <div className="stack">
      <Sheet title="Người thực hiện" note="Sắp theo: được tính, ít nhất trước">
        <FilterBar
          search={{ name: 'tim', label: 'Tìm theo tên, có dấu hoặc không dấu', value: 'ngenh' }}
          filters={[
            {
              name: 'loai',
              label: 'Loại',
              value: '',
              options: optionsOf(CATEGORIES, labels.category),
            },
          ]}
          kept={{ sap: 'tinh' }}
          clearTo="?"
        />
        <DataTable
          caption="Người thực hiện của UBND xã Tân Thành"
          columns={COLUMNS}
          rows={PEOPLE}
          rowKey={person => person.id}
          empty={null}
          asCards
        />
        <Pager label="1–4 trong 41 người" nextTo="?sau=d" previousTo="?truoc=a" />
      </Sheet>
      <Sheet title="Đơn vị trực thuộc">
        <DataTable
          caption="Đơn vị trực thuộc"
          columns={[
            { key: 'name', header: 'Đơn vị', cell: unit => unit.name },
            {
              key: 'share',
              header: 'Được tính / chỉ tiêu',
              align: 'end',
              cell: unit => <Share part={unit.counted} whole={unit.target} />,
            },
            { key: 'bar', header: 'Ghi nhận, được tính, đối chiếu', cell: unit => <NestedBar {...unit} /> },
          ]}
          rows={UNITS}
          rowKey={unit => unit.id}
          empty={null}
        />
      </Sheet>
      <Sheet title="Danh sách chưa có ai">
        <DataTable
          caption="Người thực hiện"
          columns={COLUMNS}
          rows={[]}
          rowKey={person => person.id}
          empty={
            <EmptyState
              title="Đơn vị chưa có danh sách người thực hiện"
              action={<ButtonLink to="?nhap">Nhập danh sách từ Excel</ButtonLink>}
            >
              Anh/chị nhập danh sách theo mẫu, hoặc thêm từng người.
            </EmptyState>
          }
        />
      </Sheet>
    </div>
  )
}

const DAYS = daysFrom('2024-04-04', '2024-07-03')
const PACE = DAYS.map((_, n) => Math.min(410, (n + 1) * 5))
const grow = (rate: number) => DAYS.map((_, n) => (n < 70 ? Math.round(rate * (n + 6 * Math.sin(n / 9))) : null))

function Charts() {
  return (
    <>
      <Sheet title="91 ngày">
        <LineChart
          label="Số được tính theo ngày so với tiến độ cần có"
          days={DAYS}
          today={DAYS[69] ?? ''}
          forecastAtEnd={328}
          pace={PACE}
          target={410}
          series={[
            { label: 'Ghi nhận', tone: 'reported', values: grow(4.5) },
            { label: 'Được tính', tone: 'counted', values: grow(3.7) },
            { label: 'Đã đối chiếu', tone: 'verified', values: grow(2.7) },
          ]}
        >
          <p className="small">Với nhịp 14 ngày qua, dự kiến đạt 402–421 vào 03/7.</p>
        </LineChart>
      </Sheet>
      <Sheet title="Nội dung bản thân" note="trong 39 người">
        <BarList
          bars={[
            { key: '4g', label: labels.obligation.phone_4g, value: 38, text: formatParts(38, 39), to: '?thieu=4g' },
            { key: 'sim', label: labels.obligation.sim_signature, value: 34, text: formatParts(34, 39) },
            { key: 'portal', label: labels.obligation.portal_login, value: 0, text: formatParts(0, 39) },
          ]}
        />
      </Sheet>
    </>
  )
}

function Queue() {
  return (
    <Sheet title="Chờ xác nhận · 31" note="Trường hợp cần xem kỹ đứng trước">
      <RowList>
        <Row
          title="Phạm Quốc Bửu · 8 trường hợp"
          detail="trong 6 phút, vì sao?"
          aside={<Link to="?mo">Xem từng trường hợp</Link>}
        />
        <Row
          title="23 trường hợp khác"
          detail="đủ thông tin"
          aside={
            <Button type="submit" variant="quiet">
              Xác nhận cả 23
            </Button>
          }
        />
      </RowList>
    </Sheet>
  )
}

function Rings() {
  return (
    <div className="figures">
      <Sheet>
        <Ring value={7} target={10} counted="người dân" title="Còn 21 ngày, cần thêm 3 người dân.">
          Đã ghi nhận 9, được tính 7, đã đối chiếu 5.
        </Ring>
      </Sheet>
      <Sheet>
        <Ring value={0} target={10} counted="người dân" title="Còn 91 ngày, cần 10 người dân.">
          Anh/chị chưa ghi trường hợp nào.
        </Ring>
      </Sheet>
      <Sheet>
        <Ring value={12} target={10} counted="người dân" title="Anh/chị đã vượt chỉ tiêu.">
          Đã ghi nhận 14, được tính 12, đã đối chiếu 12.
        </Ring>
      </Sheet>
    </div>
  )
}

function Statuses() {
  return (
    <div className="columns">
      <Sheet title="Nội dung bản thân thực hiện">
        <RowList>
          <Row
            title={labels.obligation.sim_signature}
            detail="Viettel, hết hạn 30/6/2024: trước ngày kết thúc"
            aside={<Status tone="late">Cần gia hạn</Status>}
          />
          <Row title={labels.obligation.phone_4g} aside={<Status tone="done" />} />
          <Row
            title={labels.obligation.portal_login}
            detail="Quốc gia: đã xác nhận. Tỉnh: chờ xác nhận"
            aside={<Status tone="doing" />}
          />
          <Row title="Chỉ tiêu hỗ trợ người dân" aside={<Status tone="check" />} />
          <Row title="Bản cam kết" aside={<Status tone="neutral">Chưa ký</Status>} />
        </RowList>
      </Sheet>
      <Sheet title="Trường hợp hỗ trợ">
        <Facts
          facts={[
            { name: 'Người dân', value: 'Nguyễn Thị Hường · •••345' },
            { name: 'Ngày hỗ trợ', value: '02/6/2024' },
            { name: 'Nơi hỗ trợ', value: labels.helpPlace.home },
          ]}
        />
      </Sheet>
    </div>
  )
}

function Verdicts() {
  const basis = {
    article: 'Mục IV.1, Kế hoạch 128/KH-UBND',
    quote: '… đăng ký sim chính chủ kèm tích hợp chữ ký số',
  }
  return (
    <div className="figures">
      <Sheet title="Trường hợp cần anh/chị xem lại">
        <Verdict
          tone="late"
          title="Nguyễn Thị Hường · 02/6/2024"
          explanation="Chưa được tính: chưa có SIM chính chủ tích hợp chữ ký số."
          basis={basis}
          nextStep={
            <ButtonLink variant="quiet" to="?bo-sung">
              Bổ sung kết quả
            </ButtonLink>
          }
        />
      </Sheet>
      <Sheet title="Được tính">
        <Verdict tone="done" title="Được tính, đã đối chiếu" explanation="Số liệu ngày 30/4/2024." basis={basis} />
      </Sheet>
      <Sheet title="Không được tính">
        <Verdict
          tone="check"
          title={labels.verdictReason.duplicate_claim}
          explanation="Người dân này đã được ghi nhận ngày 05/4/2024. Nếu anh/chị thấy chưa đúng, đơn vị cấp trên sẽ xem lại."
          nextStep={<Link to="?de-nghi">Đề nghị xem lại</Link>}
        />
      </Sheet>
    </div>
  )
}

function Messages() {
  return (
    <div className="columns">
      <div className="stack">
        <Notice>Anh/chị đang xem số liệu của đợt cao điểm đã kết thúc.</Notice>
        <Notice kind="success" title="Đã lưu trường hợp hỗ trợ">
          Chờ đơn vị xác nhận.
        </Notice>
        <Notice kind="warning" title="Sửa mục này sẽ bỏ xác nhận của đơn vị">
          Đơn vị sẽ xác nhận lại sau khi anh/chị lưu.
        </Notice>
        <Notice kind="error" title="Chưa lưu được">
          Máy chủ đang bận. Anh/chị thử lại sau ít phút.
        </Notice>
      </div>
      <Sheet title="Nhập danh sách">
        <div className="stack">
          <Progress label="Đang kiểm tra tệp" done={1200} total={3000} counted="dòng" />
          <Progress label="Đã xong" done={3000} total={3000} counted="dòng" />
          <Progress label="Đang chuẩn bị" done={0} counted="dòng" />
        </div>
      </Sheet>
    </div>
  )
}

function Buttons() {
  return (
    <Sheet title="Nút bấm">
      <div className="stack">
        <ButtonLink isLarge to="?them">
          Thêm người dân đã hỗ trợ
        </ButtonLink>
        <div className="actions">
          <Button>Lưu</Button>
          <Button variant="quiet">Trả lại để bổ sung</Button>
          <Button variant="danger">Rút</Button>
          <Button disabled>Đang lưu…</Button>
        </div>
        <Confirm
          label="Rút trường hợp này"
          question="Rút trường hợp của bà Nguyễn Thị Hường?"
          consequence="Trường hợp không còn được tính cho anh/chị. Anh/chị có thể ghi lại khi cần."
          action="/kieu-mau"
        />
      </div>
    </Sheet>
  )
}

type Sample = {
  name: string
  idNumber: string
  helpedOn: string
  place: string
  consent: string
  outcomes: string[]
  isWitnessed: boolean
  note: string
  evidence: string
}

const CONSTRAINT = { required: true }

function Fields() {
  const [form, fields] = useForm<Sample>({
    id: 'mau',
    constraint: { name: CONSTRAINT, idNumber: CONSTRAINT, helpedOn: CONSTRAINT, consent: CONSTRAINT },
    lastResult: {
      status: 'error',
      initialValue: {
        name: 'Trần Văn Ước',
        idNumber: '070204012345',
        helpedOn: '2024-06-12',
        place: 'home',
        outcomes: ['vneid_installed', 'eid_activated'],
      },
      error: {
        idNumber: ['Số định danh cho biết năm sinh 2004, khác với năm 1999 đã ghi.'],
        consent: ['Anh/chị chọn cách người dân đồng ý.'],
        evidence: ['Tệp lớn hơn 5 MB.'],
      },
    },
  })
  return (
    <Sheet title="Thêm người dân đã hỗ trợ">
      <Form method="post" id={form.id} noValidate={form.noValidate} className="form">
        <FormErrors form={form} labels={{ idNumber: 'Số định danh', consent: 'Đồng ý', evidence: 'Minh chứng' }} />
        <TextField field={fields.name} label="Họ và tên" autoComplete="off" />
        <TextField
          field={fields.idNumber}
          label="Số định danh"
          hint="12 chữ số, ghi trên thẻ căn cước"
          inputMode="numeric"
          isShort
        />
        <DateField field={fields.helpedOn} label="Ngày hỗ trợ" min="2024-04-04" max="2024-06-12" />
        <SelectField field={fields.place} label="Nơi hỗ trợ" options={optionsOf(HELP_PLACES, labels.helpPlace)} />
        <RadioGroup
          field={fields.consent}
          label="Người dân đồng ý cung cấp thông tin"
          hint="Theo lời người dân, anh/chị không chọn thay."
          options={optionsOf(CONSENT_CHANNELS, labels.consentChannel)}
        />
        <CheckboxGroup
          field={fields.outcomes}
          label="Nội dung hỗ trợ"
          options={OUTCOMES.slice(0, 3).map(value => ({ value, label: labels.outcome[value] }))}
        />
        <CheckboxField
          field={fields.isWitnessed}
          label="Có người làm chứng"
          hint="Ghi tên người làm chứng ở ghi chú."
        />
        <TextArea field={fields.note} label="Ghi chú" />
        <FileField
          field={fields.evidence}
          label="Minh chứng"
          hint="Ảnh png, jpg hoặc tệp pdf, không quá 5 MB"
          accept=".png,.jpg,.jpeg,.pdf"
        />
        <div className="actions">
          <SubmitButton>Lưu</SubmitButton>
          <Link to="?huy">Để sau</Link>
        </div>
      </Form>
    </Sheet>
  )
}

const TILES: (Tile | null)[] = [
  { code: '692', name: 'Lộc Ninh', value: 7102, total: 10_000, to: '/dia-ban/692', word: 'on_time' },
  { code: '693', name: 'Bù Đốp', value: 1240, total: 10_000, to: '/dia-ban/693', word: 'will_miss' },
  { code: '691', name: 'Bù Gia Mập', value: 0, total: 10_000, to: '/dia-ban/691', word: 'will_miss' },
  null,
  { code: '690', name: 'Bình Long', value: 3518, total: 10_000, to: '/dia-ban/690', word: 'will_miss' },
  { code: '698', name: 'Phú Riềng', value: 4490, total: 10_000, to: '/dia-ban/698', word: 'may_miss' },
  { code: '688', name: 'Phước Long', value: 8133, total: 10_000, to: '/dia-ban/688', word: 'on_time' },
  { code: '696', name: 'Bù Đăng', value: 2807, total: 10_000, to: '/dia-ban/696', word: 'will_miss' },
  { code: '694', name: 'Hớn Quản', value: 5860, total: 10_000, to: '/dia-ban/694', word: 'may_miss' },
  { code: '697', name: 'Chơn Thành', value: 6621, total: 10_000, to: '/dia-ban/697', word: 'may_miss' },
  { code: '689', name: 'Đồng Xoài', value: 10000, total: 10_000, to: '/dia-ban/689', word: 'reached' },
  { code: '695', name: 'Đồng Phú', value: 3999, total: 10_000, to: '/dia-ban/695', word: 'will_miss' },
]

function Maps() {
  return (
    <Sheet title="Kích hoạt định danh điện tử theo huyện" note="Tính đến 12/6/2024, 09:15">
      <TileMap label="Kích hoạt định danh điện tử theo huyện" cells={TILES} />
    </Sheet>
  )
}
