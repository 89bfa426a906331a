import { randomBytes, randomInt } from 'node:crypto'
import type { Ctx } from '@quancheng/kernel'

/** What a link is known by; nobody guesses 144 bits. */
export const newToken = (): string => randomBytes(18).toString('base64url')
/** Four digits that go with a number. */
export const newCode = (): string => String(randomInt(10_000)).padStart(4, '0')

/** Only the first tenant of an installation goes without its name in public addresses. */
export const tenantQuery = (ctx: Ctx): string => (ctx.tenant.no === 1 ? '' : `?tenant=${ctx.tenant.code}`)
export const linkOf = (ctx: Ctx, token: string): string => `/voice/${token}${tenantQuery(ctx)}`
