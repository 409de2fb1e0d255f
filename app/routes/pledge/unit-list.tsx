import { useForm } from '@conform-to/react'
import type { MetaFunction } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { stripFile } from '#app/documents/stripped-file.ts'
import { dayOf } from '#app/domain/calendar.ts'
import { PLEDGE_LIST_ROWS } from '#app/domain/pledge.ts'
import { pledgeListInput } from '#app/domain/pledge-input.ts'
import { peopleFiguresOf } from '#app/queries/aggregate.server.ts'
import { recordPledgeList } from '#app/queries/pledge.server.ts'
import { listPledgeLists } from '#app/queries/pledge-list.server.ts'
import { formatDay, formatNumber } from '#app/text/format.ts'
import { ChoiceList, tickedIn } from '#app/ui/choice-list.tsx'
import { fieldsOf } from '#app/ui/field.tsx'
import { FormErrors, SubmitButton } from '#app/ui/form.tsx'
import { PictureFile } from '#app/ui/picture-file.tsx'
import { Row, RowList, Sheet } from '#app/ui/sheet.tsx'
import { UnitPageHeading } from '#app/ui/unit-heading.tsx'
import { bytesOf, readForm, refuseForm, takeFile } from '../_web/form.server.ts'
import { redirectWith } from '../_web/redirect.server.ts'
import { idOf, reads, writes } from '../_web/visit.server.ts'
import { peopleToPledge } from './people.server.ts'
import { ListDayFields, PledgePeople, useListDays } from './people.tsx'

export const meta: MetaFunction = () => [{ title: 'Danh sách cam kết · 4 phủ' }]

const PAGE = 50

export const loader = reads((visit, { params, url }) => {
  const { heading, people } = peopleToPledge(visit, { unitId: params.unitId, url, limit: PAGE })
  const { actor, campaign } = visit
  const [figures] = peopleFiguresOf(campaign.id, 'unit', [String(heading.id)])
  return {
    heading,
    people,
    parts: Math.max(1, Math.ceil((figures?.officials ?? 0) / PLEDGE_LIST_ROWS)),
    lists: listPledgeLists(actor, campaign.id, heading),
  }
})

export const action = writes(async ({ actor, campaign }, { params, form }) => {
  const unitId = idOf(params.unitId)
  const file = takeFile(form)
  const submission = readForm(form, pledgeListInput)
  const stripped = await stripFile(await bytesOf(file))
  const fileProblems = stripped.ok ? [] : [{ field: 'file', reason: stripped.reason }]
  if (submission.status !== 'success' || !stripped.ok) return refuseForm(submission, fileProblems)
  const { chon, ...days } = submission.value
  const made = recordPledgeList(actor, campaign.id, { unitId, officialIds: chon, days, file: stripped.file })
  return made.ok
    ? redirectWith(`/don-vi/${unitId}/cam-ket`, made.kept > 0 ? 'da-luu-giu' : 'da-luu', made.bound)
    : refuseForm(submission, made.problems)
})

const FIELD_LABELS: Record<string, string> = {
  chon: 'Chọn người',
  file: 'Bản quét',
  signed: 'Thời hạn',
}

export default function PledgeListPage() {
  const { heading, people, parts, lists } = useLoaderData<typeof loader>()
  const base = `/don-vi/${heading.id}/cam-ket`
  return (
    <div className="stack">
      <UnitPageHeading
        unit={heading}
        current="pledges"
        title="Danh sách cam kết"
        note="Dùng khi đơn vị ký chung một danh sách trên giấy: tải bản quét lên một lần cho mọi người có tên trong đó. Mỗi người cam kết theo chỉ tiêu của mình."
      />
      <p className="actions">
        {Array.from({ length: parts }, (_, n) => n + 1).map(part => (
          <Link key={part} to={part === 1 ? `${base}.docx` : `${base}.docx?phan=${part}`} reloadDocument>
            Tải danh sách để ký (docx){parts > 1 ? `, phần ${part}/${parts}` : ''}
          </Link>
        ))}
        <Link to={`${base}/ky-so`}>Ký bằng chữ ký số</Link>
      </p>
      {lists.length === 0 ? null : (
        <Sheet title="Đã tải lên">
          <RowList>
            {lists.map(list => (
              <Row
                key={list.fileId}
                title={`${formatNumber(list.pledges)} người`}
                detail={[formatDay(dayOf(list.signedAt)), list.uploadedBy].filter(Boolean).join(' · ')}
                aside={
                  list.paperId === null ? (
                    <Link to={`/tep/${list.fileId}`} reloadDocument>
                      Tải bản quét
                    </Link>
                  ) : (
                    <Link to={`/van-ban/${list.paperId}`}>Xem chữ ký số</Link>
                  )
                }
              />
            ))}
          </RowList>
        </Sheet>
      )}
      <PledgePeople people={people} base={base}>
        <UploadForm />
      </PledgePeople>
    </div>
  )
}

function pledgeWords(pledge: { isByList: boolean; citizens: number } | null): string {
  if (pledge === null) return 'Chưa cam kết'
  if (pledge.isByList) return 'Đã có trong danh sách'
  return pledge.citizens > 0 ? `Đã tự ký: ${formatNumber(pledge.citizens)} người dân` : 'Đã tự ký'
}

function UploadForm() {
  const { rows, startsOn, endsOn } = useLoaderData<typeof loader>().people
  const answer = useActionData<typeof action>()
  const lastResult = answer?.lastResult
  const { days, dayLabels } = useListDays()
  const [form, fields] = useForm<Record<string, string>>({
    lastResult,
    defaultValue: Object.fromEntries(days.map(name => [name, endsOn])),
    constraint: Object.fromEntries(['file', ...days].map(name => [name, { required: true }])),
  })
  const field = fieldsOf(fields)
  return (
    <Form
      method="post"
      encType="multipart/form-data"
      id={form.id}
      onSubmit={form.onSubmit}
      noValidate={form.noValidate}
      className="columns"
    >
      <Sheet
        title="Người có tên trong danh sách"
        note="Bỏ chọn người không ký. Ai đã tự ký cam kết cao hơn danh sách thì giữ bản tự ký; muốn theo danh sách, người đó ký lại trên ứng dụng."
      >
        <ChoiceList
          ticked={
            lastResult ? tickedIn(lastResult) : rows.filter(row => row.pledge === null).map(row => row.officialId)
          }
          choices={rows.map(row => ({
            id: row.officialId,
            name: row.name,
            title: row.name,
            group: row.unitName,
            detail: [row.position, row.unitName].filter(Boolean).join(' · '),
            aside: <small>{pledgeWords(row.pledge)}</small>,
          }))}
        >
          <a href="#ban-quet">Tiếp tục: bản quét và thời hạn</a>
        </ChoiceList>
      </Sheet>
      <Sheet title="Bản quét và thời hạn">
        <div className="stack" id="ban-quet">
          <FormErrors form={form} labels={{ ...FIELD_LABELS, ...dayLabels }} />
          <PictureFile
            field={field('file')}
            label="Bản quét danh sách có chữ ký"
            hint="PDF, PNG, JPG, WebP hoặc HEIC, tối đa 5 MB; thông tin ẩn trong tệp được gỡ bỏ."
          />
          <ListDayFields field={field} startsOn={startsOn} endsOn={endsOn} />
          <SubmitButton isLarge pendingLabel="Đang tải lên…">
            Lưu danh sách
          </SubmitButton>
        </div>
      </Sheet>
    </Form>
  )
}
