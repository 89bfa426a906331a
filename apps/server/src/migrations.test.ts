import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compiledEntities, pendingMigration } from './migrations.ts'

test('the committed migrations are what the declarations say: nothing waits to be made', () => {
  assert.equal(pendingMigration()?.sql ?? null, null, 'run `npm run quancheng -- migrate make <name>`, read the file and commit it')
})

test('a warranty card is one declaration: its table, routes and pages follow from it', () => {
  const card = compiledEntities().find(e => e.name === 'warrantyCard')
  assert.ok(card)
  assert.equal(card.plural, 'warranty-cards')
})
