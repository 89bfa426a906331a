import { createHmac } from 'node:crypto'

const sha256 = (key: string, message: string): Buffer => createHmac('sha256', key).update(message).digest()

/** DingTalk: the secret is the key, milliseconds and secret the message; goes into the address, so it is escaped. */
export const signDingtalk = (secret: string, ms: number): string => encodeURIComponent(sha256(secret, `${ms}\n${secret}`).toString('base64'))

/** Feishu: the other way round, seconds and secret are the key of an empty message; goes into the body. */
export const signFeishu = (secret: string, seconds: number): string => sha256(`${seconds}\n${secret}`, '').toString('base64')

/** Our own contract with an SMS gateway: hex HMAC-SHA256 of `<seconds>.<body>`. */
export const signBody = (secret: string, seconds: number, body: string): string => sha256(secret, `${seconds}.${body}`).toString('hex')
