import { type MetaFunction, redirect } from '@remix-run/node'
import { Form, useLoaderData, useRevalidator } from '@remix-run/react'
import { useEffect } from 'react'
import { campaignTimeOf } from '#app/queries/clock.server.ts'
import { findJob } from '#app/queries/job.server.ts'
import { formatInstant } from '#app/text/format.ts'
import { explainJobFailure, jobTexts } from '#app/text/job.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { SubmitButton } from '#app/ui/form.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Progress } from '#app/ui/progress.tsx'
import { Sheet } from '#app/ui/sheet.tsx'
import { found, idOf, reads } from '../_web/visit.server.ts'

export const meta: MetaFunction = () => [{ title: 'Công việc đang chạy · 4 phủ' }]

const REFRESH_SECONDS = 2

export const loader = reads(({ actor }, { params }) => {
  const { id, kind, state, done, total, input, result, createdAt, finishedAt } = found(
    findJob(actor, idOf(params.jobId)),
  )
  const answer = JSON.parse(result ?? '{}') as { to?: unknown; reason?: unknown }
  if (state === 'done' && typeof answer.to === 'string') throw redirect(answer.to)
  return {
    job: { id, kind, state, done, total, ...timesOf(createdAt, finishedAt) },
    next: nextOf(JSON.parse(input) as Record<string, unknown>),
    reason: state === 'failed' ? String(answer.reason ?? '') : null,
  }
})

/** When a job began and ended, by the campaign's clock as all other times on the pages. */
const timesOf = (createdAt: number, finishedAt: number | null) => ({
  createdAt: campaignTimeOf(createdAt),
  finishedAt: finishedAt === null ? null : campaignTimeOf(finishedAt),
})

/**
 * Returns where to continue after a job, by its subject; a job that names its own page leads there as soon as it is
 * done.
 */
function nextOf(input: Record<string, unknown>): { to: string; label: string } {
  if (input.worklistBatchId !== undefined)
    return { to: `/don-vi/${input.listUnitId}/phan-cong/nhap/${input.worklistBatchId}`, label: 'Xem danh sách nhập' }
  if (input.batchId !== undefined) return { to: `/lo-nhap/${input.batchId}`, label: 'Xem danh sách nhập' }
  if (input.helpBatchId !== undefined)
    return { to: `/don-vi/${input.unitId}/truong-hop/nhap/${input.helpBatchId}`, label: 'Xem danh sách nhập' }
  if (input.extractId !== undefined) return { to: `/doi-chieu/${input.extractId}`, label: 'Xem số liệu trích xuất' }
  if (input.closingId !== undefined) return { to: '/ket-thuc', label: 'Về trang kết thúc đợt' }
  if (input.scenarioId !== undefined)
    return { to: `/danh-gia/phuong-an/${input.scenarioId}`, label: 'Xem phương án tính thử' }
  if (input.unitId !== undefined) return { to: `/quan-tri/don-vi/${input.unitId}`, label: 'Về đơn vị' }
  if (input.campaignId !== undefined) return { to: `/quan-tri/dot/${input.campaignId}`, label: 'Về quy định của đợt' }
  return { to: '/', label: 'Về trang chính' }
}

export default function JobPage() {
  const { job, next, reason } = useLoaderData<typeof loader>()
  const { name, counted } = jobTexts[job.kind]
  const isOpen = job.state === 'queued' || job.state === 'running'
  useRefresh(isOpen)
  return (
    <div className="narrow stack">
      <PageHeading title={name} note={`Bắt đầu lúc ${formatInstant(job.createdAt)}`} />
      {isOpen ? (
        <>
          <noscript>
            <meta httpEquiv="refresh" content={String(REFRESH_SECONDS)} />
          </noscript>
          <Sheet>
            <Progress
              label={job.state === 'queued' ? 'Đang chờ đến lượt' : 'Đang chạy'}
              done={job.done}
              total={job.total > 0 ? job.total : undefined}
              counted={counted}
            />
            <p className="small">Anh/chị có thể rời trang này và quay lại sau; công việc vẫn tiếp tục.</p>
          </Sheet>
        </>
      ) : null}
      {job.state === 'done' ? (
        <Notice kind="success" title="Đã xong">
          {job.finishedAt === null ? '' : `Xong lúc ${formatInstant(job.finishedAt)}.`}
        </Notice>
      ) : null}
      {reason === null ? null : (
        <Notice kind="error" title="Công việc dừng giữa chừng">
          <p>{explainJobFailure(reason)}</p>
          {job.kind === 'rejudge' ? (
            <Form method="post" action={`/cong-viec/${job.id}/chay-lai`}>
              <SubmitButton variant="quiet" pendingLabel="Đang khởi chạy…">
                Chạy lại
              </SubmitButton>
            </Form>
          ) : null}
        </Notice>
      )}
      <div className="actions">
        <ButtonLink variant={isOpen ? 'quiet' : 'primary'} to={next.to}>
          {next.label}
        </ButtonLink>
      </div>
    </div>
  )
}

/** Asks again every few seconds while the job is open; without JavaScript the page refreshes itself. */
function useRefresh(isOpen: boolean) {
  const { revalidate } = useRevalidator()
  useEffect(() => {
    if (!isOpen) return
    const timer = setInterval(revalidate, REFRESH_SECONDS * 1000)
    return () => clearInterval(timer)
  }, [isOpen, revalidate])
}
