import { sumDecimal } from '@quancheng/kernel/money'

/** What is still to go of a quantity, without needless zeros: `restOf("10.000", "2.5")` is `"7.5"`; below zero it is too much. */
export const restOf = (quantity: string, delivered: string): string => sumDecimal([quantity, `-${delivered}`]).replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '').replace(/^-0$/, '0')
