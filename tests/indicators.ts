import { readPlan } from '#db/reference.server.ts'

/** The indicators of plan 128, with which every test database is founded. */
export const INDICATORS = readPlan('db/reference').indicators

/** What plan 128's campaign calls an indicator in full. */
export const nameOf = (code: string): string => INDICATORS.find(row => row.code === code)?.name ?? code
