import { fenOf, yuanOf } from '@quancheng/kernel/money'

export { fenOf as fen, yuanOf as yuan }

export const times = (price: string, quantity: number): string => yuanOf(fenOf(price) * BigInt(quantity))
export const sum = (amounts: readonly string[]): string => yuanOf(amounts.reduce((n, a) => n + fenOf(a), 0n))
