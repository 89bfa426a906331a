import assert from 'node:assert/strict'
import { test } from 'node:test'
import { contractFor, contractOn, proposalOf, type ContractTerms } from './contract.ts'

const terms = (id: string, o: Partial<ContractTerms> = {}): ContractTerms => ({ id, number: id, validFrom: '2026-01-01', validUntil: '2026-12-31', off: false, covers: ['labour'], responseMinutes: null, deviceIds: [], productLineIds: [], ...o })
const device = { id: 'd1', productLineId: 'NB' }

test('CE-03 a contract is in force from its first day to its last, both included, unless it was ended', () => {
  const c = terms('A')
  assert.deepEqual(['2025-12-31', '2026-01-01', '2026-12-31', '2027-01-01'].map(d => contractOn(d, c)), ['before', 'in', 'in', 'over'])
  assert.equal(contractOn('2026-06-01', terms('A', { off: true })), 'off')
})

test('CE-03 the contract of a device: one that names it or its line, in force before ended, the widest first; another device’s never', () => {
  const all = [terms('others', { deviceIds: ['d2'], covers: ['labour', 'parts', 'onSite'] }), terms('lines', { productLineIds: ['PHONE'] }), terms('ended', { validUntil: '2026-03-01', covers: ['labour', 'parts'] }), terms('labour'), terms('wide', { deviceIds: ['d1'], covers: ['labour', 'parts'] })]
  assert.deepEqual(contractFor('2026-11-23', all, device)?.contract.id, 'wide')
  assert.deepEqual(contractFor('2026-11-23', all.slice(0, 3), device), { contract: all[2], state: 'over' })
  assert.equal(contractFor('2026-11-23', all.slice(0, 2), device), null)
})

test('CE-03 the proposed price follows warranty and contract', () => {
  assert.deepEqual(proposalOf({ inWarranty: true, contract: null }), { labour: 'free', parts: 'free', onSite: 'charged', reason: '在保' })
  assert.deepEqual(proposalOf({ inWarranty: false, contract: { covers: ['labour', 'onSite'] } }), { labour: 'free', parts: 'charged', onSite: 'free', reason: '服务合同' })
  assert.deepEqual(proposalOf({ inWarranty: false, contract: null }), { labour: 'charged', parts: 'charged', onSite: 'charged', reason: '不在保，没有有效的服务合同' })
})
