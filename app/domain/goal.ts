import type { Indicator } from './vocabulary.ts'

/**
 * What the text of a plan wants for the whole province, if its annex differs or gives no number to measure it by.
 * `part_of_annex` asks for a share of what the annex assigns in full. `share_of_adults` asks for a share of the adults,
 * which the annex's targets may or may not reach. `no_baseline` asks for a share whose start is unknown.
 */
export type Goal =
  | { code: 'part_of_annex'; indicator: Indicator; share: number; annexTotal: number; wanted: number }
  | { code: 'share_of_adults'; indicator: Indicator; share: number; adults: number; atStart: number; withAnnex: number }
  | { code: 'no_baseline'; indicator: Indicator; share: number }

type Statement = { indicator: Indicator; share: number } & (
  | { of: 'annex' }
  | { of: 'adults'; adults: number; atStart: number }
  | { of: 'unknown' }
)

/** Plan IV.1 and its introduction, as of 25/3/2024: 56,943 of 872,831 adults had an own-name SIM with signature. */
const STATEMENTS: Record<string, readonly Statement[]> = {
  '128/KH-UBND': [
    { indicator: 'id_card_mobile', share: 0.8, of: 'annex' },
    { indicator: 'phone_4g', share: 0.9, of: 'unknown' },
    { indicator: 'sim_signature', share: 0.5, of: 'adults', adults: 872_831, atStart: 56_943 },
  ],
}

/** The goals of a campaign (by the number of its plan) beside the annex's totals; empty where its plan states none. */
export function goalsOf(campaignCode: string, annexTotals: Record<Indicator, number>): Goal[] {
  return (STATEMENTS[campaignCode] ?? []).map(statement => goalOf(statement, annexTotals[statement.indicator]))
}

function goalOf(statement: Statement, annexTotal: number): Goal {
  const { indicator, share } = statement
  switch (statement.of) {
    case 'annex':
      return { code: 'part_of_annex', indicator, share, annexTotal, wanted: Math.ceil(annexTotal * share) }
    case 'adults': {
      const { adults, atStart } = statement
      return { code: 'share_of_adults', indicator, share, adults, atStart, withAnnex: atStart + annexTotal }
    }
    case 'unknown':
      return { code: 'no_baseline', indicator, share }
  }
}
