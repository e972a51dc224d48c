import type { CheckRule } from '@songnhap/contracts'
import type { RuleCheck } from './rule-check.ts'

export type RuleOf<Kind extends CheckRule['kind']> = RuleCheck<Extract<CheckRule, { kind: Kind }>>
