import type { Guard } from './guard.ts'

const FORM_TEST = 'tests/documents/paper-form.test.ts'
const LINE_TEST = 'tests/domain/letterhead.test.ts'
const PAPERS_TEST = 'tests/queries/round-papers.test.ts'
const ROUND_TEST = 'tests/queries/round.test.ts'
const WORKBOOK_TEST = 'tests/documents/workbook.test.ts'
const LETTERHEAD = 'app/domain/letterhead.ts'
const ANNEX = 'app/queries/sealed-annex.server.ts'

/** The guards of papers: their form, what they may say, and who may open them. */
export const PAPER_GUARDS: readonly Guard[] = [
  {
    name: 'a vertical branch is not below the province’s committee',
    file: LETTERHEAD,
    find: "return VERTICAL.test(unit.name) ? '' : inherited()",
    put: 'return inherited()',
    tests: [LINE_TEST],
  },
  {
    name: 'the police are under their ministry',
    file: LETTERHEAD,
    find: "if (isProvincial) return 'Bộ Công an'",
    put: '',
    tests: [LINE_TEST],
  },
  {
    name: 'an enterprise has nothing above it',
    file: LETTERHEAD,
    find: "    case 'enterprise':\n      return null",
    put: "    case 'enterprise':\n      return inherited()",
    tests: [LINE_TEST],
  },
  {
    name: 'the part that drafts is where the coordinator works',
    file: LETTERHEAD,
    find: "  if (part !== undefined) return part.sign ?? initials(part.name.replace(/^(?:Phòng|Ban|Bộ phận|Tổ) /, ''))\n",
    put: '',
    tests: ['tests/queries/paper-gap.test.ts'],
  },
  {
    name: 'a unit is called with those above it',
    file: 'app/domain/unit-title.ts',
    find: 'return [name, ...above.toReversed()]',
    put: 'return [name]',
    tests: ['tests/queries/unit-title.test.ts'],
  },
  {
    name: 'a committee has no line above',
    file: LETTERHEAD,
    find: 'if (parent === undefined || isCommittee(unit.name)) return null',
    put: 'if (parent === undefined) return null',
    tests: [LINE_TEST],
  },
  {
    name: 'a party body has the party’s form',
    file: LETTERHEAD,
    find: "form: unit.block === 'party' ? 'party' : 'state'",
    put: "form: 'state'",
    tests: [LINE_TEST],
  },
  {
    name: 'a law is cited without its number',
    file: 'app/queries/legal-basis.server.ts',
    find: '.map(({ citation }) => citedAsPrinted(citation))',
    put: '.map(({ citation }) => citation)',
    tests: [ROUND_TEST],
  },
  {
    name: 'the law of commendation is no basis of a review',
    file: 'app/domain/legal-basis.ts',
    find: ' && subjects.includes(basis.subject)',
    put: '',
    tests: [ROUND_TEST],
  },
  {
    name: 'a single annex has no number',
    file: 'app/documents/administrative-paper.ts',
    find: "count < 2 ? 'Phụ lục' :",
    put: "count < 0 ? 'Phụ lục' :",
    tests: [FORM_TEST],
  },
  {
    name: 'a deputy of a committee signs on its behalf',
    file: 'app/documents/administrative-paper.ts',
    find: '...(signing.body === undefined ? [] : [`TM. ${signing.body}`]),',
    put: '',
    tests: ['tests/documents/report-paper.test.ts'],
  },
  {
    name: 'who signs is named',
    file: 'app/documents/administrative-paper.ts',
    find: 'centred(signer ?? DOTS, { bold: true })',
    put: 'centred(DOTS, { bold: true })',
    tests: [FORM_TEST],
  },
  {
    name: 'a bonus that nobody entered is dots',
    file: 'app/domain/award-rate.ts',
    find: 'if (needed.some(({ rate }) => rate === undefined)) return null',
    put: '',
    tests: [FORM_TEST],
  },
  {
    name: 'numbers of the register follow the list',
    file: 'app/queries/round-decision.server.ts',
    find: 'inListOrder(of, rows).entries()',
    put: 'rows.entries()',
    tests: [PAPERS_TEST],
  },
  {
    name: 'a sealed annex is its own tree’s before the freeze and after the decision',
    file: ANNEX,
    find: '(of.isFrozen && !of.isDecided && mayManage(actor))',
    put: 'mayManage(actor)',
    tests: [PAPERS_TEST],
  },
  {
    name: 'a sealed annex goes past the council by its meeting alone',
    file: ANNEX,
    find: "      if (needsMeeting(input.action, row)) return { ok: false, problem: 'meeting_missing' }\n",
    put: '',
    tests: [PAPERS_TEST],
  },
  {
    name: 'the council keeps no annex in which somebody is barred',
    file: 'app/queries/council.server.ts',
    find: "if (vote.isKept && barsOfCandidate(of, row).length > 0) return { barred: annex.command, reason: 'annex_barred' }",
    put: '',
    tests: [PAPERS_TEST],
  },
  {
    name: 'papers are drafts while somebody waits for the council',
    file: 'app/domain/round.ts',
    find: "return !isFrozen || (kind === 'commendation' && waiting > 0)",
    put: 'return !isFrozen',
    tests: [PAPERS_TEST],
  },
  {
    name: 'the decision that formed a team is fixed once two have signed',
    file: 'app/queries/inspection-check.server.ts',
    find: "  if (row.concludedAt !== null) return { ok: false, problem: 'inspection_concluded' }\n  if (input.decisionOn",
    put: '  if (input.decisionOn',
    tests: ['tests/queries/inspection.test.ts'],
  },
  {
    name: 'a preview says of a record that never counted no loss',
    file: 'app/domain/extract.ts',
    find: "if (before.kind === 'counts' && after.kind !== 'counts') return 'rejected'",
    put: "if (before.kind !== 'rejected' && after.kind === 'rejected') return 'rejected'",
    tests: ['tests/domain/extract.test.ts'],
  },
  {
    name: 'a person of the armed forces alone agrees to be named',
    file: ANNEX,
    find: ' || actor.officialId !== row.officialId) throw forbidden()',
    put: ') throw forbidden()',
    tests: [PAPERS_TEST],
  },
  {
    name: 'a collective that is not eligible needs reasons',
    file: 'app/domain/round.ts',
    find: "kind === 'collective' && hasReasons && ",
    put: "kind === 'collective' && ",
    tests: [PAPERS_TEST],
  },
  {
    name: 'a head’s achievement is confirmed from above',
    file: 'app/jobs/papers/candidate.server.ts',
    find: 'const confirmedBy = isHead ? above.at(-1) : unitId',
    put: 'const confirmedBy = unitId',
    tests: [PAPERS_TEST],
  },
  {
    name: 'the zip of a round is home affairs’',
    file: 'app/queries/paper-bundle.server.ts',
    find: "export function takeBundle(actor: Actor, campaignId: number, roundId: number): Buffer | undefined {\n  permit(actor, 'round.manage', { unitPath: rootUnit().path })",
    put: 'export function takeBundle(actor: Actor, campaignId: number, roundId: number): Buffer | undefined {',
    tests: [PAPERS_TEST],
  },
  {
    name: 'a workbook is printed in type that can be read',
    file: 'app/documents/workbook.ts',
    find: '(TYPE * (page.width - SIDE_MARGINS)) / width >= LEAST_TYPE',
    put: 'page.width > 0 && width > 0',
    tests: [WORKBOOK_TEST],
  },
  {
    name: 'sums are outside the filter',
    file: 'app/documents/workbook.ts',
    find: 'headerRow + sheet.count + 2',
    put: 'headerRow + sheet.count + 1',
    tests: [WORKBOOK_TEST],
  },
]
