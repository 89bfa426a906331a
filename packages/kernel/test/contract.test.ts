// runs alone: what other tests register (errors above all) would be in its catalogue
import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { errorCatalogue } from '../src/errors.ts'
import { buildServer } from '../src/http/server.ts'
import { defineAction, defineModule } from '../src/module.ts'
import { testApp, type TestApp } from '../src/testing/index.ts'
import { z } from 'zod'
import { crm } from './fixture.ts'

const ROOT = join(import.meta.dirname, '../../..')
const sources = globSync('{packages,modules,apps}/*/**/*.{ts,tsx}', { cwd: ROOT, exclude: f => /node_modules|dist/.test(f) })
  .filter(f => !/\.test\.tsx?$|\/test\//.test(f)).map(f => [f, readFileSync(join(ROOT, f), 'utf8')] as const)

test('every error code that is thrown anywhere has its sentence in Chinese and in English', () => {
  const known = new Map([...errorCatalogue()].map(([code, e]) => [code, e.text as readonly [string, string]]))
  // modules register theirs where they declare them: [status, '中文', 'English'] beside the code
  for (const [, text] of sources) {
    for (const m of text.matchAll(/\b([A-Z][A-Z0-9_]+): \[\s*\d{3},\s*(['"`])((?:(?!\2)[^\\]|\\.)*)\2,\s*(['"`])((?:(?!\4)[^\\]|\\.)*)\4/g)) known.set(m[1]!, [m[3]!, m[5]!])
  }
  const thrown = new Map<string, string>()
  for (const [file, text] of sources) for (const m of text.matchAll(/(?:\bfail|new AppError)\(\s*'([A-Z][A-Z0-9_]+)'/g)) thrown.set(m[1]!, file)
  assert.ok(thrown.size > 30, `${thrown.size} codes found`)
  assert.deepEqual([...thrown].filter(([code]) => !known.has(code)), [])
  for (const [code, [zh, en]] of known) {
    assert.match(zh, /[\u4e00-\u9fff]/, `${code} has no Chinese`)
    assert.match(en, /[A-Za-z]{2}/, `${code} has no English`)
    assert.doesNotMatch(en, /[\u4e00-\u9fff]/, `${code}: the English is Chinese`)
  }
  for (const [code, e] of errorCatalogue()) assert.ok(e.status >= 400 && e.status < 600, code)
})

const extra = defineModule({
  name: 'extra', label: ['附加', 'Extra'],
  actions: [
    defineAction({ name: 'look', label: ['看', 'Look'], method: 'GET', path: '/api/accounts/:id/look', permission: 'account:look', input: z.object({ id: z.uuid(), far: z.string().optional() }), run: () => Promise.resolve({}) }),
    defineAction({ name: 'open', label: ['公开', 'Open'], method: 'POST', path: '/api/public/open', permission: 'public', input: z.object({ word: z.string() }), run: () => Promise.resolve({}) }),
  ],
})
let app: TestApp
let document: { paths: Record<string, Record<string, { operationId: string; 'x-permission': string; parameters?: Array<{ name: string; in: string }>; responses: Record<string, unknown> }>> }
before(async () => { app = await testApp({ modules: [crm, extra] }); document = (await app.anonymous.get('/api/openapi.json')).body })

test('the interface document describes every route that there is, and none that there is not', async () => {
  const routes = new Set<string>()
  const server = await buildServer(app.runtime, app.hub, { onRoute: r => { for (const m of [r.method].flat()) if (m !== 'HEAD' && m !== 'OPTIONS') routes.add(`${m.toLowerCase()} ${r.url.replace(/:(\w+)/g, '{$1}').replace(/\*$/, '{path}')}`) } })
  await server.close()
  const catchAll = [...routes].filter(r => r.endsWith(' /api/{path}'))
  for (const r of catchAll) routes.delete(r)
  const described = new Set(Object.entries(document.paths).flatMap(([path, methods]) => Object.keys(methods).map(m => `${m} ${path}`)))
  assert.ok(routes.size > 100)
  assert.deepEqual([...routes].filter(r => !described.has(r)).toSorted(), [], 'registered and not described')
  assert.deepEqual([...described].filter(r => !routes.has(r)).toSorted(), [], 'described and not registered')
})

test('each described route names its permission, its parameters and its own id', () => {
  const ids: string[] = []
  for (const [path, methods] of Object.entries(document.paths)) for (const [method, o] of Object.entries(methods)) {
    assert.match(o['x-permission'] ?? '', /^(public|signed-in|none|[a-zA-Z]+:[a-zA-Z]+)$/, `${method} ${path}`)
    for (const [, name] of path.matchAll(/\{(\w+)\}/g)) if (name !== 'path') assert.ok(o.parameters?.some(p => p.in === 'path' && p.name === name), `${method} ${path} ${name}`)
    assert.ok(Object.keys(o.responses).length > 0)
    ids.push(o.operationId)
  }
  assert.deepEqual(ids.filter((x, i) => ids.indexOf(x) !== i), [])
  assert.equal(document.paths['/api/accounts/{id}/look']!.get!['x-permission'], 'account:look')
  assert.equal(document.paths['/api/public/open']!.post!['x-permission'], 'public')
})

test('a route that names a permission refuses those who lack it, and everyone who is not signed in', async () => {
  const nobody = await app.person({ username: 'nobody' })
  const id = '019d0000-0000-7000-8000-000000000000'
  for (const [path, methods] of Object.entries(document.paths)) for (const [method, o] of Object.entries(methods)) {
    if (['public', 'none'].includes(o['x-permission']) || path === '/api/events') continue
    const url = path.replace(/\{\w+\}/g, id)
    const anonymous = await app.anonymous.call(method.toUpperCase(), url, method === 'get' || method === 'delete' ? undefined : { field: 'phone', reason: '试一试', text: 'x', ids: [id] })
    if (!(method === 'delete' && path === '/api/session')) assert.ok([401, 400].includes(anonymous.status), `${method} ${path}: ${anonymous.status}`)
    if (anonymous.status === 400) assert.match(path, /import$|attachments$/, `${method} ${path}`)
    if (o['x-permission'] === 'signed-in' || /^(unit:read|savedView:)/.test(o['x-permission'])) continue
    const r = await nobody.call(method.toUpperCase(), url, method === 'get' || method === 'delete' ? undefined : { field: 'phone', reason: '试一试', text: 'x', ids: [id] })
    assert.ok([403, 400].includes(r.status), `${method} ${path}: ${r.status} ${JSON.stringify(r.body)}`)
    if (r.status === 400) assert.match(path, /import$|attachments$/, `${method} ${path} ${JSON.stringify(r.body)}`)
  }
})
