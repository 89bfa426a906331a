import { compareDecimal, fail, timesPrice } from '@quancheng/kernel'

/** The largest amount of one line, in yuan: more is a slip of the finger, and more than the sums can hold. */
export const MOST = '9999999999.99'

/** Quantity × price in yuan, refused at the quantity where no order is that large. */
export function lineAmountOf(quantity: string, unitPrice: string): string {
  const amount = timesPrice(quantity, unitPrice)
  if (compareDecimal(amount, MOST) > 0) fail('INVALID', { summary: '数量和单价乘起来太大：一行要少于 100 亿元', fields: [{ field: 'quantity', code: 'RANGE', message: '和单价乘起来太大，一行要少于 100 亿元' }] })
  return amount
}
