import { isIP } from 'node:net'

/** ports that receipt printers listen on, and any that a site has moved them to; never the well-known ones of other services */
export const DEFAULT_PORT = 9100
const LOWEST_PORT = 1024
/** a name or an address, nothing else: no scheme, no path, no credentials */
const HOST = /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/i

/** May this be the address of a printer as it is typed? Printers stand in private networks: those are the normal case. */
export const isPrinterHost = (host: string): boolean => isIP(host) !== 0 || HOST.test(host)
export const isPrinterPort = (port: number): boolean => Number.isInteger(port) && port >= LOWEST_PORT && port <= 65_535

/**
 * Addresses at which no printer stands but something else might: this machine itself (its database), link-local (a cloud's metadata),
 * multicast, nothing. Judged on the address that the name has led to, at the moment of connecting, so that no name can slip past.
 */
export function isForbiddenAddress(address: string, o: { loopback?: boolean } = {}): boolean {
  const ip = address.toLowerCase().replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/, '').replace(/%.*$/, '')
  if (isIP(ip) === 4) {
    const [a, b] = ip.split('.').map(Number) as [number, number]
    return (a === 127 && !o.loopback) || a === 0 || (a === 169 && b === 254) || a >= 224
  }
  return (ip === '::1' && !o.loopback) || ip === '::' || /^fe[89ab]/.test(ip) || ip.startsWith('ff') || ip.startsWith('::ffff:')
}
