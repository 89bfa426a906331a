import { randomBytes, randomInt, scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { fail, newId, type Ctx } from '@quancheng/kernel'
import { CODE_DIGITS, CODE_EACH_SECONDS, CODE_GUESSES, CODE_MINUTES, CODES_A_DAY, PROVEN_HOURS } from '../rules/phone.ts'

/** How a code reaches a telephone at once: the module that sends messages registers it under `SMS_NOW`. */
export interface SmsNow {
  /** `log`: the channel is one for trying out, which writes into the program's log; null: there is none for this unit */
  ready(ctx: Ctx, unitId: string): Promise<'sends' | 'log' | null>
  send(ctx: Ctx, o: { to: string; unitId: string; occasion: string }): Promise<void>
}
export const SMS_NOW = 'sms.now'
const smsOf = (ctx: Ctx): SmsNow | undefined => ctx.runtime.services.get(SMS_NOW) as SmsNow | undefined
export const smsReady = async (ctx: Ctx, unitId: string): Promise<'sends' | 'log' | null> => (await smsOf(ctx)?.ready(ctx, unitId)) ?? null

const derive = promisify<string, Buffer, number, { N: number }, Buffer>(scrypt)
/** Six digits are few, so each guess at a stolen hash is made to cost something. */
const HASH = { bytes: 24, cost: { N: 8192 } }
const hashOf = async (code: string, salt: Buffer): Promise<string> => `${salt.toString('base64url')}.${(await derive(code, salt, HASH.bytes, HASH.cost)).toString('base64url')}`
async function isCode(stored: string, code: string): Promise<boolean> {
  const salt = Buffer.from(stored.split('.')[0]!, 'base64url')
  return timingSafeEqual(Buffer.from(await hashOf(code, salt)), Buffer.from(stored))
}

interface Code { id: string; asked_at: Date; ends_at: Date; hashes: string[]; tries: number; proven_at: Date | null; [column: string]: unknown }
const COLUMNS = 'id, asked_at, ends_at, hashes, tries, proven_at'
const DAY_MS = 86_400_000

/** Sends a code to a telephone. The one before it is good no more. */
export async function askCode(ctx: Ctx, phone: string, unitId: string): Promise<{ endsAt: Date; againAt: Date; left: number; sms: 'sends' | 'log' }> {
  const sms = await smsReady(ctx, unitId) ?? fail('PHONE_CODE_NO_SMS')
  // two clerks at once take turns
  await ctx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`phone-code/${ctx.tenant.id}/${phone}`])
  const now = ctx.now()
  const sent = await ctx.query<{ asked_at: Date }>('select asked_at from phone_code where tenant_id = $1 and phone = $2 and asked_at > $3 order by asked_at desc', [ctx.tenant.id, phone, new Date(now.getTime() - DAY_MS)])
  const wait = sent[0] ? Math.ceil((sent[0].asked_at.getTime() - now.getTime()) / 1000) + CODE_EACH_SECONDS : 0
  if (wait > 0) fail('PHONE_CODE_SOON', { seconds: wait })
  if (sent.length >= CODES_A_DAY) fail('PHONE_CODE_DAY', { max: CODES_A_DAY })
  const id = newId(), endsAt = new Date(now.getTime() + CODE_MINUTES * 60_000)
  ctx.send('delete from phone_code where tenant_id = $1 and asked_at <= $2', [ctx.tenant.id, new Date(now.getTime() - DAY_MS)])
  await ctx.query('insert into phone_code (tenant_id, id, phone, asked_at, ends_at) values ($1, $2, $3, $4, $5)', [ctx.tenant.id, id, phone, now, endsAt])
  await smsOf(ctx)!.send(ctx, { to: phone, unitId, occasion: id })
  return { endsAt, againAt: new Date(now.getTime() + CODE_EACH_SECONDS * 1000), left: CODES_A_DAY - sent.length - 1, sms }
}

/** The digits of a code that is just leaving. They exist in the message alone; here is only what they are checked by. */
export async function makePhoneCode(ctx: Ctx, id: string): Promise<string> {
  const code = String(randomInt(10 ** CODE_DIGITS)).padStart(CODE_DIGITS, '0')
  await ctx.query('update phone_code set hashes = hashes || $3::text where tenant_id = $1 and id = $2', [ctx.tenant.id, id, await hashOf(code, randomBytes(12))])
  return code
}

/** Whether anybody still waits for this code: it is the last one asked for, not used and not over. */
export async function phoneCodeAsked(ctx: Ctx, id: string): Promise<boolean> {
  const rows = await ctx.query(
    `select 1 from phone_code p where p.tenant_id = $1 and p.id = $2 and p.proven_at is null and p.ends_at > $3
     and not exists (select 1 from phone_code q where q.tenant_id = p.tenant_id and q.phone = p.phone and q.asked_at > p.asked_at)`, [ctx.tenant.id, id, ctx.now()])
  return rows.length > 0
}

/** Checks what the customer told. A wrong one is counted, so the answer is given back and not thrown: an act that fails leaves nothing behind. */
export async function checkCode(ctx: Ctx, phone: string, code: string): Promise<{ right: true } | { right: false; left: number }> {
  const [row] = await ctx.query<Code>(`select ${COLUMNS} from phone_code where tenant_id = $1 and phone = $2 order by asked_at desc limit 1 for update`, [ctx.tenant.id, phone])
  if (!row || row.ends_at <= ctx.now()) return fail('PHONE_CODE_OVER')
  if (row.proven_at) return { right: true }
  if (row.tries >= CODE_GUESSES) return fail('PHONE_CODE_TRIES')
  for (const hash of row.hashes) {
    if (!(await isCode(hash, code))) continue
    await ctx.query("update phone_code set proven_at = $3, proven_by = $4, hashes = '{}' where tenant_id = $1 and id = $2", [ctx.tenant.id, row.id, ctx.now(), ctx.user?.id ?? null])
    return { right: true }
  }
  await ctx.query('update phone_code set tries = tries + 1 where tenant_id = $1 and id = $2', [ctx.tenant.id, row.id])
  return { right: false, left: CODE_GUESSES - row.tries - 1 }
}

/** Who proved this telephone today: the code is told before the customer is stored. */
export async function provenLately(ctx: Ctx, phone: string): Promise<{ at: Date; by: string | null } | null> {
  const [row] = await ctx.query<{ at: Date; by: string | null }>('select proven_at as at, proven_by as by from phone_code where tenant_id = $1 and phone = $2 and proven_at > $3 order by proven_at desc limit 1', [ctx.tenant.id, phone, new Date(ctx.now().getTime() - PROVEN_HOURS * 3_600_000)])
  return row ?? null
}
