import { lookup } from 'node:dns'
import { BlockList, isIP, type LookupFunction } from 'node:net'

/*
 * A company names addresses, but it is the installation that connects. So it connects to public addresses only, checked when the name is resolved
 * and on the very address that is then connected to (a name may resolve otherwise the second time).
 */

/** How far a connection may reach: `public` the internet; `inside` the networks of the house too; `any` whatever the operator has listed. */
export type Reach = 'public' | 'inside' | 'any'

const listOf = (v4: ReadonlyArray<readonly [string, number]>, v6: ReadonlyArray<readonly [string, number]>): BlockList => {
  const list = new BlockList()
  for (const [net, bits] of v4) list.addSubnet(net, bits, 'ipv4')
  for (const [net, bits] of v6) list.addSubnet(net, bits, 'ipv6')
  return list
}
const inside = listOf(
  [['0.0.0.0', 8], ['10.0.0.0', 8], ['100.64.0.0', 10], ['127.0.0.0', 8], ['169.254.0.0', 16], ['172.16.0.0', 12], ['192.0.0.0', 24], ['192.168.0.0', 16], ['198.18.0.0', 15], ['224.0.0.0', 4], ['240.0.0.0', 4]],
  // the last three carry an IPv4 address inside: whoever translates them could be led anywhere
  [['::', 96], ['fc00::', 7], ['fe80::', 10], ['fec0::', 10], ['ff00::', 8], ['64:ff9b::', 96], ['64:ff9b:1::', 48], ['2002::', 16]],
)
/** Nobody's receiver, whoever allows it: a cloud's own data about the machine, "this host", groups. */
const never = listOf([['0.0.0.0', 8], ['169.254.0.0', 16], ['224.0.0.0', 4], ['240.0.0.0', 4]], [['fe80::', 10], ['ff00::', 8], ['64:ff9b::', 96], ['64:ff9b:1::', 48], ['2002::', 16]])

/** an IPv4 address in the clothes of an IPv6 one is nobody's */
const dressed = (address: string): boolean => /^(0*:)*:?ffff:/i.test(address)

export function reachable(address: string, reach: Reach): boolean {
  const v = isIP(address)
  if (v === 0 || (dressed(address) && reach !== 'any')) return false
  return reach === 'any' || !(reach === 'public' ? inside : never).check(address, v === 6 ? 'ipv6' : 'ipv4')
}
export const isPublicAddress = (address: string): boolean => reachable(address, 'public')

const bare = (host: string): string => host.replace(/^\[|\]$/g, '').replace(/\.$/, '').toLowerCase()

/** Can it be told from its spelling that this host is out of reach? The rest is told when it is resolved. */
export function refusedBySpelling(host: string, reach: Reach): boolean {
  const name = bare(host)
  if (isIP(name)) return !reachable(name, reach)
  return reach === 'public' && (!name.includes('.') || /\.(local|internal|localhost|lan|home|intranet)$/.test(name))
}

/** Is `host` or `host:port` one of these? */
export const isListed = (list: readonly string[], host: string, port?: number): boolean =>
  list.some(l => { const named = l.trim().toLowerCase(); return named !== '' && (named === host.toLowerCase() || named === bare(host) || (port !== undefined && (named === `${host.toLowerCase()}:${port}` || named === `${bare(host)}:${port}`))) })

/** What the operator of this installation lets through: QUANCHENG_NOTICE_HOSTS, `host` or `host:port`, by commas. */
export const operatorLists = (host: string, port?: number): boolean => isListed((process.env.QUANCHENG_NOTICE_HOSTS ?? '').split(','), host, port)

/** `dns.lookup` that answers addresses within reach only; the socket connects to what it answers. */
export const lookupWithin = (reach: Reach): LookupFunction => (host, options, callback) => {
  lookup(host, { ...options, all: true }, (error, found) => {
    if (error) return callback(error, '')
    const addresses = (Array.isArray(found) ? found : [{ address: String(found), family: 4 }]).filter(a => reachable(a.address, reach))
    const first = addresses[0]
    if (!first) return callback(Object.assign(new Error(reach === 'public' ? `${host} 不是公网上的地址` : `${host} 的地址不允许连接`), { code: 'OUT_OF_REACH' }), '')
    return options.all ? callback(null, addresses) : callback(null, first.address, first.family)
  })
}
