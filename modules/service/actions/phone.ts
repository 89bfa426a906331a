import { Answer, AppError, can, defineAction, fail, lock, read, type Ctx } from '@quancheng/kernel'
import { z } from 'zod'
import { takesMessages } from '../rules/phone.ts'
import { askCode, checkCode, provenLately, smsReady } from '../store/phone-code.ts'
import { markProven, phoneOfCustomer, phoneOfRequest, phoneRule } from '../store/phone-proof.ts'

/** A telephone that is being typed (of a customer who is known already, or not yet), or that of a request. */
const WHICH = { phone: z.string().trim().max(40).optional(), customerId: z.uuid().optional(), requestId: z.uuid().optional() }
type Which = { phone?: string | undefined; customerId?: string | undefined; requestId?: string | undefined }
interface Looked { phone: string; unitId: string; customerId: string | null; at: Date | null; by: string | null; other: boolean }

const PERMISSION = 'serviceRequest:takeNumber'

/** As the customer's field stores it. */
function asStored(ctx: Ctx, typed: string): string {
  const field = ctx.entities.get('customer').fields.get('phone')!
  try { return String(field.kind.parse(typed, field)) } catch (error) {
    const { message } = error as Error
    return fail('INVALID', { summary: message, fields: [{ field: 'phone', code: 'PHONE', message }] })
  }
}

async function look(ctx: Ctx, w: Which, verb: 'takeNumber' | 'read'): Promise<Looked> {
  if (w.requestId) {
    await lock(ctx, ctx.entities.get('serviceRequest'), w.requestId, verb, { forUpdate: false })
    const of = await phoneOfRequest(ctx, w.requestId)
    return of?.phone ? { ...of, phone: of.phone } : fail('PHONE_MISSING')
  }
  const phone = w.phone ? asStored(ctx, w.phone) : fail('PHONE_MISSING'), unitId = ctx.user?.unitId ?? fail('BAD_REQUEST', { reason: '缺少服务站' })
  if (w.customerId) await read(ctx, ctx.entities.get('customer'), w.customerId, ['id'])
  const known = w.customerId ? await phoneOfCustomer(ctx, w.customerId) : null
  const proof = known?.phone === phone && known.at ? { at: known.at, by: known.by } : await provenLately(ctx, phone)
  return { phone, unitId, customerId: known?.phone === phone ? w.customerId! : null, at: proof?.at ?? null, by: known?.phone === phone ? known.by : null, other: false }
}

const shown = async (ctx: Ctx, l: Looked) => ({ proven: l.at !== null, at: l.at, by: l.by, other: l.other, takes: takesMessages(l.phone), rule: await phoneRule(ctx), sms: await smsReady(ctx, l.unitId) })

/** Is this telephone shown to be the customer's, and can it be now? */
export const phoneState = defineAction({
  name: 'phoneState', label: ['手机号验证', 'Proof of a phone'], method: 'GET', path: '/api/service/phone', permission: null, readOnly: true, input: z.object(WHICH),
  run: async (ctx, w) => shown(ctx, await look(ctx, w.requestId ? { requestId: w.requestId } : can(ctx.access, PERMISSION) ? w : fail('FORBIDDEN', { permission: PERMISSION }), 'read')),
})

/** 发验证码: to the telephone that was typed, whether we know the customer or not (SP-22). */
export const sendPhoneCode = defineAction({
  name: 'sendPhoneCode', label: ['发验证码', 'Send a code'], method: 'POST', path: '/api/service/phone/code', permission: PERMISSION, input: z.object(WHICH),
  async run(ctx, w) {
    const l = await look(ctx, w, 'takeNumber')
    if (l.other) fail('PHONE_OTHER')
    if (!takesMessages(l.phone)) fail('PHONE_NO_MESSAGES')
    return askCode(ctx, l.phone, l.unitId)
  },
})

/** What the customer tells the clerk. Right: the customer is marked, now if stored, else as they are registered. */
export const checkPhoneCode = defineAction({
  name: 'checkPhoneCode', label: ['核对验证码', 'Check a code'], method: 'POST', path: '/api/service/phone/check', permission: PERMISSION, input: z.object({ ...WHICH, code: z.string().trim().regex(/^\d{6}$/, '验证码是 6 位数字') }),
  async run(ctx, { code, ...w }) {
    const l = await look(ctx, w, 'takeNumber')
    if (l.other) fail('PHONE_OTHER')
    const found = await checkCode(ctx, l.phone, code)
    // the count of wrong ones must stay, so it is an answer and no failure
    if (!found.right) { const wrong = new AppError('PHONE_CODE_WRONG', { left: found.left }); return new Answer(wrong.status, wrong.body(ctx.locale)) }
    if (l.customerId) await markProven(ctx, l.customerId)
    return shown(ctx, await look(ctx, w, 'takeNumber'))
  },
})

/** The voucher where a company asks for the proof; nobody is held up where nobody could prove anything. */
export async function requireProven(ctx: Ctx, requestId: string): Promise<void> {
  if (await unproven(ctx, requestId)) fail('PHONE_UNPROVEN')
}

export async function unproven(ctx: Ctx, requestId: string): Promise<boolean> {
  if ((await phoneRule(ctx)) !== 'must') return false
  const of = await phoneOfRequest(ctx, requestId)
  return of !== null && of.at === null && (await smsReady(ctx, of.unitId)) !== null
}
