import { createHash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { fail } from '../errors.ts'

export interface Upload { name: string; mediaType: string; content: Buffer }

export const MAX_UPLOAD = 20 * 1024 * 1024

/** The one file of a multipart request, read before a transaction is opened: a slow upload must not hold a connection. */
export async function uploaded(req: FastifyRequest, limit = MAX_UPLOAD): Promise<Upload> {
  if (!req.isMultipart()) return fail('BAD_REQUEST', { reason: '请以 multipart/form-data 上传字段 file' })
  const part = await req.file({ limits: { fileSize: limit, files: 1 } })
  if (!part) return fail('BAD_REQUEST', { reason: '没有收到文件' })
  const content = await part.toBuffer()
  if (part.file.truncated) return fail('TOO_LARGE', { limit: `${Math.round(limit / 1024 / 1024)} MB` })
  // what an Idempotency-Key stands for is the whole request, the file included
  req.body = { sha256: createHash('sha256').update(content).digest('hex') }
  const name = part.filename.replace(/[\u0000-\u001f/\\]/g, '_').slice(-150) || 'file'
  return { name, mediaType: part.mimetype || 'application/octet-stream', content }
}
