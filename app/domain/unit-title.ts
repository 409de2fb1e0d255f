/**
 * A unit as it is called outside its own tree: its name, then the units above it up to the level below the province,
 * because eleven districts have a "Phòng Giáo dục và Đào tạo" each. `above`: names from below the province down.
 */
export function unitTitle(name: string, above: readonly string[]): string {
  return [name, ...above.toReversed()].join(', ')
}
