import { Form, Link } from '@remix-run/react'
import type { Day } from '#app/domain/calendar.ts'
import { isCollective } from '#app/domain/round.ts'
import {
  type CandidateAction,
  type CandidateKind,
  ROUND_STAGES,
  type RoundKind,
  type RoundStage,
} from '#app/domain/vocabulary.ts'
import { formatDay, formatNumber, formatParts } from '#app/text/format.ts'
import { actionLabel, stageLabels } from '#app/text/round.ts'
import { ButtonLink } from './button.tsx'
import { Confirm } from './confirm.tsx'
import { DataTable } from './data-table.tsx'
import { FilterBar } from './filter-bar.tsx'
import { SubmitButton } from './form.tsx'
import { useProvince } from './province.ts'
import { Facts, Row, RowList, Sheet } from './sheet.tsx'

type Station = { kind: CandidateKind; stage: RoundStage; ended: CandidateAction | null; count: number }

/** Counts the candidates at each stage in the whole province; names no person. */
export function StationCounts({
  kind,
  stations,
  caps,
}: {
  kind: RoundKind
  stations: readonly Station[]
  caps: { individualCap: number | null; collectiveCap: number | null }
}) {
  const { hasDistricts } = useProvince()
  const count = (collective: boolean, fits: (row: Station) => boolean) =>
    stations.filter(row => isCollective(row.kind) === collective && fits(row)).reduce((sum, row) => sum + row.count, 0)
  const rows = [
    ...ROUND_STAGES.map(stage => ({
      name: `Đang ở: ${stageLabels(hasDistricts)[stage]}`,
      fits: (row: Station) => row.ended === null && row.stage === stage,
    })),
    ...(['decide', 'drop', 'revoke'] as const).map(action => ({
      name: actionLabel(kind, action),
      fits: (row: Station) => row.ended === action,
    })),
  ].map(({ name, fits }) => ({ name, persons: count(false, fits), collectives: count(true, fits) }))
  const passed = (collective: boolean) => count(collective, row => row.stage === 'council' || row.stage === 'decision')
  return (
    <Sheet title="Toàn tỉnh" note="Số hồ sơ theo bước, không có tên người">
      <DataTable
        caption="Số hồ sơ theo bước"
        rows={rows.filter(row => row.persons + row.collectives > 0)}
        rowKey={row => row.name}
        empty={<p>Chưa có hồ sơ nào.</p>}
        asCards
        columns={[
          { key: 'name', header: 'Bước', cell: row => row.name },
          { key: 'persons', header: 'Cá nhân', align: 'end', cell: row => formatNumber(row.persons) },
          { key: 'collectives', header: 'Tập thể', align: 'end', cell: row => formatNumber(row.collectives) },
        ]}
      />
      {caps.individualCap === null && caps.collectiveCap === null ? null : (
        <p className="small">
          Đã qua Sở Nội vụ so với số lượng tối đa:{' '}
          {[
            caps.individualCap === null ? null : `cá nhân ${formatParts(passed(false), caps.individualCap)}`,
            caps.collectiveCap === null ? null : `tập thể ${formatParts(passed(true), caps.collectiveCap)}`,
          ]
            .filter(Boolean)
            .join(', ')}
          .
        </p>
      )}
    </Sheet>
  )
}

type ShownRound = {
  id: number
  kind: RoundKind
  isFrozen: boolean
  isDecided: boolean
  frozenOn: Day | null
  hash: string | null
  decisionNumber: string | null
  decisionOn: Day | null
  mayManage: boolean
  proposalsDueOn: Day
  takesProposals: boolean
  mayReopen: boolean
}

/** Shows what happened to the list as a whole, and what home affairs does next. */
export function RoundSteps({ round }: { round: ShownRound }) {
  const base = `/khen-thuong/${round.id}`
  if (!round.isFrozen && !round.mayManage) return null
  return (
    <Sheet title="Danh sách và quyết định">
      {round.frozenOn === null ? null : (
        <Facts
          facts={[
            { name: 'Chốt danh sách', value: formatDay(round.frozenOn) },
            { name: 'Mã kiểm tra', value: <code className="break">{round.hash}</code> },
            ...(round.decisionOn === null
              ? []
              : [{ name: 'Quyết định', value: `${round.decisionNumber}, ngày ${formatDay(round.decisionOn)}` }]),
          ]}
        />
      )}
      {round.mayManage && !round.isFrozen ? (
        <Confirm
          label="Chốt danh sách"
          question="Chốt danh sách đã chuyển tiếp?"
          consequence="Danh sách được lưu kèm mã kiểm tra. Hồ sơ chưa đến Sở Nội vụ được đưa ra kèm lý do; không nhận thêm đề nghị."
          action={`${base}/chot`}
        >
          {round.takesProposals ? (
            <label className="choice">
              <input type="checkbox" name="early" required />
              <span>
                Đợt xét còn nhận đề nghị đến hết ngày {formatDay(round.proposalsDueOn)}; tôi vẫn chốt. Mở lại được cho
                đến khi Hội đồng họp.
              </span>
            </label>
          ) : null}
        </Confirm>
      ) : null}
      {round.mayManage && round.isFrozen && !round.isDecided && round.kind === 'commendation' ? (
        <p>
          <ButtonLink to={`${base}/hop`} variant="quiet">
            Họp Hội đồng, ghi biểu quyết
          </ButtonLink>
        </p>
      ) : null}
      {round.mayReopen ? (
        <Confirm
          label="Mở lại danh sách"
          question="Mở lại danh sách đã chốt?"
          consequence="Hồ sơ bị đưa ra vì chưa đến được đi tiếp từ bước cũ; đợt xét nhận đề nghị như trước."
          action={`${base}/mo-lai`}
        />
      ) : null}
      {round.mayManage && round.isFrozen && !round.isDecided ? (
        <p>
          <ButtonLink to={`${base}/quyet-dinh`}>Ghi quyết định</ButtonLink>
        </p>
      ) : null}
    </Sheet>
  )
}

/** Every paper of a round in one zip: made by a job, taken as often as needed for a week. */
function Bundle({
  roundId,
  day,
  bundle,
}: {
  roundId: number
  day: string
  bundle: { files: number; madeAt: string } | null
}) {
  const to = `/khen-thuong/${roundId}/tron-bo.zip`
  return (
    <Form method="post" action={to} className="actions actions-below">
      <input type="hidden" name="ngay" value={day} />
      <SubmitButton action={to} variant="quiet" pendingLabel="Đang gửi…">
        Lập trọn bộ văn bản (zip)
      </SubmitButton>
      {bundle === null ? null : (
        <Link to={to} reloadDocument>
          Tải trọn bộ: {formatNumber(bundle.files)} văn bản, lập lúc {bundle.madeAt}
        </Link>
      )}
    </Form>
  )
}

/** The documents of a round; `day` is that of the document, on which its legal bases go by. */
export function RoundPapers({
  round,
  day,
  areDrafts,
  seesPersons,
  papers,
  bundle,
  ownUnits,
  unitPapers,
}: {
  round: ShownRound
  day: string
  areDrafts: boolean
  seesPersons: boolean
  /** those that home affairs makes */
  papers: readonly { document: string; name: string }[]
  /** the zip that can be taken; null: none was made, or it is a week old */
  bundle: { files: number; madeAt: string } | null
  /** units whose own proposal the reader makes */
  ownUnits: readonly { id: number; name: string }[]
  /** the papers of each of them */
  unitPapers: readonly { document: string; name: string }[]
}) {
  if (!seesPersons) return null
  const to = (document: string) =>
    `/khen-thuong/${round.id}/van-ban/${document}${day === '' ? '' : `?ngay=${encodeURIComponent(day)}`}`
  return (
    <Sheet
      title="Văn bản"
      note={`${areDrafts ? 'Dự thảo' : 'Chờ số, ngày và chữ ký'}, gồm hồ sơ đã qua Sở Nội vụ; mỗi lần tải được ghi nhật ký`}
    >
      {round.mayManage ? (
        <>
          <FilterBar day={{ name: 'ngay', label: 'Ngày của văn bản (căn cứ theo ngày này)', value: day }} />
          <Bundle roundId={round.id} day={day} bundle={bundle} />
        </>
      ) : null}
      <RowList>
        {papers.map(paper => (
          <Row
            key={paper.document}
            title={
              <Link to={to(paper.document)} reloadDocument>
                {paper.name}
              </Link>
            }
            detail={
              paper.document === 'bang-khen.docx' ? 'docx; trên 100 bằng: tệp zip, mỗi tệp trong đó 100 bằng' : 'docx'
            }
          />
        ))}
        {ownUnits.map(unit => (
          <Row
            key={unit.id}
            title={`Văn bản đề nghị của ${unit.name}`}
            detail={unitPapers.map(({ document, name }, n) => (
              <span key={document}>
                {n === 0 ? '' : ' · '}
                <Link to={`/khen-thuong/${round.id}/don-vi/${unit.id}/${document}`} reloadDocument>
                  {name}
                </Link>
              </span>
            ))}
          />
        ))}
        <Row
          title={
            <Link to={to('danh-sach.xlsx')} reloadDocument>
              Danh sách trong phạm vi của anh/chị
            </Link>
          }
          detail="xlsx, mỗi số liệu kèm mã trường hợp và đường dẫn về hồ sơ gốc"
        />
      </RowList>
    </Sheet>
  )
}
