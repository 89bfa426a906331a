import assert from 'node:assert/strict'
import { test } from 'node:test'
import { unitsInScope } from './scope.ts'

const unit = (id: string, kind: string, parentId: string | null) => ({ id, code: id, name: id, kind, parentId })
const units = [unit('G', 'group', null), unit('HQ', 'hq', 'G'), unit('EAST', 'region', 'G'), unit('SOUTH', 'region', 'G'), unit('HZ01', 'station', 'EAST'), unit('NB02', 'station', 'EAST'), unit('GZ05', 'station', 'SOUTH'), unit('HZ-B', 'department', 'HZ01')]
const ids = (scopes: string[], mine: string | null) => unitsInScope(units, mine, scopes).units.map(each => each.id)

test('SP-19 a region sees its own stations and no other region', () => {
  assert.deepEqual(ids(['region'], 'EAST'), ['EAST', 'HZ01', 'NB02'])
  assert.deepEqual(ids(['region'], 'HZ01'), ['EAST', 'HZ01', 'NB02'])
})

test('head office sees everything and begins at the top; a station sees itself', () => {
  assert.deepEqual(ids(['all'], 'HQ'), ['G', 'HQ', 'EAST', 'HZ01', 'NB02', 'SOUTH', 'GZ05'])
  assert.equal(unitsInScope(units, 'HQ', ['all']).home, 'G')
  assert.deepEqual(ids(['unitBelow'], 'HZ01'), ['HZ01'])
  assert.deepEqual(ids(['unit'], null), [])
})
