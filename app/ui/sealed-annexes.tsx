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
  isDecided: boolean
  count: number
  /** its names may be opened: by its own tree, and for the council between freeze and decision */
  mayOpen: boolean
  /** home affairs may pass it on or send it back now */
  mayStep: boolean
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
            key={`${annex.commandId} ${annex.stage} ${annex.isDecided}`}
            title={annex.command}
            detail={
              <>
                <p>
                  {formatNumber(annex.count)} cá nhân ·{' '}
                  {annex.isDecided ? 'đã có quyết định' : `đang ở: ${stageLabels(hasDistricts)[annex.stage]}`}
                </p>
                {annex.mayOpen ? (
                  <>
                    <p>
                      <Link to={`/khen-thuong/${roundId}/phu-luc-kin/${annex.commandId}`} reloadDocument>
                        Mở phụ lục (docx)
                      </Link>
                    </p>
                    {annex.isDecided ? (
                      <p>
                        <Link
                          to={`/khen-thuong/${roundId}/phu-luc-kin/${annex.commandId}?ban=bang-khen`}
                          reloadDocument
                        >
                          Bằng khen, để in lên phôi (docx)
                        </Link>
                      </p>
                    ) : null}
                  </>
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

/** At home affairs an annex goes on or back; the council votes on it in its meeting. */
function AnnexForm({ roundId, commandId, stage }: ShownAnnex & { roundId: number }) {
  const action = `/khen-thuong/${roundId}/phu-luc-kin/${commandId}`
  return (
    <Form method="post" action={action} className="stack">
      <div className="field">
        <label htmlFor={`reason-${commandId}`}>Lý do (khi trả lại)</label>
        <input id={`reason-${commandId}`} name="reason" className="control" autoComplete="off" />
      </div>
      <div className="actions">
        {stage === 'council' ? null : (
          <SubmitButton action={action} name="viec" value="pass">
            Chuyển tiếp cả phụ lục
          </SubmitButton>
        )}
        <SubmitButton action={action} name="viec" value="return" variant="quiet">
          Trả lại đơn vị
        </SubmitButton>
      </div>
    </Form>
  )
}
