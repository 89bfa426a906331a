import { z } from 'zod'

/** What figures are split by. */
export const DIMENSIONS = ['station', 'product', 'model', 'person', 'fault', 'month'] as const
export type Dimension = typeof DIMENSIONS[number]

const orNone = z.union([z.uuid(), z.literal('none')])

/**
 * Which requests: those that ended (or, with `basis`, were taken in) from a day to a day, of a unit and below, a product line, a model, a fault
 * category, whoever repaired them. `none`: without one.
 */
export const QUESTION = z.object({
  from: z.iso.date().optional(), to: z.iso.date().optional(), basis: z.enum(['ended', 'started']).default('ended'), unitId: z.uuid().optional(), productLineId: z.uuid().optional(), model: z.string().max(60).optional(),
  faultCategoryId: orNone.optional(), personId: orNone.optional(), month: z.string().regex(/^\d{4}-\d{2}$/).optional(),
})
export type Question = z.infer<typeof QUESTION>

/** Days that are looked at where nobody says which. */
export const DAYS = 90

/** Nobody works here: the number waits to be called, the device to be picked up. Such time is no labour. */
export const UNATTENDED = ['waiting', 'pickup'] as const
/** Time that is the customer's, so that it is no part of ours and never the bottleneck. */
export const CUSTOMERS = ['pickup'] as const
