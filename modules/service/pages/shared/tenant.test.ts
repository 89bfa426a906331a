import assert from 'node:assert/strict'
import { test } from 'node:test'
import { boardNumber, shortNumber, tenantOf, trackAddress } from './tenant.ts'

test('a number of today is called by its last part, an older one keeps its day', () => {
  assert.equal(shortNumber('HZ01-20261123-0007'), '0007')
  assert.equal(boardNumber('HZ01-20261123-0007', '2026-11-23'), '0007')
  assert.equal(boardNumber('HZ01-20261120-0007', '2026-11-23'), '1120-0007')
  assert.equal(boardNumber('HZ01-20261123-0007', '2026-11-23', true), 'HZ01-0007')
  assert.equal(boardNumber('A017', '2026-11-23'), 'A017')
})

test('SP-10 the address on the voucher carries number, code and tenant', () => {
  assert.equal(trackAddress('https://x.example', 'HZ01-20261123-0007', '0371', 'main'), 'https://x.example/track?n=HZ01-20261123-0007&c=0371&tenant=main')
  assert.deepEqual(tenantOf('?tenant=huaxia&n=1'), { tenant: 'huaxia' })
  assert.deepEqual(tenantOf(''), {})
})
