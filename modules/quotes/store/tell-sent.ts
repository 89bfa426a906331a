import type { Ctx, Runtime } from '@quancheng/kernel'

/** How the customer hears of a quote. Answers how many messages were written. */
export type TellQuote = (ctx: Ctx, o: { quoteId: string; page: string }) => Promise<number>
const SERVICE = 'quotes.tell'
export const registerQuoteTeller = (runtime: Runtime, tell: TellQuote): void => { runtime.services.set(SERVICE, tell) }

/** The page of a quote for its customer. */
export const pageOf = (token: string): string => `/quote/${token}`
export const tellSent = async (ctx: Ctx, quoteId: string, token: string): Promise<number> => (await (ctx.runtime.services.get(SERVICE) as TellQuote | undefined)?.(ctx, { quoteId, page: pageOf(token) })) ?? 0
