import { z } from 'zod'

const minutes = z.number().min(0).max(1_000_000)
const share = z.number().min(0).max(1_000_000)
const name = z.string().max(200)

const ordered = (message: string) => ({ error: message })

export const DISTRIBUTION = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('fixed'), minutes }),
  z.object({ kind: z.literal('uniform'), min: minutes, max: minutes }).refine(d => d.min <= d.max, ordered('最短不能大于最长')),
  z.object({ kind: z.literal('triangular'), min: minutes, mode: minutes, max: minutes }).refine(d => d.min <= d.mode && d.mode <= d.max, ordered('应是 最短 ≤ 最常见 ≤ 最长')),
  z.object({ kind: z.literal('exponential'), mean: minutes }),
  z.object({ kind: z.literal('lognormal'), median: minutes, p80: minutes }).refine(d => d.median <= d.p80, ordered('八成时长不能小于中位数')),
])

const ARRIVALS = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('poisson'), perHour: z.number().positive().max(10_000) }),
  z.object({ kind: z.literal('interval'), minutes: z.number().min(0.01).max(1_000_000) }),
  z.object({ kind: z.literal('profile'), perHour: z.array(z.number().min(0).max(10_000)).length(24) }),
])

const few = <T extends z.ZodType>(value: T) => z.record(name, value).refine(all => Object.keys(all).length <= 500, '最多 500 项')
const WEIGHTED = z.array(z.object({ value: z.json(), weight: share })).max(50)

/** The model: a published version, the draft, or a text that is not stored anywhere. Without any, the newest version. */
export const MODEL = z.object({
  key: z.string().max(80), version: z.union([z.literal('draft'), z.coerce.number().int().positive()]).optional(), xml: z.string().max(2_000_000).optional(),
})

/** What is left out is taken from the model (`defaultsOf` of the process package). */
export const INPUT = MODEL.extend({
  cases: z.number().int().min(1).max(20_000).nullish(), days: z.number().min(0.1).max(366).nullish(), from: z.iso.datetime({ offset: true }).optional(),
  arrivals: ARRIVALS.optional(), durations: few(DISTRIBUTION).optional(), unattended: z.array(name).max(500).optional(), outcomes: few(few(share)).optional(), gateways: few(few(share)).optional(),
  variables: few(WEIGHTED).optional(), results: few(few(WEIGHTED)).optional(),
  staff: few(z.object({ number: z.number().int().min(0).max(10_000).nullable(), hours: z.enum(['business', 'always']).optional() })).optional(),
  discipline: z.enum(['fifo', 'due']).optional(), seed: z.number().int().min(0).max(4_294_967_295).optional(),
})

const VARIABLES = z.record(name, z.json())
const id = z.string().max(100)

/** A walk from the start: all of its moves, so that the server remembers nothing. */
export const WALK = MODEL.extend({
  variables: VARIABLES.default({}), at: id.nullish(),
  moves: z.array(z.discriminatedUnion('do', [
    z.object({ do: z.literal('complete'), step: id, outcome: id.nullish(), variables: VARIABLES.optional() }),
    z.object({ do: z.literal('timer'), timer: id }),
    z.object({ do: z.literal('happen'), wait: id, variables: VARIABLES.optional() }),
    z.object({ do: z.literal('error'), step: id, code: z.string().max(200).nullable() }),
    z.object({ do: z.literal('begin'), scope: id, node: id }),
    z.object({ do: z.literal('set'), variables: VARIABLES }),
  ])).max(300),
})
