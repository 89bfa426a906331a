import { createHmac, randomBytes } from 'node:crypto'

/*
 * Signatures after the Standard Webhooks specification: HMAC-SHA256 over `id.timestamp.body` with the bytes that the secret's base64 stands for, so
 * that receivers check it with any of its libraries.
 */
const PREFIX = 'whsec_'
export const newSecret = (): string => PREFIX + randomBytes(32).toString('base64')

const one = (secret: string, content: string): string => `v1,${createHmac('sha256', Buffer.from(secret.slice(PREFIX.length), 'base64')).update(content).digest('base64')}`

/** The header `webhook-signature`; while a secret is being replaced, one signature by each. */
export const signature = (secrets: readonly string[], id: string, seconds: number, body: string): string => secrets.map(s => one(s, `${id}.${seconds}.${body}`)).join(' ')

/** `webhook-id`: the same over all tries of a delivery. */
export const messageId = (deliveryId: string): string => `msg_${deliveryId.replaceAll('-', '')}`
