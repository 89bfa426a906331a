import { AppError, isPublicAddress, operatorLists, refusedBySpelling } from '@quancheng/kernel'

/*
 * Gateways and bots: public addresses, and what the operator lists in QUANCHENG_NOTICE_HOSTS (`host` or `host:port`, by commas). The guard itself is
 * the kernel's (outgoing).
 */
export { isPublicAddress }

/** Has the operator of this installation let it through? */
export const listedHost = operatorLists

/** Refuses at once what can be told from its spelling; the rest is told when it is resolved. */
export function requireHost(host: string, port?: number): void {
  if (!listedHost(host, port) && refusedBySpelling(host, 'public')) throw new AppError('NOTICE_HOST', { host })
}
