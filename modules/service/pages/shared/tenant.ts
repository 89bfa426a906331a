/** Public pages of a tenant that is not the installation's first carry its code in their address; every call hands it on. */
export function tenantOf(search: string): { tenant?: string } {
  const tenant = new URLSearchParams(search).get('tenant')
  return tenant ? { tenant } : {}
}

/** The address at which a customer sees a request, from what is printed on the voucher. */
export function trackAddress(origin: string, number: string, code: string, tenant?: string): string {
  const query = new URLSearchParams({ n: number, c: code, ...(tenant ? { tenant } : {}) })
  return `${origin}/track?${query.toString()}`
}

/**
 * `0007` for a number of that day, `1120-0006` for an older one, with the station before it where several stations share a board: short, and
 * never two alike. `day` is YYYY-MM-DD.
 */
export function boardNumber(number: string, day: string, withStation = false): string {
  const parts = number.split('-')
  const date = parts.at(-2)
  if (date === undefined || !/^\d{8}$/.test(date)) return number
  return [...(withStation ? parts.slice(0, -2) : []), ...(date === day.replaceAll('-', '') ? [] : [date.slice(4)]), shortNumber(number)].join('-')
}

/** What is called out at the counter: the last part of `HZ01-20261123-0007`. */
export function shortNumber(number: string): string {
  return number.split('-').at(-1) ?? number
}
