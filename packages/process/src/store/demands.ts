import type { Ctx, Runtime } from '@quancheng/kernel'
import type { FieldSpec, ItemSpec, UserTaskSpec } from '../model/index.ts'

/*
 * What a company demands of a step beyond its model: rules of head office, must-do items of the process tree. They become part of the task
 * itself, so every road through it (one, many, board, machine) meets them, and its panel shows them among what is missing.
 */

export interface DemandsOn {
  key: string
  nodeId: string
  caseId: string
  /** when the case was opened: what came into force later does not touch it */
  startedAt: Date
  entity: string | null
  recordId: string | null
}

export interface Demands {
  items: readonly ItemSpec[]
  /** a field that the form has already becomes required, another is added to it */
  fields: readonly FieldSpec[]
  /** sentences for what else is missing, from the record as it would be stored */
  refuse: (record: Readonly<Record<string, unknown>>, outcome: string | null) => string[]
}

/** Null: nothing beyond the model. Must not ask the database where nothing is demanded of any step (`known`). */
export type DemandResolver = (ctx: Ctx, o: DemandsOn) => Promise<Demands | null>

export const DEMANDS_SERVICE = 'process.demands'

/** One more module that demands something: what the others ask of the step stays. */
export function addDemands(runtime: Runtime, resolver: DemandResolver): void {
  const others = runtime.services.get(DEMANDS_SERVICE) as DemandResolver | undefined
  const both: DemandResolver = async (ctx, o) => {
    const [a, b] = [(await others?.(ctx, o)) ?? null, await resolver(ctx, o)]
    return a && b ? { items: [...a.items, ...b.items], fields: [...a.fields, ...b.fields], refuse: (record, outcome) => [...a.refuse(record, outcome), ...b.refuse(record, outcome)] } : a ?? b
  }
  runtime.services.set(DEMANDS_SERVICE, both)
}

export interface Demanded { task: UserTaskSpec; refuse: Demands['refuse'] }

const NOTHING: Demands['refuse'] = () => []

/** What the company demands stands on the form, whatever the model says of when it does. */
const always = ({ visibleWhen: _, ...field }: FieldSpec): FieldSpec => field

export async function demanded(ctx: Ctx, task: UserTaskSpec, o: DemandsOn): Promise<Demanded> {
  const resolver = ctx.runtime.services.get(DEMANDS_SERVICE) as DemandResolver | undefined
  const more = await resolver?.(ctx, o)
  if (!more) return { task, refuse: NOTHING }
  const asked = new Map(more.fields.map(x => [x.name, x]))
  const fields = task.fields.map(x => (asked.has(x.name) ? { ...always(x), label: asked.get(x.name)!.label ?? x.label, required: true, readonly: false, outcomes: null } : x))
  const added = more.fields.filter(x => !task.fields.some(own => own.name === x.name))
  return { task: { ...task, items: [...task.items, ...more.items], fields: [...fields, ...added] }, refuse: more.refuse }
}
