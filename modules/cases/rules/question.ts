import { z } from 'zod'
import { AGES } from './ageing.ts'

/** What the list and its file are asked for. `late`: late by any measure. */
export const AGE_FILTERS = [...AGES, 'overdue'] as const
export const FLAGS = ['unassigned', 'incident', 'paused', 'urged'] as const
export const STATES = ['open', 'completed', 'cancelled', 'failed', 'ended'] as const
export const SORTS = ['since', '-since', 'due', '-due', 'started', '-started', 'label', '-label'] as const

export const SCOPE = z.object({ key: z.string().min(1).max(60), version: z.coerce.number().int().min(1).optional(), unitId: z.uuid().optional() })

export const QUESTION = SCOPE.extend({
  /** `-`: cases that stand at no step; `process:node`: a node of a process that was called */
  node: z.string().max(300).optional(),
  person: z.uuid().optional(),
  age: z.enum(AGE_FILTERS).optional(),
  flag: z.enum(FLAGS).optional(),
  state: z.enum(STATES).default('open'),
  q: z.string().trim().max(200).optional(),
  sort: z.enum(SORTS).optional(),
})
export type Question = z.infer<typeof QUESTION>

/** The order of a list: what is open the oldest first, what is over the latest first. */
export const sortOf = (q: Pick<Question, 'sort' | 'state'>): { by: 'since' | 'due' | 'started' | 'label'; desc: boolean } => {
  const asked = q.sort ?? (q.state === 'open' ? 'since' : '-since')
  return { by: asked.replace('-', '') as 'since', desc: asked.startsWith('-') }
}
