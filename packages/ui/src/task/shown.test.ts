import assert from 'node:assert/strict'
import { test } from 'node:test'
import { claimWord, emptyToRead } from './shown.ts'

test('whoever can only read a task’s form sees what has been written on it, and no empty boxes', () => {
  const form = [{ name: 'words', readOnly: true, value: '等了很久没有人理' }, { name: 'cause', readOnly: true, value: null }, { name: 'tags', readOnly: true, value: [] }, { name: 'free', readOnly: true, value: false }, { name: 'count', readOnly: true, value: 0 }]
  assert.deepEqual(emptyToRead(form), ['cause', 'tags'])
})

test('what is to be filled in stays on the form while it is empty', () => {
  assert.deepEqual(emptyToRead([{ name: 'result', readOnly: false, value: null }]), [])
})

test('a complaint that was assigned to its handler is begun by them; only what waits in the pool is taken', () => {
  assert.equal(claimWord({ assigneeId: '01900000-0000-7000-8000-000000000001' }), 'begin')
  assert.equal(claimWord({ assigneeId: null }), 'claim')
})
