import { randomInt } from 'node:crypto'

/** without those that look or sound alike when read out over the telephone */
const LETTERS = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789'
const LENGTH = 12
export const CODE_HOURS = 48

/** A joining code: which company (its number, in base 36), and twelve random letters, nearly 60 bits: `1-K7QM2RWX9PTA`. Shown once. */
export const newCode = (tenantNo: number): string => `${tenantNo.toString(36).toUpperCase()}-${Array.from({ length: LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join('')}`
