import type { ChannelKind } from '../entities/kinds.ts'

/** 138****0001, z***@example.com; a bot's group has its own name. */
export function maskAddress(kind: ChannelKind, to: string): string {
  if (kind === 'mail') { const [name = '', host = ''] = to.split('@'); return `${name.slice(0, 1)}***@${host}` }
  if (kind !== 'sms') return to
  return to.length >= 7 ? `${to.slice(0, 3)}****${to.slice(-4)}` : '****'
}
