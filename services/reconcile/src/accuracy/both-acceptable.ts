/** Rules by which neither reading is wrong: ruled so, or found so when a ruling was put to others. */
export const BOTH_ACCEPTABLE: ReadonlySet<string> = new Set([
  'ruling-both',
  'second-both',
  'appeal-both',
])
