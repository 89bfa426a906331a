import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testApp } from '@quancheng/kernel/testing'
import org from '@quancheng/org'
import { processModule, registerHandler } from '@quancheng/process'
import designer from '../index.ts'

// Monday, nine in the morning
const app = await testApp({ modules: [org, processModule, designer], clock: '2026-11-23T01:00:00Z' })
const all = (...codes: string[]) => Object.fromEntries(codes.map(c => [c, ['all']]))
const author = await app.person({ username: 'yeqing', name: '叶青', roles: [{ code: 'author', grants: all('process:read', 'process:deploy', 'decision:read') }] })
const nobody = await app.person({ username: 'nobody', name: '外人', roles: [{ code: 'nobody', grants: {} }] })

const preview = async (kind: string, text: string, clock = 'clock') => (await author.get(`/api/process-timer-preview?kind=${kind}&text=${encodeURIComponent(text)}&clock=${clock}`)).body as { valid: boolean; moments: string[] }

test('the preview of a timer tells the moments on the company’s clocks: weekly, in working days, a date without a zone', async () => {
  assert.deepEqual((await preview('cycle', 'R/2026-11-23T09:30:00/P1W')).moments, ['2026-11-23T01:30:00.000Z', '2026-11-30T01:30:00.000Z', '2026-12-07T01:30:00.000Z'])
  assert.deepEqual((await preview('duration', 'P2D', 'business')).moments, ['2026-11-24T10:00:00.000Z'], 'two working days end on Tuesday at six')
  assert.deepEqual((await preview('date', '2026-12-01T09:00:00')).moments, ['2026-12-01T01:00:00.000Z'])
  assert.deepEqual((await preview('cycle', 'R2/PT1H')).moments, ['2026-11-23T02:00:00.000Z', '2026-11-23T03:00:00.000Z'])
})

test('a series that began long ago goes on from its next, one with a number of times begins where it says; nonsense has no moments', async () => {
  assert.deepEqual((await preview('cycle', 'R/2026-11-02T09:00:00/P1W')).moments.slice(0, 2), ['2026-11-23T01:00:00.000Z', '2026-11-30T01:00:00.000Z'])
  assert.equal((await preview('cycle', 'R2/2026-11-02T09:00:00/P1W')).moments[0], '2026-11-02T01:00:00.000Z')
  assert.deepEqual(await preview('cycle', '0 9 * * 1'), { valid: false, moments: [] })
})

test('the panel’s catalogue tells what a program wants; people are found by name or sign-in, and named again by their sign-in', async () => {
  registerHandler(app.runtime, 'bank.pay', () => Promise.resolve({}), { label: ['付款', 'Pay'], inputs: [{ name: 'amount', label: ['金额', 'Amount'], required: true }] })
  const { handlers, processes } = (await author.get('/api/process-catalogue')).body
  assert.deepEqual(handlers, [{ name: 'bank.pay', label: '付款', inputs: [{ name: 'amount', label: '金额', required: true }] }])
  await author.post('/api/process-designs', { key: 'drawn', name: '画着' })
  assert.ok(Array.isArray(processes))
  assert.deepEqual((await author.get('/api/process-catalogue')).body.processes.find((p: { key: string }) => p.key === 'drawn'), { key: 'drawn', name: '画着', entity: null, published: false })
  const found = async (query: string) => (await author.get(`/api/process-people?${query}`)).body.items
  assert.deepEqual(await found(`q=${encodeURIComponent('叶')}`), [{ username: 'yeqing', name: '叶青' }])
  assert.deepEqual(await found('names=yeqing,gone'), [{ username: 'yeqing', name: '叶青' }])
  assert.deepEqual(await found(`q=${encodeURIComponent('%')}`), [])
})

test('who may not see processes gets neither previews nor names', async () => {
  for (const url of ['/api/process-timer-preview?kind=duration&text=P1D', '/api/process-people?q=a', '/api/process-catalogue']) assert.equal((await nobody.get(url)).status, 403, url)
})
