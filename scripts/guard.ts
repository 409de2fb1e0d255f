/** A line of the code that keeps something from happening, and the tests that fail without it. */
export type Guard = {
  /** what is taken out */
  name: string
  file: string
  /** is in the file exactly once, or `all` times over */
  find: string
  put: string
  all?: true
  tests: readonly string[]
}

/** True where a guard's line is in the text of its file as often as it says, so that it can be taken out. */
export function isWrittenDown({ find, all }: Guard, source: string): boolean {
  const times = source.split(find).length - 1
  return times === 1 || (times > 1 && all === true)
}
