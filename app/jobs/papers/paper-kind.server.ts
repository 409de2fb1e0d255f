import type { Actor } from '#app/access/policy.ts'
import { sealPaper } from '#app/documents/paper-seal.ts'
import type { PaperCode } from '#app/documents/pdf-pen.ts'
import { writePreparedList } from '#app/documents/prepared-list.ts'
import { writePreparedMinutes } from '#app/documents/prepared-minutes.ts'
import { writePreparedReport } from '#app/documents/prepared-report.ts'
import { dayOf } from '#app/domain/calendar.ts'
import { PLEDGE_DAYS } from '#app/domain/pledge.ts'
import type { PreparedKind } from '#app/domain/prepared-paper.ts'
import { found } from '#app/domain/refusal.ts'
import { findCampaign } from '#app/queries/campaign.server.ts'
import { indicatorNames } from '#app/queries/campaign-indicator.server.ts'
import { findInspection } from '#app/queries/inspection.server.ts'
import { findPlan } from '#app/queries/plan.server.ts'
import {
  type Expected,
  expectedOfficials,
  type KeptSignature,
  listContent,
  type NewSignature,
  type PaperRow,
  paperCode,
} from '#app/queries/prepared-paper.server.ts'
import { currentProvince } from '#app/queries/province.server.ts'
import { reportAddress } from '#app/queries/report-export.server.ts'
import {
  confirmListSigners,
  keepSignedList,
  listClosed,
  listLines,
  listSignatures,
  mayKeepList,
  maySeeList,
} from '#app/queries/signed-list.server.ts'
import {
  confirmMinutesSigners,
  keepSignedMinutes,
  mayKeepMinutes,
  maySeeMinutes,
  minutesClosed,
  minutesSignatures,
  minutesSigners,
} from '#app/queries/signed-minutes.server.ts'
import { paperSealer } from '#app/queries/signed-pledge.server.ts'
import {
  confirmReportSigners,
  keepSignedPaperReport,
  mayKeepReport,
  maySeeReport,
  reportClosed,
  reportContent,
  reportSignatures,
  reportSigners,
} from '#app/queries/signed-report.server.ts'
import type { StrippedContent } from '#app/queries/stored-file.server.ts'
import { titleOfUnit } from '#app/queries/unit-title.server.ts'
import { listObstacleTexts, minutesObstacleTexts, reportObstacleTexts } from '#app/text/prepared-paper.ts'
import { termsIn } from '../terms.server.ts'
import { citedPlan, unitIssuing } from './issuing.server.ts'

/** What is particular to one kind of prepared paper; everything else is the same for all. */
type KindRules = {
  maySee: (actor: Actor, row: PaperRow) => boolean
  /** who uploads the signed file, and confirms who signed */
  mayKeep: (actor: Actor, row: PaperRow) => boolean
  /** whom the paper expects to sign */
  expected: (row: PaperRow) => Expected[]
  /** its signatures, each with why it does not count yet; null: it does */
  signatures: (row: PaperRow) => (KeptSignature & { obstacle: string | null })[]
  keep: (actor: Actor, row: PaperRow, kept: { file: StrippedContent; signatures: readonly NewSignature[] }) => void
  confirm: (actor: Actor, row: PaperRow, signatureIds: readonly number[]) => void
  /** why nothing more is signed on it; null: it is open */
  closed: (row: PaperRow) => string | null
  /** the page that it was prepared on */
  home: (row: PaperRow) => { to: string; label: string }
  /** the file as it is before its seal */
  write: (row: PaperRow, code: PaperCode, actor: Actor) => Promise<Buffer>
}

const textOf = <Word extends string>(texts: Record<Word, string>, word: Word | null): string | null =>
  word === null ? null : texts[word]

const pledgeList: KindRules = {
  maySee: maySeeList,
  mayKeep: mayKeepList,
  expected: row => expectedOfficials(listContent(row).rows.map(({ officialId }) => officialId)),
  signatures: row =>
    listSignatures(row).map(({ obstacle, ...signature }) => ({
      ...signature,
      obstacle: textOf(listObstacleTexts, obstacle),
    })),
  keep: keepSignedList,
  confirm: confirmListSigners,
  closed: row => textOf(listObstacleTexts, listClosed(row)),
  home: ({ unitId }) => ({ to: `/don-vi/${unitId}/cam-ket/ky-so`, label: 'Danh sách cam kết ký số' }),
  write: (row, code) => {
    const { days } = listContent(row)
    const { obligations, names } = termsIn(row.campaignId)
    const preparedOn = dayOf(row.preparedAt)
    return writePreparedList(
      {
        plan: citedPlan(row.campaignId),
        unitName: titleOfUnit(row.unitId),
        place: currentProvince(preparedOn).place,
        preparedOn,
        rows: listLines(row),
        obligations: obligations.flatMap(obligation => {
          const by = days[PLEDGE_DAYS[obligation]]
          return by === null ? [] : { name: names.obligation[obligation], by }
        }),
        code,
      },
      row.id,
    )
  },
}

const report: KindRules = {
  maySee: maySeeReport,
  mayKeep: mayKeepReport,
  expected: reportSigners,
  signatures: row =>
    reportSignatures(row).map(({ obstacle, ...signature }) => ({
      ...signature,
      obstacle: textOf(reportObstacleTexts, obstacle),
    })),
  keep: keepSignedPaperReport,
  confirm: confirmReportSigners,
  closed: row => textOf(reportObstacleTexts, reportClosed(row)),
  home: ({ unitId, subject }) => ({ to: `/don-vi/${unitId}/bao-cao/${subject}`, label: 'Báo cáo' }),
  write: (row, code) => {
    const { at, unitName, figures, indicators, difficulties, proposals } = reportContent(row)
    const { campaignId, unitId, subject } = row
    return writePreparedReport(
      {
        campaign: { ...found(findCampaign(campaignId)), ...findPlan(campaignId) },
        issuing: unitIssuing(unitId, dayOf(at), unitName),
        datedOn: dayOf(at),
        ...reportAddress(campaignId, { unitId, slug: subject }),
        at,
        figures,
        indicators,
        difficulties,
        proposals,
        terms: termsIn(campaignId),
        nameOf: indicatorNames(campaignId),
        signed: null,
      },
      code,
      row.id,
    )
  },
}

const minutes: KindRules = {
  maySee: maySeeMinutes,
  mayKeep: mayKeepMinutes,
  expected: minutesSigners,
  signatures: row =>
    minutesSignatures(row).map(({ obstacle, ...signature }) => ({
      ...signature,
      obstacle: textOf(minutesObstacleTexts, obstacle),
    })),
  keep: keepSignedMinutes,
  confirm: confirmMinutesSigners,
  closed: row => textOf(minutesObstacleTexts, minutesClosed(row)),
  home: ({ subject }) => ({ to: `/kiem-tra/${subject}`, label: 'Cuộc kiểm tra' }),
  write: (row, code, actor) => {
    const { campaignId } = row
    const inspection = found(findInspection(actor, campaignId, Number(row.subject)))
    const { issuer, issuedOn, title } = found(findCampaign(campaignId))
    return writePreparedMinutes(
      { ...inspection, headName: null, campaign: { ...findPlan(campaignId), title, issuer, issuedOn } },
      code,
      row.id,
    )
  },
}

/** The rules of each kind of prepared paper. */
export const PAPER_KINDS: Record<PreparedKind, KindRules> = { pledge_list: pledgeList, report, minutes }

/** A prepared paper's file to be signed, sealed so that it is known again; `site` is where its code is looked up. */
export async function writePaperFile(actor: Actor, row: PaperRow, site: string): Promise<Buffer> {
  const code = { code: paperCode(row.campaignId, row.id), site }
  return sealPaper(await PAPER_KINDS[row.kind].write(row, code, actor), paperSealer(row.campaignId))
}
