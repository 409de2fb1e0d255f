import type { Day } from '#app/domain/calendar.ts'
import { forbidden } from '#app/domain/refusal.ts'
import type { ApiScope, Role } from '#app/domain/vocabulary.ts'

/** The actor, which every query takes first. */
export type Grant = { role: Role; unitId: number; unitPath: string }
/** `on` is the campaign day for which the grants were looked up. */
export type Person = { kind: 'person'; accountId: number; officialId: number | null; grants: Grant[]; on: Day }
/** Another system, by a token of the interface: what its scopes allow in one unit's subtree, never a person's. */
export type Token = { kind: 'token'; tokenId: number; scopes: readonly ApiScope[]; unitPath: string; on: Day }
export type Actor = Person | Token | { kind: 'anonymous' } | { kind: 'system' }

/** The subject of a permission check: a unit (by path) and, if it concerns one person, that person. */
export type Target = {
  unitPath: string
  /** the official who owns it; undefined: the unit owns it */
  officialId?: number | null
  /** the account concerned; an office's account has no official, so an act on oneself is only visible here */
  accountId?: number | null
  /** path of the topmost armed-forces unit above the target; null: none */
  guardPath?: string | null
  /** paths of the units that this person heads */
  headPaths?: readonly string[]
}

/**
 * The only access matrix: one row for each action.
 *
 * - `own`: officials may act on what is theirs.
 * - `roles`: a grant of one of these roles allows the action in the subtree of the grant's unit.
 * - `persons`: the action shows or touches a single person. In armed-forces units it needs a grant from within the
 * same tree (domain 3).
 * - `notSelf`: no official may act on themself.
 * - `everyone`: any signed-in account may act.
 * - `aboveHead`: what concerns a unit's head is decided one level up; at the root, and at the top of an armed-forces
 * tree, by another holder of a role there (domain 4).
 * - `token`: a token with this scope may act in the subtree of its unit.
 * - `anonymous`: no sign-in is needed.
 */
type Row = {
  own?: true
  roles: readonly Role[]
  persons?: true
  notSelf?: true
  aboveHead?: true
  everyone?: true
  system?: true
  token?: ApiScope
  anonymous?: true
}

const UNIT = ['coordinator', 'head'] as const
const PROVINCE_READERS = ['campaign_office', 'home_affairs', 'province_leader'] as const

export const MATRIX = {
  /** figures of a unit, no person */
  'unit.view': { roles: [...UNIT, 'inspector', ...PROVINCE_READERS, 'telecom_office'], token: 'read' },
  /** figures of the citizens who live in a locality; checked at the unit that governs it */
  'locality.view': { roles: [...UNIT, 'inspector', ...PROVINCE_READERS, 'telecom_office'], token: 'read' },
  /** the annex's indicators: daily figures of a locality, checked at the units that govern it or contain it */
  'figure.record': { roles: [...UNIT, 'campaign_office'], token: 'figures' },
  /** phones and SIMs only */
  'figure.record_telecom': { roles: ['telecom_office'] },
  /** table layouts of other systems; shared by all who exchange tables */
  'layout.save': { roles: [...UNIT, 'campaign_office', 'telecom_office'] },
  /** a unit's targets of the annex handed down to those below it (plan V.6) */
  'target.hand_down': { roles: ['head', 'campaign_office'] },
  /** names, obligations and counts of officials */
  'official.view': { own: true, roles: [...UNIT, 'campaign_office', 'home_affairs'], persons: true },
  'roster.edit': { roles: UNIT, persons: true, system: true },
  /** asking for an official of one's unit to go elsewhere; heads are moved from above */
  'official.transfer': { roles: UNIT, persons: true, notSelf: true, aboveHead: true, system: true },
  /** answering for the receiving unit; asked besides: whose turn it is (domain 3). The asker discloses the name */
  'transfer.answer': { roles: [...UNIT, 'campaign_office'], notSelf: true },
  /** name, birth, sex at once; a new number, a phone or two entries made one are only asked for (domain 3) */
  'official.correct': { roles: UNIT, persons: true, notSelf: true },
  /** saying yes or no to what waits; asked besides: whose turn it is (domain 3) */
  'correction.answer': { own: true, roles: [...UNIT, 'campaign_office'], aboveHead: true },
  /** saying yes or no to a place in a chapter or a team that another unit offers */
  'join_offer.answer': { own: true, roles: UNIT, persons: true },
  'activation.issue': { roles: UNIT, persons: true, notSelf: true },
  'pledge.sign': { own: true, roles: [] },
  'pledge.upload_list': { roles: UNIT, persons: true },
  'obligation.declare': { own: true, roles: [] },
  'obligation.confirm': { roles: UNIT, persons: true, notSelf: true, aboveHead: true },
  'evidence.open': { own: true, roles: UNIT, persons: true },
  'help.record': { own: true, roles: [], system: true },
  'help.record_for': { roles: UNIT, persons: true, notSelf: true },
  'help.edit': { own: true, roles: [] },
  /** one record: verdict, outcomes, the citizen's name and last three digits */
  'help.view': { own: true, roles: UNIT, persons: true },
  'help.confirm': { roles: UNIT, persons: true, notSelf: true, aboveHead: true },
  /** questions about how an official's or a unit's records came about (domain 6.5) */
  'signal.view': { roles: ['head'], persons: true, notSelf: true, aboveHead: true },
  /**
   * asking for a new decision about a citizen's credit, and deciding it: the decider sees both records, whatever their
   * units
   */
  'dispute.raise': { own: true, roles: [] },
  'dispute.decide': { roles: ['head'], notSelf: true },
  /** where no head is left who is no party (domain 5) */
  'dispute.decide_last': { roles: ['campaign_office'], notSelf: true },
  'target.assign': { roles: ['head'], persons: true, notSelf: true, aboveHead: true },
  'target.decide_area': { roles: ['campaign_office'] },
  'exemption.ask': { roles: UNIT, persons: true },
  'exemption.decide': { roles: ['head'], persons: true, notSelf: true, aboveHead: true },
  /** where no head is left who may: at the root, with one head who asked (domain 3) */
  'exemption.decide_last': { roles: ['campaign_office'], persons: true, notSelf: true },
  'assessment.view': { own: true, roles: [...UNIT, 'home_affairs', 'campaign_office'], persons: true },
  'assessment.view_units': { roles: [...UNIT, 'home_affairs', 'campaign_office', 'province_leader'], token: 'read' },
  /** teams, draws and findings, for any unit (domain 6.4) */
  'inspection.form': { roles: ['campaign_office'] },
  /** of a concluded one: what was drawn and what came out, no citizen's data */
  'inspection.view': { roles: [...UNIT, 'inspector', 'campaign_office'] },
  /** asked besides: being a member of that inspection's team */
  'inspection.check': { roles: ['inspector'] },
  'inspection.answer': { roles: ['head'] },
  'inspection.appeal': { own: true, roles: ['head'], persons: true },
  'inspection.decide': { roles: ['campaign_office'], notSelf: true },
  'campaign.edit': { roles: ['campaign_office'], system: true },
  /** naming the province while the tree holds its root alone */
  'province.found': { roles: ['admin', 'campaign_office'], system: true },
  'unit.edit': { roles: ['campaign_office'], system: true },
  'coordinator.appoint': { roles: ['head'], persons: true, notSelf: true },
  /** names, logins and grants of accounts; no citizen's data */
  'account.view': { roles: ['admin'], persons: true },
  'account.manage': { roles: ['admin'], persons: true, notSelf: true, system: true },
  /** citizens' requests about their own data */
  'citizen_request.handle': { roles: ['campaign_office'] },
  'event.view': { roles: ['auditor'] },
  /** the log of who opened or exported citizens' data; contains no citizen's data */
  'access_log.view': { roles: ['auditor'] },
  'retention.apply': { roles: [], system: true },
  /** the operator's guide and the list of what must be done before the system goes live */
  'system.operate': { roles: ['admin'] },
  /** rounds of commendation and of review: their counts by station, no person (plan V.4) */
  'round.view': { roles: [...UNIT, ...PROVINCE_READERS] },
  'round.manage': { roles: ['home_affairs'] },
  /** the candidates, with frozen figures and the way through the stations */
  'candidate.view': { own: true, roles: [...UNIT, 'home_affairs', 'campaign_office'], persons: true },
  /** at the unit and at its agency; what concerns a head comes from above */
  'candidate.propose': { roles: UNIT, persons: true, notSelf: true, aboveHead: true },
  /** sending back from home affairs, with the police (plan V.4) */
  'candidate.review': { roles: ['home_affairs', 'campaign_office'], persons: true, notSelf: true },
  'candidate.decide': { roles: ['home_affairs'], persons: true, notSelf: true },
  'award.record': { roles: [...UNIT, 'home_affairs'], persons: true, notSelf: true },
  'legal_basis.edit': { roles: ['home_affairs'] },
  /** roots that signed files are checked against; asked besides: a second administrator, independent of the first */
  'trusted_root.edit': { roles: ['admin'] },
  /** issuers that are a portal's own, so that a sign-in proves a part; asked besides: a second administrator likewise */
  'portal_issuer.edit': { roles: ['admin'] },
  /** extracts of a whole campaign: counts and records' codes, no citizen */
  'extract.view': { roles: ['campaign_office', 'telecom_office'], token: 'extracts' },
  /** uploading, applying and undoing, and the citizens' numbers for a look-up */
  'extract.manage_police': { roles: ['campaign_office'] },
  'extract.manage_telecom': { roles: ['telecom_office'] },
  /** handing a file in; looking through it and applying it is a person's */
  'extract.upload_police': { roles: ['campaign_office'], token: 'extracts' },
  'extract.upload_telecom': { roles: ['telecom_office'], token: 'extracts' },
  /** tokens of the interface: each gives a unit's data to another system */
  'token.manage': { roles: ['campaign_office'] },
  /** the public page: contains no personal data (domain 11) */
  'public.view': { roles: [], anonymous: true },
  'public.publish': { roles: [], system: true },
  /** a unit's reports: sums, remarks and how they were signed, no person's records (domain 8) */
  'report.view': {
    roles: [...UNIT, ...PROVINCE_READERS, 'telecom_office', 'inspector'],
    system: true,
    token: 'read',
  },
  'report.draft': { roles: UNIT },
  /** reminding the units below; checked at the unit whose list it is, so nobody reminds their own */
  'report.remind': { roles: [...UNIT, 'campaign_office', 'home_affairs'] },
  /** asked besides: the head's grant of that very unit */
  'report.sign': { roles: ['head'] },
  /** a unit's work besides help records: outreach, collection points and their days (domain 8) */
  'outreach.log': { roles: UNIT },
  'collection.keep': { roles: UNIT },
  /** offers belong to the telecom office; any official who meets a citizen may enter a wish, and hands it over there */
  'offer.edit': { roles: ['telecom_office'] },
  'offer.ask': { roles: [], everyone: true },
  'offer.hand_over': { roles: ['telecom_office'] },
  /** everyone may read answers; until then only the unit, those above it and the offices see a question */
  'difficulty.raise': { roles: UNIT },
  'difficulty.view': { roles: [...UNIT, 'campaign_office', 'telecom_office', 'province_leader'] },
  'difficulty.answer_campaign': { roles: ['campaign_office'] },
  'difficulty.answer_telecom': { roles: ['telecom_office'] },
  /** the close: computing and freezing the assessments of a campaign (domain 9) */
  'closing.view': { roles: ['campaign_office', 'home_affairs'] },
  'closing.compute': { roles: ['campaign_office'], system: true },
  /** the second person to the close and to the destruction of the worklists; asked besides: being independent */
  'closing.confirm': { roles: ['campaign_office', 'home_affairs'] },
  /** how many people a goal of the plan leaves out, by locality (plan IV.1): a number, no person */
  'goal.except': { roles: ['campaign_office', 'home_affairs'] },
  'scenario.compute': { roles: ['campaign_office', 'home_affairs'] },
  /** gates, which bar a proposal: pending discipline, inspection on signs of violation, complaint */
  'gate.view': { roles: [...UNIT, 'home_affairs', 'campaign_office'], persons: true },
  'gate.edit': { roles: ['home_affairs'], persons: true, notSelf: true },
  /** due process (plan V.4): the steps of the person concerned, and of those who decide */
  'review.view': { own: true, roles: ['head', 'home_affairs'], persons: true },
  /** asked besides: about those who lead the province, another head of the province alone (domain 9) */
  'review.notify': { roles: ['head', 'home_affairs'], persons: true, notSelf: true, aboveHead: true },
  'review.answer': { own: true, roles: [] },
  'review.answer_unit': { roles: ['head'] },
  'review.decide': { roles: ['head'], persons: true, notSelf: true, aboveHead: true },
  'review.decide_appeal': { roles: ['head'], persons: true, notSelf: true, aboveHead: true },
  /** lists of citizens to be helped, with name and hamlet; who imports also sees the rows that were not taken */
  'worklist.import': { roles: [...UNIT, 'campaign_office'], persons: true },
  'worklist.view': { roles: [...UNIT, 'campaign_office'], persons: true },
  'worklist.share': { roles: UNIT, persons: true },
  /** a citizen assigned to the actor, or to one of the actor's teams: may be contacted, but the number stays hidden */
  'assignment.contact': { own: true, roles: UNIT, persons: true },
  'worklist.purge': { roles: ['campaign_office', 'home_affairs'], system: true },
  /** the end of a campaign's keys: the office proposes it; another of its members or an administrator confirms it */
  'keys.propose_destruction': { roles: ['campaign_office'] },
  'keys.confirm_destruction': { roles: ['campaign_office', 'admin'] },
  'team.edit': { roles: UNIT, persons: true },
  /** only a demo has a clock that moves */
  'clock.move': { roles: [], everyone: true },
} as const satisfies Record<string, Row>
export type Action = keyof typeof MATRIX

/** The scope of an action for an actor: what is their own, and these subtrees. `everywhere`: anything, anywhere. */
type Scope = {
  everywhere: boolean
  ownOfficialId: number | null
  paths: string[]
  /** the official whose records are left out although `paths` covers them; null: none */
  exceptOfficialId: number | null
  exceptAccountId: number | null
  /** armed-forces persons only if the grant is within their own tree */
  isGuarded: boolean
  /** heads only from above */
  isAboveHead: boolean
  on: Day
}

/** The scope of `action` for `actor`: what both `can` and the SQL of scope.server.ts are made from. */
export function scopeOf(actor: Actor, action: Action): Scope {
  const row: Row = MATRIX[action]
  const none: Scope = {
    everywhere: false,
    ownOfficialId: null,
    paths: [],
    exceptOfficialId: null,
    exceptAccountId: null,
    isGuarded: false,
    isAboveHead: false,
    on: '',
  }
  if (row.anonymous) return { ...none, everywhere: true }
  if (actor.kind === 'anonymous') return none
  if (actor.kind === 'system') return { ...none, everywhere: row.system === true }
  if (actor.kind === 'token') {
    const paths = row.token !== undefined && actor.scopes.includes(row.token) ? [actor.unitPath] : []
    return { ...none, paths, isGuarded: row.persons === true, on: actor.on }
  }
  return {
    everywhere: row.everyone === true,
    ownOfficialId: row.own ? actor.officialId : null,
    paths: actor.grants.filter(grant => row.roles.includes(grant.role)).map(grant => grant.unitPath),
    exceptOfficialId: row.notSelf ? actor.officialId : null,
    exceptAccountId: row.notSelf ? actor.accountId : null,
    isGuarded: row.persons === true,
    isAboveHead: row.aboveHead === true,
    on: actor.on,
  }
}

/** True where `actor` may do `action` to `target`. */
export function can(actor: Actor, action: Action, target: Target): boolean {
  const scope = scopeOf(actor, action)
  if (scope.everywhere) return true
  const whose = target.officialId ?? null
  if (whose !== null && whose === scope.ownOfficialId) return true
  if (whose !== null && whose === scope.exceptOfficialId) return false
  if (scope.exceptAccountId !== null && target.accountId === scope.exceptAccountId) return false
  const guardPath = scope.isGuarded ? target.guardPath : null
  const headPaths = scope.isAboveHead ? target.headPaths : []
  return scope.paths.some(path => isAbove(path, { unitPath: target.unitPath, guardPath, headPaths }))
}

/**
 * True where a grant at `path` reaches a target: within its guarded tree, and above what its person heads. At the top,
 * of the whole tree or a guarded one, another holder of a role there acts.
 */
export function isAbove(path: string, { unitPath, guardPath, headPaths }: Target): boolean {
  return (
    unitPath.startsWith(path) &&
    (!guardPath || path.startsWith(guardPath)) &&
    (isRoot(path) || path === guardPath || !headPaths?.some(head => path.startsWith(head)))
  )
}

/** A unit's path and those above it, the nearest first: /1/5/, /1/. */
export function pathsAbove(path: string): string[] {
  const parts = path.split('/').slice(1, -1)
  return parts.map((_, n) => `/${parts.slice(0, parts.length - n).join('/')}/`)
}

/** True for the path of the whole tree. */
export function isRoot(path: string): boolean {
  return path.split('/').length === 3
}

/** True where `actor` may do `action` anywhere at all; for navigation, never for a decision on data. */
export function canSomewhere(actor: Actor, action: Action): boolean {
  const scope = scopeOf(actor, action)
  return scope.everywhere || scope.ownOfficialId !== null || scope.paths.length > 0
}

/** Throws `forbidden` unless the actor may do `action` anywhere: for pages that list the possible subjects. */
export function permitSomewhere(actor: Actor, action: Action) {
  if (!canSomewhere(actor, action)) throw forbidden(action)
}

/** The account that a row names as its author; throws `forbidden` for jobs and tokens, because the act is a person's. */
export function accountOf(actor: Actor): number {
  if (actor.kind !== 'person') throw forbidden()
  return actor.accountId
}

/** Passes, or throws `forbidden`. What is out of the actor's sight is `not_found` and the caller's to throw. */
export function permit(actor: Actor, action: Action, target: Target) {
  if (!can(actor, action, target)) throw forbidden(action)
}
