import { z } from '#app/domain/zod.ts'
import { choices, requiredChoice, requiredText, requiredWhole, tick } from './field.ts'
import type { ScenarioParameters } from './scenario.ts'
import { CERTIFICATE_KINDS } from './vocabulary.ts'

/** The request for a replay: its name and every parameter, the share in per cent. */
export const scenarioInput = z
  .object({
    name: requiredText(100),
    reading: requiredChoice(['all', 'any']),
    quota: requiredWhole({ min: 1, max: 1000 }),
    certificateKinds: choices(CERTIFICATE_KINDS, 1),
    collectiveTarget: requiredChoice(['sum', 'every_member']),
    toleratedUntrueShare: requiredWhole({ min: 0, max: 100 }),
    collectiveBarsMembers: tick,
  })
  .transform(({ name, reading, toleratedUntrueShare, ...parameters }) => ({
    name,
    parameters: {
      ...parameters,
      countsAny: reading === 'any',
      toleratedUntrueShare: toleratedUntrueShare / 100,
    } satisfies ScenarioParameters,
  }))
