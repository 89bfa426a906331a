import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { STANDARD_ROLES } from '@quancheng/org'
import { permissionMatrix } from './permissions.ts'

const matrix = permissionMatrix()

test('SP-16 the permission table in docs is what the declarations say today', () => {
  assert.equal(readFileSync(new URL('../../../docs/permissions.md', import.meta.url), 'utf8'), matrix, 'run: npm run quancheng -- permissions')
})

test('SP-16 every right that a standard role holds is one that the program knows', () => {
  const known = new Set([...matrix.matchAll(/^- `([^`]+:[^`]+)`/gm)].map(m => m[1]!))
  assert.deepEqual(STANDARD_ROLES.flatMap(role => Object.keys(role.grants).filter(code => !known.has(code)).map(code => `${role.code}: ${code}`)), [])
})
