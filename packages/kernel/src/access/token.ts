import { createHmac, createHash, randomBytes } from 'node:crypto'
import { isId } from '../ids.ts'

/**
 * Sessions and API tokens are 256 random bits behind the tenant they belong to, so that the very first look-up already runs under
 * row-level security. Only a hash is stored; a fast one is right for a random secret, and costs microseconds a request where a
 * password hash would cost tens of milliseconds.
 */
export const TOKEN_PREFIX_API = 'qct_'

export interface Secret { token: string; hash: Buffer }

const compact = (id: string): string => Buffer.from(id.replaceAll('-', ''), 'hex').toString('base64url')
const expand = (text: string): string => Buffer.from(text, 'base64url').toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')

export const hashSecret = (secret: string): Buffer => createHash('sha256').update(secret).digest()

export function makeSecret(tenantId: string, prefix = ''): Secret {
  const secret = randomBytes(32).toString('base64url')
  return { token: `${prefix}${compact(tenantId)}.${secret}`, hash: hashSecret(secret) }
}

/** null when it can't be one of ours; says nothing about whether it is valid. */
export function readSecret(token: string, prefix = ''): { tenantId: string; hash: Buffer } | null {
  if (!token.startsWith(prefix) || token.length > 200) return null
  const [tenant, secret] = token.slice(prefix.length).split('.')
  if (!tenant || !secret || secret.length !== 43) return null
  const tenantId = expand(tenant)
  return isId(tenantId) ? { tenantId, hash: hashSecret(secret) } : null
}

/** A short code that follows from a record and a key kept by the tenant (the four digits on a voucher). */
export function shortCode(key: string, of: string, digits = 4): string {
  const n = createHmac('sha256', key).update(of).digest().readUInt32BE(0)
  return String(n % 10 ** digits).padStart(digits, '0')
}
