/** What comes next where a province begins, in order, and how far each step is. */

export const SETUP_STEPS = [
  'second_admin',
  'campaign_office',
  'province',
  'localities',
  'units',
  'coordinator',
  'heads',
  'campaign',
  'rosters',
  'slips',
  'go_live',
] as const
export type SetupStep = (typeof SETUP_STEPS)[number]

/** What is there already, as counts. */
export type SetupFacts = {
  admins: number
  campaignOffices: number
  isNamed: boolean
  communes: number
  /** open units, the root left out */
  units: number
  /** of them with a head or a coordinator; roles that wait for a second person are left out */
  headed: number
  /** coordinators of the whole province */
  coordinators: number
  /** roles that lists planned and that wait for a second person */
  planned: number
  isCampaignChosen: boolean
  /** of the units with somebody posted there */
  listed: number
  /** people with a head's or coordinator's role, and those of them who opened their account or have a code */
  holders: number
  reached: number
  /** open items of the list before going live; null: not the reader's to see */
  goLive: number | null
}

type StepState = { step: SetupStep; done: number; of: number; isDone: boolean; isNext: boolean }

/** How far each step is; the first that is open comes next. */
export function setupStates(facts: SetupFacts): StepState[] {
  const progress: Record<SetupStep, [done: number, of: number]> = {
    second_admin: [Math.min(facts.admins, 2), 2],
    campaign_office: [Math.min(facts.campaignOffices, 1), 1],
    province: [facts.isNamed ? 1 : 0, 1],
    localities: [facts.communes, Math.max(facts.communes, 1)],
    units: [facts.units, Math.max(facts.units, 1)],
    coordinator: [Math.min(facts.coordinators, 1), 1],
    heads: [facts.headed, Math.max(facts.units, 1)],
    campaign: [facts.isCampaignChosen ? 1 : 0, 1],
    rosters: [facts.listed, Math.max(facts.units, 1)],
    slips: [facts.reached, Math.max(facts.holders, 1)],
    go_live: [facts.goLive === 0 ? 1 : 0, 1],
  }
  const states = SETUP_STEPS.map(step => {
    const [done, of] = progress[step]
    return { step, done, of, isDone: done >= of }
  })
  const next = states.find(({ isDone }) => !isDone)?.step
  return states.map(state => ({ ...state, isNext: state.step === next }))
}
