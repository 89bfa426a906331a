/** What a service contract may promise to pay for. */
export type Cover = 'labour' | 'parts' | 'onSite'

export interface ContractTerms { id: string; number: string; validFrom: string; validUntil: string; off: boolean; covers: readonly Cover[]; responseMinutes: number | null; deviceIds: readonly string[]; productLineIds: readonly string[] }

export type ContractState = 'before' | 'in' | 'over' | 'off'

/** Days are YYYY-MM-DD; the first and the last day count. */
export const contractOn = (day: string, c: Pick<ContractTerms, 'validFrom' | 'validUntil' | 'off'>): ContractState =>
  c.off ? 'off' : day < c.validFrom ? 'before' : day > c.validUntil ? 'over' : 'in'

/** A contract covers the devices that it names; one that names none covers all of the customer's, of its lines if it names some. */
export const coversDevice = (c: Pick<ContractTerms, 'deviceIds' | 'productLineIds'>, device: { id: string; productLineId: string }): boolean =>
  c.deviceIds.length ? c.deviceIds.includes(device.id) : !c.productLineIds.length || c.productLineIds.includes(device.productLineId)

/** Of several contracts the one in force that covers most, then the one that ends last; with none in force the one that ended last. */
export function contractFor<C extends ContractTerms>(day: string, contracts: readonly C[], device: { id: string; productLineId: string }): { contract: C; state: ContractState } | null {
  const rank: Record<ContractState, number> = { in: 0, over: 1, before: 2, off: 3 }
  const own = contracts.filter(c => coversDevice(c, device)).map(contract => ({ contract, state: contractOn(day, contract) }))
  return own.toSorted((a, b) => rank[a.state] - rank[b.state] || (a.state === 'in' ? b.contract.covers.length - a.contract.covers.length : 0) || (a.contract.validUntil < b.contract.validUntil ? 1 : -1))[0] ?? null
}

export interface Proposal { labour: 'free' | 'charged'; parts: 'free' | 'charged'; onSite: 'free' | 'charged'; reason: string }

/** What is proposed to be charged: under warranty labour and parts are free; a contract in force pays for what it covers; else everything is charged. Damage by the customer is for the inspection to say. */
export function proposalOf(o: { inWarranty: boolean; contract: { covers: readonly Cover[] } | null }): Proposal {
  const by = (cover: Cover): 'free' | 'charged' => ((o.inWarranty && cover !== 'onSite') || o.contract?.covers.includes(cover) ? 'free' : 'charged')
  const reasons = [...(o.inWarranty ? ['在保'] : []), ...(o.contract ? ['服务合同'] : [])]
  return { labour: by('labour'), parts: by('parts'), onSite: by('onSite'), reason: reasons.join('，') || '不在保，没有有效的服务合同' }
}
