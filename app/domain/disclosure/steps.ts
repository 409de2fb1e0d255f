/**
 * Where a cell's minimum and the steps of its rounding lie (domain 11). They are drawn for each cell by a keyed hash and
 * stay for the campaign, so that somebody who adds known records cannot tell how many others there are.
 */
export type Rounding = {
  /** least minimum of a cell */
  minimum: number
  /** minimums lie within `minimum` and this many above it, the last excluded */
  spread: number
  /** figures are multiples of this */
  step: number
}

/** Returns a number from 0 to below `spread` for a cell's name: always the same, and nothing to an outsider. */
export type Draw = (cell: string) => number

/** The names of the province's own cells; trees that share their root share its steps. */
export const ROOT_CELL = { counted: 'province counted', officials: 'province officials' } as const

/**
 * Returns a cell's minimum and `phase`: the figure is the step at or below the count plus the phase. A minimum plus its
 * phase is a whole step, so the first figure that is shown covers as many counts as every later one.
 */
export function stepsOf(cell: string, draw: Draw, { minimum, spread, step }: Rounding) {
  const drawn = draw(cell) % spread
  return { minimum: minimum + drawn, phase: step - (drawn % step) }
}

/** The figure of a count: a multiple of the step, at most 3 below and 5 above it for steps of 5. */
export function roundIn(count: number, phase: number, step: number): number {
  return Math.floor((count + phase) / step) * step
}
