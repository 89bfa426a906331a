import { lookup } from 'node:dns'
import { BlockList, isIP, type LookupFunction } from 'node:net'
import { AppError } from '@quancheng/kernel'

/*
 * A company's administrator names hosts, but it is the installation that connects. So it connects to public addresses only, checked when the name
 * is resolved (a name may resolve otherwise the second time); what the operator lists in QUANCHENG_NOTICE_HOSTS (`host` or `host:port`, by
 * commas) is let through. Nothing follows a redirection.
 */
const inside = new BlockList()
for (const [net, bits] of [['0.0.0.0', 8], ['10.0.0.0', 8], ['100.64.0.0', 10], ['127.0.0.0', 8], ['169.254.0.0', 16], ['172.16.0.0', 12], ['192.0.0.0', 24], ['192.168.0.0', 16], ['198.18.0.0', 15], ['224.0.0.0', 4], ['240.0.0.0', 4]] as const) inside.addSubnet(net, bits, 'ipv4')
for (const [net, bits] of [['::', 128], ['::1', 128], ['64:ff9b::', 96], ['fc00::', 7], ['fe80::', 10], ['ff00::', 8]] as const) inside.addSubnet(net, bits, 'ipv6')

export const isPublicAddress = (address: string): boolean => {
  const v = isIP(address)
  // an IPv4 address in the clothes of an IPv6 one is nobody's public address
  return v !== 0 && !/^(0*:)*:?ffff:/i.test(address) && !inside.check(address, v === 6 ? 'ipv6' : 'ipv4')
}

/** Has the operator of this installation let it through? */
export function listedHost(host: string, port?: number): boolean {
  const listed = (process.env.QUANCHENG_NOTICE_HOSTS ?? '').split(',').map(h => h.trim().toLowerCase()).filter(Boolean)
  return listed.includes(host.toLowerCase()) || (port !== undefined && listed.includes(`${host.toLowerCase()}:${port}`))
}

/** Refuses at once what can be told from its spelling; the rest is told when it is resolved. */
export function requireHost(host: string, port?: number): void {
  if (listedHost(host, port)) return
  const bare = host.replace(/^\[|\]$/g, '')
  if (isIP(bare) ? !isPublicAddress(bare) : !bare.includes('.') || /\.(local|internal|localhost|lan|home|intranet)$/i.test(bare)) throw new AppError('NOTICE_HOST', { host })
}

/** `dns.lookup` that answers public addresses only. */
export const publicLookup: LookupFunction = (host, options, callback) => {
  lookup(host, { ...options, all: true }, (error, found) => {
    if (error) return callback(error, '')
    const addresses = (Array.isArray(found) ? found : [{ address: String(found), family: 4 }]).filter(a => isPublicAddress(a.address))
    const first = addresses[0]
    if (!first) return callback(Object.assign(new Error(`${host} 不是公网上的地址`), { code: 'NOTICE_HOST' }), '')
    return options.all ? callback(null, addresses) : callback(null, first.address, first.family)
  })
}
