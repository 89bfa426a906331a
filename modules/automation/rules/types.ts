import { z } from 'zod'
import { EVENTS, type EventKind } from '../entities/index.ts'

/** Who is meant: holders of a role in the record's unit or the nearest above it, whoever a field names, or a person. */
export const WHOM = z.discriminatedUnion('by', [
  z.object({ by: z.literal('role'), role: z.string().min(1).max(60) }),
  z.object({ by: z.literal('field'), field: z.string().min(1).max(80) }),
  z.object({ by: z.literal('user'), userId: z.uuid() }),
])
export type Whom = z.infer<typeof WHOM>

const text = (max: number) => z.string().trim().min(1).max(max)

export const ACTION = z.discriminatedUnion('do', [
  /** `{字段}` in texts stands for the record's value; `minutes` are working minutes */
  z.object({ do: z.literal('todo'), to: WHOM, title: text(120), details: z.string().trim().max(1000).optional(), minutes: z.coerce.number().int().min(5).max(45_000) }),
  z.object({ do: z.literal('notice'), to: WHOM, text: text(180) }),
  /** `value`: FEEL over the record */
  z.object({ do: z.literal('change'), fields: z.array(z.object({ field: z.string().min(1).max(80), value: text(500) })).min(1) }),
  z.object({ do: z.literal('start'), process: z.string().min(1).max(80) }),
])
export type Action = z.infer<typeof ACTION>

export const OPS = ['eq', 'ne', 'gt', 'ge', 'lt', 'le', 'contains', 'startsWith', 'empty', 'notEmpty', 'became'] as const
export type Op = (typeof OPS)[number]
export const TEST = z.object({ field: z.string().min(1).max(80), op: z.enum(OPS), value: z.union([z.string().max(500), z.number(), z.boolean(), z.null()]).optional() })
export type Test = z.infer<typeof TEST>

export const RULE = z.object({
  name: text(80), entity: z.string().min(1).max(60), event: z.enum(Object.keys(EVENTS) as [EventKind, ...EventKind[]]), act: z.string().trim().max(60).nullable().optional(),
  fields: z.array(z.string().max(80)).max(50).nullable().optional(), tests: z.array(TEST).nullable().optional(), condition: z.string().trim().max(2000).nullable().optional(),
  unitId: z.uuid().nullable().optional(), actions: z.array(ACTION), note: z.string().trim().max(500).nullable().optional(), off: z.boolean().optional(),
})
export type RuleInput = z.infer<typeof RULE>

/** A rule as it is in force. `version`: of its record. */
export interface Rule { id: string; version: number; name: string; entity: string; event: EventKind; act: string | null; fields: readonly string[]; tests: readonly Test[]; condition: string | null; unitId: string | null; actions: readonly Action[]; editorId: string | null }
