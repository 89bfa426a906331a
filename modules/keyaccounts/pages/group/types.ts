export interface Branch { id: string, number: string, title: string, customerId: string, customer: string, volume: string | null, volumeUnit: string | null, amount: string, unitPrice: string | null, validUntil: string | null }
export interface GroupData {
  id: string, name: string, from: string, until: string, place: { lead: boolean, member: boolean, owner: boolean, sets: boolean }
  tree: Array<{ id: string, parentId: string | null, name: string, level: number | null, province: string | null, amount: string, orders: number }>
  agreements: { agreement: { id: string, number: string, title: string, validFrom: string | null, validUntil: string | null } | null, virtual: boolean, branches: Branch[], sums: Array<{ volumeUnit: string | null, count: number, volume: string, amount: string, unitPrice: string | null }> }
  team: Array<{ id: string, userId: string, name: string, unit: string | null, role: 'lead' | 'member', until: string | null, duty: string | null, opens: number }>
  feedback: Array<{ id: string, at: string, kind: 'competition' | 'price' | 'other', words: string, competitor: string | null, price: string | null, by: string, branch: string | null }>
  requests: Array<{ id: string, number: string, item: string, fromPrice: string, toPrice: string, reason: string, state: string, amountBefore: string | null, amountAfter: string | null, marginBefore: string | null, marginAfter: string | null, by: string, branch: string }>
  prices: Array<{ id: string, item: string, unit: string, unitPrice: string, quantity: string | null, number: string, customer: string }>
}
/** says what was done, and asks anew */
export type Done = (words: string) => void
