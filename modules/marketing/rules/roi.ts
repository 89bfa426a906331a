import { fenOf, yuanOf } from '@quancheng/kernel'

export interface RoiInput { /** yuan, decimal text */ cost: string; revenue: string; controlRevenue: string; target: number; control: number }
export interface Roi { /** what the target group would have brought anyway: the control group's revenue in proportion to heads; null without a control group */ expected: string | null; lift: string; /** whole per cent, half up, of (lift − cost) ÷ cost; null without cost */ percent: number | null }

/**
 * Closed loop (MK-06): the control group's revenue is scaled to the size of the target group (× target ÷ control heads, to the fen, half up), the lift is what is
 * above it, and the return is (lift − cost) ÷ cost. Without a control group all revenue counts as lift.
 */
export function roiOf(i: RoiInput): Roi {
  const revenue = fenOf(i.revenue), cost = fenOf(i.cost)
  const expected = i.control > 0 ? half(fenOf(i.controlRevenue) * BigInt(i.target), BigInt(i.control)) : null
  const lift = revenue - (expected ?? 0n)
  return { expected: expected === null ? null : yuanOf(expected), lift: yuanOf(lift), percent: cost > 0n ? Number(half((lift - cost) * 100n, cost)) : null }
}

/** a ÷ b to the nearest whole, half away from zero; b > 0. */
const half = (a: bigint, b: bigint): bigint => (a >= 0n ? (2n * a + b) / (2n * b) : -((2n * -a + b) / (2n * b)))
