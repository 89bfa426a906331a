import { AGGREGATIONS, DMN_LIMITS, HIT_POLICIES, VALUE_TYPES, type DecisionTable } from '@quancheng/process'
import { z } from 'zod'

export const KEY = z.object({ key: z.string().regex(/^[a-z][a-z0-9-]{1,60}$/, '编号用小写字母、数字和连字符，以字母开头') })
export const XML = z.string().min(1).max(DMN_LIMITS.bytes)
export const SEEN = z.coerce.number().int().min(0)

/** What the database cannot keep (U+0000, halves of characters) is put right rather than refused: it comes with copied text. */
const text = (max: number) => z.string().max(max).transform(value => value.replaceAll('\u0000', '').toWellFormed())
const ID = z.string().min(1).max(120).regex(/^[\p{L}\p{N}_.-]+$/u, '编号里有不能用的字符')
const CELL = text(8_000)
const VALUES = z.array(text(500)).max(500)
const TYPE = z.enum(VALUE_TYPES)

/** A table as it may be kept: its frame must be sound, its cells may be wrong for a while. */
export const TABLE: z.ZodType<DecisionTable> = z.object({
  id: z.string().max(120),
  name: text(100).refine(name => name.trim() !== '', '请写决策表的名称'),
  hitPolicy: z.enum(HIT_POLICIES),
  aggregation: z.enum(AGGREGATIONS).nullable(),
  inputs: z.array(z.object({ id: ID, label: text(200), expression: CELL, type: TYPE, values: VALUES })).max(DMN_LIMITS.columns),
  outputs: z.array(z.object({ id: ID, name: text(200), label: text(200), type: TYPE, values: VALUES, default: CELL.nullable() })).max(DMN_LIMITS.columns),
  rules: z.array(z.object({ id: ID, tests: z.array(CELL).max(DMN_LIMITS.columns), outputs: z.array(CELL).max(DMN_LIMITS.columns), note: text(2_000) })).max(DMN_LIMITS.rules),
}).superRefine((table, ctx) => {
  const wrong = table.rules.findIndex(rule => rule.tests.length !== table.inputs.length || rule.outputs.length !== table.outputs.length)
  if (wrong >= 0) ctx.addIssue({ code: 'custom', path: ['rules', wrong], message: `规则 ${wrong + 1} 的格数与列数不合` })
  if (table.rules.length * (table.inputs.length + table.outputs.length) > DMN_LIMITS.cells) ctx.addIssue({ code: 'custom', path: ['rules'], message: `最多 ${DMN_LIMITS.cells} 格` })
})
