import { Form, Link } from '@remix-run/react'
import type { RoundStage } from '#app/domain/vocabulary.ts'
import { formatNumber } from '#app/text/format.ts'
import { stageLabels } from '#app/text/round.ts'
import { SubmitButton } from './form.tsx'
import { useProvince } from './province.ts'
import { Row, RowList, Sheet } from './sheet.tsx'

type ShownAnnex = {
  commandId: number
  command: string
  stage: RoundStage
  count: number
  /** its names may be opened: by its own tree, and for the council between freeze and decision */
  mayOpen: boolean
  /** home affairs may pass it on or send it back now */
  mayStep: boolean
  /** the members present at the council's last meeting; null: it has not met */
  votesTotal: number | null
}

/** People of the armed forces by command, without a name: each annex goes on, or back, as a whole. */
export function SealedAnnexes({ roundId, annexes }: { roundId: number; annexes: readonly ShownAnnex[] }) {
  const { hasDistricts } = useProvince()
  if (annexes.length === 0) return null
  return (
    <Sheet
      title="Phụ lục kín của lực lượng vũ trang"
      note="Đơn vị lập phụ lục quyết định nêu tên ai; chỉ nội bộ đơn vị đó và Hội đồng mở được, mỗi lần mở được ghi nhật ký"
    >
      <RowList>
        {annexes.map(annex => (
          <Row
            key={`${annex.commandId} ${annex.stage}`}
            title={annex.command}
            detail={
              <>
                <p>
                  {formatNumber(annex.count)} cá nhân · đang ở: {stageLabels(hasDistricts)[annex.stage]}
                </p>
                {annex.mayOpen ? (
                  <p>
                    <Link to={`/khen-thuong/${roundId}/phu-luc-kin/${annex.commandId}`} reloadDocument>
                      Mở phụ lục (docx)
                    </Link>
                  </p>
                ) : null}
                {annex.mayStep ? <AnnexForm roundId={roundId} {...annex} /> : null}
              </>
            }
          />
        ))}
      </RowList>
    </Sheet>
  )
}

function AnnexForm({ roundId, commandId, stage, votesTotal }: ShownAnnex & { roundId: number }) {
  const action = `/khen-thuong/${roundId}/phu-luc-kin/${commandId}`
  return (
    <Form method="post" action={action} className="stack">
      {stage === 'council' ? (
        <div className="field-pair">
          <Field name="votesFor" label="Số phiếu đồng ý" id={`votesFor-${commandId}`} />
          <Field name="votesTotal" label="Tổng số phiếu" id={`votesTotal-${commandId}`} value={votesTotal} />
        </div>
      ) : null}
      <Field name="reason" label="Lý do (khi trả lại)" id={`reason-${commandId}`} />
      <div className="actions">
        <SubmitButton action={action} name="viec" value="pass">
          {stage === 'council' ? 'Ghi kết quả biểu quyết' : 'Chuyển tiếp cả phụ lục'}
        </SubmitButton>
        <SubmitButton action={action} name="viec" value="return" variant="quiet">
          Trả lại đơn vị
        </SubmitButton>
      </div>
    </Form>
  )
}

/** A control of a form that is several times on a page: its id carries the annex. */
const Field = ({ name, label, id, value }: { name: string; label: string; id: string; value?: number | null }) => (
  <div className="field">
    <label htmlFor={id}>{label}</label>
    <input id={id} name={name} defaultValue={value ?? undefined} className="control" autoComplete="off" />
  </div>
)
