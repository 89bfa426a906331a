import assert from 'node:assert/strict'
import { test } from 'node:test'
import { planOf } from '@quancheng/kernel'
import { compileMetadata, coreModule } from '@quancheng/kernel/install'
import { allMigrations } from './migrations.ts'
import { modules } from './modules.ts'

const all = [coreModule, ...modules]
const plan = planOf(compileMetadata(all.flatMap(m => m.entities ?? [])), all)

test('SP-15 every table of the schema has a decided way between head office and the stations', () => {
  const tables = new Set(allMigrations().flatMap(m => [...m.sql.matchAll(/^create (?:unlogged )?table "?([a-z_]+)"?/gm)].map(x => x[1]!)))
  assert.deepEqual([...tables].filter(t => !plan.has(t)).toSorted(), [], 'name them in the module’s `travels`')
})

test('SP-15 what the business does at a station goes up; what it works by comes down; secrets of head office stay there', () => {
  const way = (table: string): string | undefined => plan.get(table)?.travels
  for (const t of ['service_request', 'process_instance', 'process_step', 'contact_attempt', 'estimate', 'part_line', 'part_stock', 'stock_move', 'queue_call', 'customer_notice', 'survey_answer', 'print_job', 'series', 'audit', 'search_doc']) assert.equal(way(t), 'up', t)
  for (const t of ['unit', 'user', 'role', 'calendar', 'product_line', 'product', 'time_standard', 'process_definition', 'decision_definition', 'part', 'tenant_field', 'employee', 'delegation', 'role_group']) assert.equal(way(t), 'down', t)
  for (const t of ['customer', 'device', 'contact', 'warranty_card']) assert.equal(way(t), 'both', t)
  for (const t of ['hotline_ticket', 'comment', 'attachment']) assert.equal(way(t), 'pair', t)
  for (const t of ['session', 'api_token', 'outbox', 'idempotency', 'cti_secret', 'sync_peer']) assert.equal(way(t), 'never', t)
  assert.equal(way('job'), 'handover')
})

test('SP-15 whatever goes up says whose it is', () => {
  const unsaid = [...plan.values()].filter(p => p.travels === 'up' && p.belongs.by === 'bringer').map(p => p.table)
  assert.deepEqual(unsaid, [], 'give the entity a scope, or say `travels`')
})
