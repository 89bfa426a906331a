import { createHash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { withCaller } from '../access/session.ts'
import { fail } from '../errors.ts'
import type { Runtime } from '../runtime.ts'
import { tokenOf } from './reply.ts'

export interface Upload { name: string; mediaType: string; content: Buffer }

export const MAX_UPLOAD = 20 * 1024 * 1024

/**
 * The one file of a multipart request, for somebody who is signed in: that is settled before a byte is read. The file is then read outside
 * any transaction, so that a slow upload holds no connection.
 */
export async function uploaded(runtime: Runtime, req: FastifyRequest, limit = MAX_UPLOAD): Promise<Upload> {
  await withCaller(runtime, tokenOf(req), { ip: req.ip ?? null, readOnly: true }, async () => {})
  if (!req.isMultipart()) return fail('BAD_REQUEST', { reason: '请以 multipart/form-data 上传字段 file' })
  const part = await req.file({ limits: { fileSize: limit, files: 1 } })
  if (!part) return fail('BAD_REQUEST', { reason: '没有收到文件' })
  const tooLarge = (): never => fail('TOO_LARGE', { limit: `${Math.round(limit / 1024 / 1024)} MB` })
  const content = await part.toBuffer().catch((error: { code?: string }) => (error.code === 'FST_REQ_FILE_TOO_LARGE' ? tooLarge() : Promise.reject(error)))
  if (part.file.truncated) tooLarge()
  // what an Idempotency-Key stands for is the whole request, the file included
  req.body = { sha256: createHash('sha256').update(content).digest('hex') }
  const name = part.filename.replace(/[\u0000-\u001f/\\]/g, '_').slice(-150) || 'file'
  return { name, mediaType: part.mimetype || 'application/octet-stream', content }
}
