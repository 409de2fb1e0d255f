import type { Guard } from './guard.ts'

const SIDE_BY_SIDE = 'tests/queries/side-by-side.test.ts'
const NEW_CAMPAIGN = 'tests/domain/new-campaign.test.ts'

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
    name: 'what does not hold in a campaign is borne by nobody',
    file: 'app/domain/standing.ts',
    find: '!regulation.heldParts.includes(part)',
    put: 'false',
    tests: ['tests/domain/standing.test.ts'],
  },
  {
    name: 'what was declared of an obligation that holds no more waits for nobody',
    file: 'app/queries/obligation.server.ts',
    find: '        inArray(obligation.part, regulation.heldParts),\n',
    put: '',
    tests: ['tests/routes/two-levels.test.ts'],
  },
  {
    name: 'an outcome that does not hold is not taken',
    file: 'app/domain/help.ts',
    find: '(heldOutcomes.includes(outcome) ? input.outcomes : former)',
    put: 'input.outcomes',
    tests: ['tests/domain/terms.test.ts'],
  },
  {
    name: 'a file names its campaign',
    file: 'app/documents/workbook.ts',
    find: '...(campaign === null ? [] : [`Kế hoạch ${campaign}`]),',
    put: '',
    tests: ['tests/documents/workbook.test.ts'],
  },
  {
    name: 'the founded plan is no campaign beside one of the office’s own',
    file: 'app/queries/campaign.server.ts',
    find: "'id not in (select campaign_id from campaign_terms where is_pattern = 1)'",
    put: "'true'",
    tests: ['tests/queries/campaign-choice.test.ts'],
  },
  {
    name: 'a list’s plan of roles is among the reminders',
    file: 'app/queries/reminder.server.ts',
    find: "    ...remindOf('grant_requests', grantsDue(actor)),\n",
    put: '',
    tests: ['tests/queries/role-plan.test.ts'],
  },
  {
    name: 'a list is not taken back over what was changed since',
    file: 'app/queries/setup-undo.server.ts',
    find: 'if (moved.length > 0) throw',
    put: 'if (false) throw',
    tests: ['tests/queries/setup-list.test.ts'],
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
]
