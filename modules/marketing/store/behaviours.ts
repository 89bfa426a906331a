import { visible, type Condition, type Ctx, type Label, type Runtime } from '@quancheng/kernel'
import { sql, type RawBuilder } from 'kysely'

/**
 * Something customers do that a segment may ask about. Rights are applied here (`visible`), so a module only names its entity and columns; `t` is the
 * alias of the entity's table.
 */
export interface Behaviour {
  name: string
  label: Label
  entity: string
  /** `count` rows; `sum` of an amount; `lastDays`: whole days since the last one */
  measure: 'count' | 'sum' | 'lastDays'
  /** the column that says when; a date or a timestamp */
  at: string
  /** for `sum` */
  amount?: string
  /** the column with what it is called, where a rule may ask for a part of the name */
  text?: string
  unit: Label
  /** rows that do not count */
  where?: (ctx: Ctx, t: string) => Condition
}

const SERVICE = 'marketing.behaviours'

/** In a module's `start(runtime)`. Registering a name again replaces it. */
export function registerBehaviour(runtime: Runtime, behaviour: Behaviour): void {
  const all = (runtime.services.get(SERVICE) as Map<string, Behaviour> | undefined) ?? new Map<string, Behaviour>()
  runtime.services.set(SERVICE, new Map(all).set(behaviour.name, behaviour))
}

/** Those whose entity this installation has and this caller may read. */
export const behavioursOf = (ctx: Ctx): readonly Behaviour[] => [...((ctx.runtime.services.get(SERVICE) as Map<string, Behaviour> | undefined) ?? new Map<string, Behaviour>()).values()].filter(b => ctx.entities.find(b.entity) && visible(ctx, ctx.entities.get(b.entity), 'x'))

/** Rows of a behaviour, within the caller's rights. */
export function rowsOf(ctx: Ctx, b: Behaviour, t: string): Condition {
  const own = b.where?.(ctx, t)
  return own ? sql<boolean>`${visible(ctx, ctx.entities.get(b.entity), t)!} and ${own}` : visible(ctx, ctx.entities.get(b.entity), t)!
}

export const column = (t: string, name: string): RawBuilder<unknown> => sql.ref(`${t}.${name}`)
