import type { Guard } from './guard.ts'

const SIDE_BY_SIDE = 'tests/queries/side-by-side.test.ts'
const NEW_CAMPAIGN = 'tests/domain/new-campaign.test.ts'
const INDICATORS = 'tests/queries/campaign-indicator.test.ts'

/** The guards of what is one campaign's, and of what a new campaign takes over. */
export const CAMPAIGN_GUARDS: readonly Guard[] = [
  {
    name: 'a file of another campaign is not found',
    file: 'app/queries/stored-file.server.ts',
    find: '(row.campaignId !== null && row.campaignId !== campaignId)',
    put: 'false',
    tests: [SIDE_BY_SIDE],
  },
  {
    name: 'a list uploaded in another campaign is not found',
    file: 'app/queries/import-batch.server.ts',
    find: 'row.campaignId !== null && row.campaignId !== campaignId',
    put: 'false',
    tests: [SIDE_BY_SIDE],
  },
  {
    name: 'a place in a team is offered in the team’s campaign',
    file: 'app/queries/join-offer.server.ts',
    find: 'or(isNull(joinOffer.teamId), eq(team.campaignId, campaignId))',
    put: 'or(isNull(joinOffer.teamId), eq(team.id, joinOffer.teamId))',
    tests: [SIDE_BY_SIDE],
  },
  {
    name: 'every campaign that runs is published',
    file: 'app/jobs/publish.server.ts',
    find: 'for (const { id } of listCampaigns())',
    put: 'for (const { id } of listCampaigns().slice(0, 1))',
    tests: [SIDE_BY_SIDE],
  },
  {
    name: 'a new session shows the campaign that the account used last',
    file: 'app/domain/campaign.ts',
    find: 'running.find(({ id }) => id === lastId) ?? running[0]',
    put: 'running[0]',
    tests: ['tests/domain/campaign.test.ts'],
  },
  {
    name: 'a plan without articles is not quoted in the words of another',
    file: 'app/queries/plan.server.ts',
    find: 'select code, articles from campaign where id = ?',
    put: 'select code, (select articles from campaign order by id limit 1) as articles from campaign where id = ?',
    tests: [SIDE_BY_SIDE],
  },
  {
    name: 'no weekly report is due before its campaign',
    file: 'app/domain/report.ts',
    find: 'firstOn < startsOn ? startsOn : firstOn',
    put: 'firstOn',
    tests: [NEW_CAMPAIGN],
  },
  {
    name: 'a copy takes over no document of another plan',
    file: 'app/domain/new-campaign.ts',
    find: ", documentNumber: ''",
    put: '',
    tests: [NEW_CAMPAIGN],
  },
  {
    name: 'a year without announced days off is told',
    file: 'app/domain/days-off.ts',
    find: '&& isAnnounced(day)',
    put: '',
    tests: [NEW_CAMPAIGN],
  },
  {
    name: 'once a campaign has figures only the wording of its indicators changes',
    file: 'app/queries/campaign-indicator-edit.server.ts',
    find: 'if (deciding.length > 0 && hasFigures(campaignId))',
    put: 'if (deciding.length > 99 && hasFigures(campaignId))',
    tests: [INDICATORS],
  },
  {
    name: 'an indicator that the annex uses is not removed',
    file: 'app/queries/campaign-indicator-edit.server.ts',
    find: "if (isInUse(campaignId, code)) return refused('', 'indicator_in_annex')",
    put: '',
    tests: [INDICATORS],
  },
  {
    name: 'the telecom office enters figures of what telecoms deliver alone',
    file: 'app/queries/indicator-figure.server.ts',
    find: "(source === 'telecom' && can(actor, 'figure.record_telecom', { unitPath }))",
    put: "can(actor, 'figure.record_telecom', { unitPath })",
    tests: [INDICATORS],
  },
  {
    name: 'a copy takes over no head that the other plan printed',
    file: 'app/queries/campaign-indicator.server.ts',
    find: "({ ...row, printedName: '' })",
    put: '({ ...row })',
    tests: [INDICATORS],
  },
  {
    name: 'the annex is judged in full until a regulation puts the goals in force',
    file: 'app/domain/goal.ts',
    find: "annexReading === 'goals' && goal?.basis === 'annex'",
    put: "goal?.basis === 'annex'",
    tests: [INDICATORS],
  },
  {
    name: 'people left out of a goal are no more than the annex assigns',
    file: 'app/domain/goal.ts',
    find: "people > total ? 'exception_exceeds_annex' : null",
    put: 'null',
    tests: [INDICATORS],
  },
  {
    name: 'a figure’s column is found by its indicator’s own names',
    file: 'app/text/table-layout.ts',
    find: '...(Object.fromEntries(own) as Record<string, string[]>)',
    put: '...(own.length > 99 ? (Object.fromEntries(own) as Record<string, string[]>) : {})',
    tests: ['tests/routes/own-indicators.test.ts'],
  },
]
