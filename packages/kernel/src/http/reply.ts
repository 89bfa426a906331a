import type { FastifyReply, FastifyRequest } from 'fastify'
import { AppError } from '../errors.ts'
import { newId } from '../ids.ts'
import { toLocale, type Locale } from '../i18n.ts'
import type { Runtime } from '../runtime.ts'
import { isDown } from '../store/tx.ts'

export const COOKIE = 'qc_session'

export const localeOf = (req: FastifyRequest): Locale | undefined => {
  const h = req.headers['accept-language']
  return h && /^\s*(zh|en)\b/i.test(h) ? toLocale(h) : undefined
}

export function tokenOf(req: FastifyRequest): string | null {
  const auth = req.headers.authorization
  if (auth?.startsWith('Bearer ')) return auth.slice(7).trim()
  return req.cookies[COOKIE] ?? null
}

/** A page elsewhere can make a browser send our cookie, but not our header. */
export function requireOrigin(req: FastifyRequest): void {
  if (req.method === 'GET' || req.method === 'HEAD' || req.headers.authorization?.startsWith('Bearer ')) return
  if (req.headers['x-requested-with'] !== 'quancheng' && req.cookies[COOKIE]) throw new AppError('CSRF')
}

/** Whatever was thrown → the one shape of an error. What is not ours is logged under a number and told without its innards. */
export function sendError(runtime: Runtime, req: FastifyRequest, reply: FastifyReply, error: unknown): FastifyReply {
  const locale = localeOf(req) ?? 'zh-CN'
  const known = toAppError(error)
  if (known) {
    if (known.code === 'SIGN_IN_REQUIRED' && req.cookies[COOKIE]) reply.clearCookie(COOKIE, { path: '/' })
    return reply.code(known.status).send(known.body(locale))
  }
  const id = newId().slice(-12)
  runtime.log({ level: 'error', msg: 'request failed', id, method: req.method, url: req.url.split('?')[0], error: (error as Error)?.stack ?? String(error) })
  return reply.code(500).send(new AppError('INTERNAL', { id }).body(locale))
}

/** How the refusals that no schema has worded begin, in either language. */
const NAMELESS = /^([A-Za-z]|没有填写|应为|至少|最多|要大于|要小于|不能小于|不能大于|无效|数值|出现|期望)/

export function toAppError(error: unknown): AppError | null {
  if (error instanceof AppError) return error
  const e = error as { code?: string; statusCode?: number; message?: string; issues?: Array<{ path: PropertyKey[]; message: string }> }
  if (isDown(error)) return new AppError('DATABASE_DOWN')
  if (Array.isArray(e?.issues)) {
    const fields = e.issues.map(i => ({ field: i.path.map(String).join('.') || 'body', code: 'TYPE', message: i.message }))
    // a schema's own words say themselves what they are about; the library's need the name
    return new AppError('INVALID', { summary: fields.map(x => (NAMELESS.test(x.message) ? `“${x.field}”${x.message}` : x.message)).join('；'), fields })
  }
  if (e?.code === 'FST_ERR_CTP_BODY_TOO_LARGE' || e?.code === 'FST_REQ_FILE_TOO_LARGE') return new AppError('TOO_LARGE', { limit: '20 MB' })
  if (e?.code === '22P05' || e?.code === '22021') return new AppError('BAD_REQUEST', { reason: '含有无法保存的字符' })
  if (['22P02', '22007', '22008', '22003'].includes(e?.code ?? '')) return new AppError('BAD_REQUEST', { reason: '值的格式或范围不对' })
  // the guards of the exchange with stations (sync/tables)
  if (e?.code === 'QC001') return new AppError('OWNED_BY_STATION', { unitId: (error as { detail?: string }).detail ?? null })
  if (e?.code === 'QC002') return new AppError('OWNED_BY_HEAD_OFFICE')
  if (e?.code === '40001' || e?.code === '40P01') return new AppError('CHANGED_MEANWHILE', {})
  if (e?.code === '57014') return new AppError('BAD_REQUEST', { reason: '查询用时过长，请缩小范围' })
  if (typeof e?.statusCode === 'number' && e.statusCode >= 400 && e.statusCode < 500) return new AppError('BAD_REQUEST', { reason: e.message ?? '' })
  return null
}
