import { fail, type Change, type Ctx } from '@quancheng/kernel'

export interface ContractBits { id: string; number: string; state: string; customer_id: string; unit_id: string; owner_id: string | null; amount: string; changed: string; over_volume: string; volume: string | null; signed_on: string | null; title: string }

/** A contract as far as what hangs on it needs it. The caller has checked that the record may be written. */
export async function contractBits(ctx: Ctx, id: string): Promise<ContractBits> {
  const [row] = await ctx.query<ContractBits>('select id, number, state, customer_id, unit_id, owner_id, amount::text, changed::text, over_volume, volume::text, signed_on::text, title from contract where tenant_id = $1 and id = $2', [ctx.tenant.id, id])
  return row ?? fail('REF_NOT_FOUND', { field: '合同', name: 'contractId' })
}

/** Fields that a new record takes over from its contract, where they were not given. */
export async function fromContract(ctx: Ctx, c: Change, fields: Partial<Record<string, 'customerId' | 'unitId' | 'ownerId'>>): Promise<void> {
  const id = c.draft.contractId as string | null | undefined
  if (c.act === 'remove' || !id || (c.before && c.before.contractId === id)) return
  const row = await contractBits(ctx, id), values = { customerId: row.customer_id, unitId: row.unit_id, ownerId: row.owner_id }
  for (const [field, of] of Object.entries(fields)) c.draft[field] ??= values[of!]
}
