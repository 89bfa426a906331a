import type { Filter } from '@quancheng/kernel'

/** One behaviour, measured: `{ behaviour: 'repairs', days: 90, gte: 2 }` = 近 90 天维修不少于 2 次. */
export interface BehaviourTerm {
  behaviour: string
  /** only what lies in the last so many days */
  days?: number
  /** only in these months of the year, 1–12 */
  months?: number[]
  /** only what is called so (a part of the name), where the behaviour has one */
  text?: string
  /** count the years in which it happened instead of how often */
  perYear?: boolean
  gte?: number
  lte?: number
}

/** A segment's rule: fields (the kernel's filter), behaviours and mined groups, all or any of them, each may be turned round. */
export type Rule = { all: Rule[] } | { any: Rule[] } | { not: Rule } | { field: Filter } | BehaviourTerm | { rfm: string[] }
