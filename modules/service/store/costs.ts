import type { Ctx, Label, Runtime } from '@quancheng/kernel'
import type { RawBuilder } from 'kysely'

/** What requests cost beside the work on them. `rows`: a query of `request_id`, `amount`, of the caller's tenant; several rows of a request add up. */
export interface RequestCost { kind: string; label: Label; rows: (ctx: Ctx) => RawBuilder<unknown> }

const SERVICE = 'service.costs'

/** A module says what it adds to the cost of a request; the analysis asks all of them and knows none. */
export function registerCost(runtime: Runtime, cost: RequestCost): void {
  runtime.services.set(SERVICE, [...costsOf(runtime).filter(c => c.kind !== cost.kind), cost])
}

export const costsOf = (runtime: Runtime): readonly RequestCost[] => (runtime.services.get(SERVICE) as RequestCost[] | undefined) ?? []
