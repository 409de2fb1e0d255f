import type { Reading } from './closing.ts'
import type { Regulation } from './regulation.ts'
import type { CertificateKind } from './vocabulary.ts'

/**
 * The parameters that a replay may change (plan IV.1, IV.2): readings of the plan that affect the assessment of frozen
 * facts. What decides a single record or step (outcomes, grace, terms) is frozen with its outcome.
 */
export type ScenarioParameters = {
  /** any one required outcome achieved is enough */
  countsAny: boolean
  /** citizens where no decision set another target */
  quota: number
  certificateKinds: CertificateKind[]
  collectiveTarget: Regulation['collectiveTarget']
  toleratedUntrueShare: number
  collectiveBarsMembers: boolean
}

/** The parameters by which a closing was computed, as a replay starts from them. */
export function parametersOf(regulation: Regulation): ScenarioParameters {
  const { quota, certificateKinds, collectiveTarget, toleratedUntrueShare, collectiveBarsMembers } = regulation
  return {
    countsAny: regulation.quotaReading === 'any',
    quota,
    certificateKinds: [...certificateKinds],
    collectiveTarget,
    toleratedUntrueShare,
    collectiveBarsMembers,
  }
}

/** Returns what differs from the closing's own parameters; empty: the replay changes no result. */
export function differencesOf(parameters: ScenarioParameters, regulation: Regulation): Partial<ScenarioParameters> {
  const own = parametersOf(regulation)
  const isSame = (key: keyof ScenarioParameters) =>
    JSON.stringify([own[key]].flat().sort()) === JSON.stringify([parameters[key]].flat().sort())
  return Object.fromEntries(Object.entries(parameters).filter(([key]) => !isSame(key as keyof ScenarioParameters)))
}

/** Returns the reading under which frozen facts are assessed again. */
export function readingOf(regulation: Regulation, differences: Partial<ScenarioParameters>): Reading {
  const { countsAny, ...parameters } = differences
  const isOther = countsAny !== undefined && countsAny !== (regulation.quotaReading === 'any')
  return { regulation: { ...regulation, ...parameters }, countsAny: isOther }
}
