import type { Action, Person } from '#app/access/policy.ts'
import { notFound } from '#app/domain/refusal.ts'
import { permitAnywhere, permitAtLocality, permitAtUnit } from '#app/queries/posting.server.ts'

/**
 * What a form sent to a route may do: one of these actions must be allowed before the form is read. Whether it is
 * allowed for the individual record is checked by the write itself. `everyone`: open to every signed-in account.
 */
export const POSTING: Readonly<Record<string, readonly Action[] | 'everyone'>> = {
  'can-bo/:officialId/chuyen': ['official.transfer'],
  'can-bo/:officialId/gop': ['official.correct'],
  'can-bo/:officialId/nhap-ho': ['help.record_for'],
  'can-bo/:officialId/sua': ['official.correct'],
  'cam-ket': ['pledge.sign'],
  'cong-viec/:jobId/chay-lai': 'everyone',
  'danh-gia/phuong-an': ['scenario.compute'],
  'di-cung': 'everyone',
  'dia-ban/:code/so-lieu': ['figure.record', 'figure.record_telecom'],
  'dia-ban/:code/so-lieu/nhap': ['figure.record', 'figure.record_telecom'],
  'diem-thu-nhan/:pointId': ['collection.keep'],
  'diem-thu-nhan/:pointId/huy': ['collection.keep'],
  'doi-chieu/:extractId/ap-dung': ['extract.manage_police', 'extract.manage_telecom'],
  'doi-chieu/:extractId/cot': ['extract.manage_police', 'extract.manage_telecom'],
  'doi-chieu/:extractId/huy': ['extract.manage_police', 'extract.manage_telecom'],
  'doi-chieu/:extractId/tiep-tuc': ['extract.manage_police', 'extract.manage_telecom'],
  'doi-chieu/moi': ['extract.upload_police', 'extract.upload_telecom'],
  'doi-chieu/tra-cuu.zip': ['extract.manage_police', 'extract.manage_telecom'],
  'don-vi/:unitId/bao-cao/:period/ban-ky': ['report.draft'],
  'don-vi/:unitId/bao-cao/:period/bo-ban-soan': ['report.draft'],
  'don-vi/:unitId/bao-cao/:period/ky': ['report.sign'],
  'don-vi/:unitId/bao-cao/:period/rut-chu-ky': ['report.draft'],
  'don-vi/:unitId/bao-cao/:period/soan': ['report.draft'],
  'don-vi/:unitId/cam-ket': ['pledge.upload_list'],
  'don-vi/:unitId/chi-tieu': ['target.assign'],
  'don-vi/:unitId/chi-tieu/dia-ban': ['target.decide_area'],
  'don-vi/:unitId/chuyen/:transferId': ['transfer.answer'],
  'don-vi/:unitId/chuyen/:transferId/rut': ['official.transfer'],
  'don-vi/:unitId/dau-moi': ['coordinator.appoint'],
  'don-vi/:unitId/dau-moi/:grantId/ket-thuc': ['coordinator.appoint', 'account.manage'],
  'don-vi/:unitId/diem-thu-nhan/moi': ['collection.keep'],
  'don-vi/:unitId/diem-thu-nhan/nhap': ['collection.keep'],
  'don-vi/:unitId/giao-chi-tieu': ['target.hand_down'],
  'don-vi/:unitId/ma-kich-hoat': ['activation.issue'],
  'don-vi/:unitId/mien-giam/:exemptionId': ['exemption.decide', 'exemption.decide_last'],
  'don-vi/:unitId/mien-giam/:exemptionId/ban-chup': ['exemption.ask'],
  'don-vi/:unitId/mien-giam/moi': ['exemption.ask'],
  'don-vi/:unitId/nguoi-thuc-hien/nhap': ['roster.edit'],
  'don-vi/:unitId/phan-cong': ['worklist.view'],
  'don-vi/:unitId/phan-cong/chia': ['worklist.share'],
  'don-vi/:unitId/phan-cong/giay-moi': ['worklist.share'],
  'don-vi/:unitId/phan-cong/nhap': ['worklist.import'],
  'don-vi/:unitId/phan-cong/nhap/:batchId': ['worklist.import'],
  'don-vi/:unitId/phan-cong/nhap/:batchId/ap-dung': ['worklist.import'],
  'don-vi/:unitId/phan-cong/nhap/:batchId/cot': ['worklist.import'],
  'don-vi/:unitId/to': ['team.edit'],
  'don-vi/:unitId/to/:teamId/dong': ['team.edit'],
  'don-vi/:unitId/to/:teamId/thanh-vien': ['team.edit'],
  'don-vi/:unitId/to/:teamId/thoi': ['team.edit'],
  'don-vi/:unitId/tranh-chap/:disputeId': ['dispute.decide'],
  'don-vi/:unitId/tu-nhan': ['activation.issue', 'inspection.form'],
  'don-vi/:unitId/truong-hop/nhap': ['help.record_for'],
  'don-vi/:unitId/truong-hop/nhap/:helpBatchId': ['help.record_for'],
  'don-vi/:unitId/truong-hop/nhap/:helpBatchId/ap-dung': ['help.record_for'],
  'don-vi/:unitId/truong-hop/nhap/:helpBatchId/cot': ['help.record_for'],
  'don-vi/:unitId/tuyen-truyen/moi': ['outreach.log'],
  'don-vi/:unitId/tuyen-truyen/nhap': ['outreach.log'],
  'don-vi/:unitId/xac-nhan/noi-dung': ['obligation.confirm', 'inspection.form'],
  'don-vi/:unitId/xac-nhan/tra-lai': ['help.confirm', 'inspection.form'],
  'don-vi/:unitId/xac-nhan/tra-lai-noi-dung': ['obligation.confirm', 'inspection.form'],
  'don-vi/:unitId/xac-nhan/truong-hop': ['help.confirm', 'inspection.form'],
  dot: 'everyone',
  'dot/khoi-dau': ['campaign.edit'],
  'ho-tro/:helpId/de-nghi': ['help.edit'],
  'ho-tro/:helpId/khoi-phuc': ['help.edit'],
  'ho-tro/:helpId/ma': ['help.edit'],
  'ho-tro/:helpId/rut': ['help.edit'],
  'ho-tro/:helpId/sua': ['help.edit'],
  'ho-tro/:helpId/xem-xet-lai': ['dispute.raise'],
  'ho-tro/buoi': ['help.record'],
  'ho-tro/gui': ['help.record'],
  'ho-tro/kiem-tra-so': ['help.record'],
  'ho-tro/moi': ['help.record'],
  'ket-thuc/chot': ['closing.compute'],
  'ket-thuc/tinh-lai': ['closing.compute'],
  'ket-thuc/tinh-thu': ['closing.compute'],
  'khen-thuong/:roundId/chot': ['round.manage'],
  'khen-thuong/:roundId/chuyen': ['candidate.propose', 'candidate.review', 'candidate.decide'],
  'khen-thuong/:roundId/de-nghi': ['candidate.propose', 'candidate.decide'],
  'khen-thuong/:roundId/ho-so/:candidateId/bieu-quyet': ['candidate.propose', 'candidate.review', 'candidate.decide'],
  'khen-thuong/:roundId/ho-so/:candidateId/de-nghi': ['candidate.propose', 'candidate.review', 'candidate.decide'],
  'khen-thuong/:roundId/ho-so/:candidateId/khen-thuong': ['award.record'],
  'khen-thuong/:roundId/ho-so/:candidateId/rut': ['candidate.propose'],
  'khen-thuong/:roundId/ho-so/:candidateId/sua': ['candidate.propose'],
  'khen-thuong/:roundId/ho-so/:candidateId/thu-hoi': ['award.record'],
  'khen-thuong/:roundId/ngoai': ['candidate.propose'],
  'khen-thuong/:roundId/quyet-dinh': ['round.manage'],
  'khen-thuong/:roundId/tra-lai': ['candidate.propose', 'candidate.review', 'candidate.decide'],
  'khen-thuong/can-cu': ['legal_basis.edit'],
  'khen-thuong/can-cu/:basisId/ket-thuc': ['legal_basis.edit'],
  'khen-thuong/moi': ['round.manage'],
  'kho-khan/:difficultyId': ['difficulty.answer_campaign', 'difficulty.answer_telecom'],
  'kho-khan/:difficultyId/rut': ['difficulty.raise'],
  'kho-khan/:difficultyId/sua': ['difficulty.raise'],
  'kho-khan/moi': ['difficulty.raise'],
  'kiem-tra/:inspectionId/ket-luan': ['inspection.check', 'inspection.form'],
  'kiem-tra/:inspectionId/kien-nghi/:helpId': ['inspection.appeal'],
  'kiem-tra/:inspectionId/kien-nghi/:helpId/quyet-dinh': ['inspection.decide'],
  'kiem-tra/:inspectionId/ky': ['inspection.check', 'inspection.form'],
  'kiem-tra/:inspectionId/phieu/:helpId': ['inspection.check'],
  'kiem-tra/:inspectionId/phieu/:helpId/ket-qua': ['inspection.check'],
  'kiem-tra/:inspectionId/rut-ket-luan': ['inspection.check', 'inspection.form'],
  'kiem-tra/:inspectionId/tra-loi': ['inspection.answer'],
  'kiem-tra/de-nghi/:reconsiderationId': ['inspection.decide'],
  'kiem-tra/moi': ['inspection.form'],
  'lo-nhap/:batchId': ['roster.edit'],
  'lo-nhap/:batchId/ap-dung': ['roster.edit'],
  'lo-nhap/:batchId/cot': ['roster.edit'],
  'mau-bang/:layoutId': ['layout.save'],
  'mau-bang/:layoutId/bo': ['layout.save'],
  'mau-bang/moi': ['layout.save'],
  'ngay-mau': ['clock.move'],
  'loi-moi/:offerId': ['join_offer.answer'],
  'loi-moi/:offerId/rut': ['roster.edit', 'team.edit'],
  'nghia-vu/:part': ['obligation.declare'],
  'ngoai-tuyen/ma': ['help.record'],
  'phan-cong/:assignmentId': ['assignment.contact'],
  'phieu-xac-nhan': ['help.record'],
  'quan-tri/tinh': ['campaign.edit'],
  'quan-tri/don-vi/:unitId': ['unit.edit'],
  'quan-tri/don-vi/:unitId/chuyen': ['unit.edit'],
  'quan-tri/don-vi/:unitId/mo-lai': ['unit.edit'],
  'quan-tri/don-vi/:unitId/ngung': ['unit.edit'],
  'quan-tri/don-vi/:unitId/nguoi-ky': ['unit.edit'],
  'quan-tri/don-vi/:unitId/nguoi-ky/:signerId/thoi': ['unit.edit'],
  'quan-tri/don-vi/:unitId/them': ['unit.edit'],
  'quan-tri/dot/:campaignId': ['campaign.edit'],
  'quan-tri/dot/:campaignId/chi-tieu': ['campaign.edit'],
  'quan-tri/dot/:campaignId/danh-sach': ['worklist.purge'],
  'quan-tri/dot/:campaignId/huy-khoa': ['keys.propose_destruction', 'keys.confirm_destruction'],
  'quan-tri/dot/moi': ['campaign.edit'],
  'quan-tri/ma-truy-cap': ['token.manage'],
  'quan-tri/ma-truy-cap/:tokenId/thu-hoi': ['token.manage'],
  'quan-tri/tai-khoan/:accountId': ['account.manage'],
  'quan-tri/tai-khoan/:accountId/khoa': ['account.manage'],
  'quan-tri/tai-khoan/:accountId/ma-moi': ['account.manage'],
  'quan-tri/tai-khoan/:accountId/mo-lai': ['account.manage'],
  'quan-tri/tai-khoan/:accountId/xac-thuc': ['account.manage'],
  'quan-tri/tai-khoan/moi': ['account.manage'],
  'quan-tri/tai-khoan/tu-nhan': ['account.manage'],
  'quan-tri/vai-tro': ['account.manage', 'coordinator.appoint'],
  'quan-tri/vai-tro/:grantId/ket-thuc': ['coordinator.appoint', 'account.manage'],
  'quan-tri/van-hanh': ['system.operate'],
  'sua-ho-so/:correctionId': ['correction.answer', 'official.correct'],
  'tai-khoan/mat-khau': 'everyone',
  'tai-khoan/may': 'everyone',
  'tai-khoan/may/bo': 'everyone',
  'tai-khoan/phien': 'everyone',
  'tai-khoan/thu-nhac': 'everyone',
  'tai-khoan/xac-thuc': 'everyone',
  'tai-khoan/xac-thuc/ma-du-phong': 'everyone',
  'tuyen-truyen/:outreachId/rut': ['outreach.log'],
  'uu-dai/:offerId/dang-ky': ['offer.ask'],
  'uu-dai/:offerId/ket-thuc': ['offer.edit'],
  'uu-dai/ban-giao.zip': ['offer.hand_over'],
  'uu-dai/moi': ['offer.edit'],
  'uu-dai/nhu-cau/:wishId/bo': ['offer.ask'],
  'xem-xet/:caseId/:step': [
    'review.notify',
    'review.answer',
    'review.answer_unit',
    'review.decide',
    'review.decide_appeal',
  ],
  'xem-xet/moi': ['review.notify'],
  'xem-xet/vuong-mac/:gateId/rut': ['gate.edit'],
  'xem-xet/vuong-mac/moi': ['gate.edit'],
  'yeu-cau': ['citizen_request.handle'],
  'yeu-cau/:requestId/sua': ['citizen_request.handle'],
  'yeu-cau/:requestId/xoa': ['citizen_request.handle'],
}

type Compiled = { expression: RegExp; blanks: number; needs: readonly Action[] | 'everyone' }

const COMPILED: readonly Compiled[] = Object.entries(POSTING)
  .map(([pattern, needs]) => ({
    expression: new RegExp(`^/${pattern.replaceAll('.', '\\.').replaceAll(/:(\w+)/g, '(?<$1>[^/]+)')}/?$`, 'i'),
    blanks: pattern.split(':').length,
    needs,
  }))
  .sort((a, b) => a.blanks - b.blanks)

/**
 * Passes if the actor is allowed what this route does. Otherwise throws the refusal before the body is read: 403, or
 * 404 if the unit or locality in the address is out of sight. A route that is not listed takes no form.
 */
export function permitPosting(actor: Person, path: string) {
  const plain = path.replace(/(?<=.)\.data$/, '')
  for (const { expression, needs } of COMPILED) {
    const match = expression.exec(plain)
    if (!match) continue
    if (needs === 'everyone') return
    permitAnywhere(actor, needs)
    const { unitId, code } = match.groups ?? {}
    if (code !== undefined) permitAtLocality(actor, code)
    else if (unitId !== undefined && plain.startsWith('/don-vi/')) permitAtUnit(actor, rowIdIn(unitId), needs)
    return
  }
  throw new Response(null, { status: 405, statusText: 'Method Not Allowed' })
}

function rowIdIn(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw notFound()
  return Number(text)
}
