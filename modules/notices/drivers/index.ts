import type { ChannelKind } from '../entities/kinds.ts'
import { dingtalk, feishu, wecom } from './bots.ts'
import { mail } from './mail.ts'
import { sms } from './sms.ts'
import type { Driver } from './types.ts'

export const DRIVERS: Readonly<Record<ChannelKind, Driver>> = { sms, mail, wecom, dingtalk, feishu }
export type { Driver, Message, Sent, Way } from './types.ts'
