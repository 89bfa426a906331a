/** A telephone is proven by a code: six digits, good for ten minutes and five guesses, one a minute and five a day for each number (SP-22). */
export const CODE_DIGITS = 6
export const CODE_MINUTES = 10
export const CODE_GUESSES = 5
export const CODE_EACH_SECONDS = 60
export const CODES_A_DAY = 5
/** A code told before the customer was stored marks the customer who is registered within so many hours. */
export const PROVEN_HOURS = 12

/** What a company asks for before the voucher: nothing, a reminder, or the proof. */
export type PhoneRule = 'none' | 'remind' | 'must'

/** Whether a message reaches a number: mainland mobiles, and numbers of other countries written with their code. */
export const takesMessages = (phone: string): boolean => /^1[3-9]\d{9}$/.test(phone) || /^\+(?!86)\d{7,15}$/.test(phone) || /^\+861[3-9]\d{9}$/.test(phone)
