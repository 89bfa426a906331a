import { verify } from '@node-rs/argon2'
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { DUMMY_HASH, hashPassword } from '../src/access/password.ts'
import { TEST_PASSWORD, testApp, type Caller, type TestApp } from '../src/testing/index.ts'
import { crm, grants, makeTree, type Tree } from './fixture.ts'

let app: TestApp, boss: Caller, tree: Tree
const START = '2026-11-22T01:00:00Z'
before(async () => {
  app = await testApp({ modules: [crm], clock: START, tenants: 2 })
  tree = await makeTree(app)
  boss = await app.person({ username: 'boss', unitId: tree.n1, roles: [{ code: 'boss', grants: grants(['account', 'user', 'role'], 'all') }] })
})

const signIn = (username: string, password: string) => app.server.inject({ method: 'POST', url: '/api/session', payload: { username, password } })
/** A browser: it keeps the cookie and sends the mark of origin. */
const browser = (cookie: string) => async (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', url: string, payload?: object, mark = true) => {
  const r = await app.server.inject({ method, url, headers: { cookie, ...(mark ? { 'x-requested-with': 'quancheng' } : {}) }, ...(payload ? { payload } : {}) })
  return { status: r.statusCode, body: r.body ? r.json() : null, cookie: r.headers['set-cookie'] }
}
const cookieOf = (r: Awaited<ReturnType<typeof signIn>>): string => String(r.headers['set-cookie']).split(';')[0]!
async function enter(username: string, password = TEST_PASSWORD) {
  const r = await signIn(username, password)
  assert.equal(r.statusCode, 200, r.body)
  return browser(cookieOf(r))
}

test('BH-7.1 a new user can sign in with the password they set by their link; switched off, no door is open any more', async () => {
  const ding = (await boss.post('/api/users', { username: 'ding', name: '丁', unitId: tree.n1 })).body
  assert.equal((await signIn('ding', 'anything-at-all')).json().code, 'SIGN_IN_FAILED')
  const { link } = (await boss.post(`/api/users/${ding.id}/reset-password`)).body
  const token = new URL(link, 'http://x').searchParams.get('token')
  assert.equal((await app.anonymous.post('/api/password-reset', { token, password: 'Xihu-Duanqiao-9' })).status, 204)
  const a = await enter('ding', 'Xihu-Duanqiao-9'), b = await enter('ding', 'Xihu-Duanqiao-9')
  const made = await a('POST', '/api/api-tokens', { name: '脚本' })
  assert.equal(made.status, 201)
  assert.equal((await a('GET', '/api/session')).body.user.name, '丁')
  assert.equal((await boss.patch(`/api/users/${ding.id}`, { off: true })).status, 200)
  for (const who of [a, b]) assert.equal((await who('GET', '/api/session')).status, 401, 'sessions ended at once')
  assert.equal((await app.anonymous.call('GET', '/api/session', undefined, { authorization: `Bearer ${made.body.token}` })).body.code, 'USER_OFF')
  const off = await signIn('ding', 'Xihu-Duanqiao-9')
  assert.deepEqual([off.statusCode, off.json().code], [403, 'USER_OFF'])
  assert.equal((await signIn('ding', 'wrong-password')).json().code, 'SIGN_IN_FAILED', 'only who knows the password learns that it is off')
  await boss.patch(`/api/users/${ding.id}`, { off: false })
  assert.equal((await a('GET', '/api/session')).status, 401, 'switched on again, the old session stays ended')
  await enter('ding', 'Xihu-Duanqiao-9')
})

test('BH-7.2 people keep their own phone right, and nothing beyond', async () => {
  const who = await app.person({ username: 'self', name: '小丁', unitId: tree.n1 })
  assert.equal((await who.patch('/api/me', { phone: '13900001111' })).body.user.phone, '13900001111')
  const [role] = (await boss.get('/api/roles')).body.items
  for (const body of [{ roleIds: [role.id] }, { phone: '13900002222', roleIds: [role.id] }, { unitId: tree.s1 }, { off: false }, { username: 'root' }, { groupIds: [] }]) {
    assert.equal((await who.patch('/api/me', body)).status, 403, JSON.stringify(body))
  }
  assert.equal((await who.patch('/api/me', { phone: '12' })).body.code, 'INVALID')
  assert.equal((await who.get('/api/session')).body.user.phone, '13900001111')
  assert.equal((await who.patch(`/api/users/${who.userId}`, { roleIds: [role.id] })).status, 403)
})

test('BH-7.6 five wrong passwords lock for a quarter of an hour, also for the right one; then it works', async () => {
  await app.person({ username: 'clumsy', unitId: tree.n1 })
  for (let i = 1; i <= 4; i++) assert.equal((await signIn('clumsy', `wrong-${i}`)).json().code, 'SIGN_IN_FAILED')
  await enter('clumsy')
  for (let i = 1; i <= 4; i++) assert.equal((await signIn('clumsy', `wrong-${i}`)).statusCode, 401, 'a right one sets the count back')
  const fifth = await signIn('clumsy', 'wrong-5')
  assert.deepEqual([fifth.statusCode, fifth.json().code, fifth.json().details.until], [423, 'LOCKED', '2026-11-22T01:15:00.000Z'])
  assert.match(fifth.json().message, /09:15/)
  assert.equal((await signIn('clumsy', TEST_PASSWORD)).statusCode, 423)
  app.clock!.advance(14)
  assert.equal((await signIn('clumsy', TEST_PASSWORD)).statusCode, 423)
  app.clock!.advance(1)
  await enter('clumsy')
  const many = await Promise.all(Array.from({ length: 12 }, () => signIn('clumsy', 'wrong')))
  assert.equal(many.filter(r => r.statusCode === 401).length, 4, 'twelve at once get no more tries than one after another')
  const id = (await boss.get('/api/users?filter={"username":"clumsy"}')).body.items[0].id
  await boss.post(`/api/users/${id}/unlock`)
  await enter('clumsy')
  app.clock!.set(START)
})

test('BH-7.6 a reset link works once and for a day; weak passwords are refused and use it up not', async () => {
  const who = await app.person({ username: 'forgetful', unitId: tree.n1 })
  const session = await enter('forgetful')
  const link = async () => new URL((await boss.post(`/api/users/${who.userId}/reset-password`)).body.link, 'http://x').searchParams.get('token')
  const old = await link(), token = await link()
  const reset = (t: string | null, password: string) => app.anonymous.post('/api/password-reset', { token: t, password })
  assert.equal((await reset(old, 'Longjing-Cha-2026')).body.code, 'RESET_INVALID', 'a newer link ends the older')
  for (const weak of ['short', '1234567890', 'aaaaaaaaaaaa', 'xforgetful-1', 'password123']) assert.equal((await reset(token, weak)).body.code, 'PASSWORD_WEAK', weak)
  assert.equal((await reset(token, 'Longjing-Cha-2026')).status, 204)
  assert.equal((await session('GET', '/api/session')).status, 401, 'whoever was in is out')
  assert.equal((await reset(token, 'Longjing-Cha-2027')).body.code, 'RESET_INVALID')
  await enter('forgetful', 'Longjing-Cha-2026')
  const late = await link()
  app.clock!.advance(24 * 60)
  assert.equal((await reset(late, 'Longjing-Cha-2028')).body.code, 'RESET_INVALID')
  app.clock!.set(START)
  for (const bad of ['', 'x.y', `${late}x`, 'a'.repeat(300)]) assert.equal((await reset(bad, 'Longjing-Cha-2028')).body.code, 'RESET_INVALID')
  const acts = (await boss.get(`/api/users/${who.userId}/history`)).body.map((h: { act: string }) => h.act)
  assert.ok(acts.includes('passwordReset') && acts.includes('resetPassword'))
  assert.doesNotMatch(JSON.stringify((await boss.get(`/api/users/${who.userId}/history`)).body), /argon2|Longjing/)
})

test('a changed password ends the other sessions, needs the old one, and stands in the log', async () => {
  const who = await app.person({ username: 'careful', unitId: tree.n1 })
  const here = await enter('careful'), there = await enter('careful')
  const change = (current: string, password: string) => here('POST', '/api/session/password', { current, password })
  assert.equal((await change('wrong', 'Longjing-Cha-2026')).body.code, 'PASSWORD_WRONG')
  assert.equal((await change(TEST_PASSWORD, 'careful-2026')).body.code, 'PASSWORD_WEAK')
  assert.equal((await change(TEST_PASSWORD, 'Longjing-Cha-2026')).status, 204)
  assert.equal((await here('GET', '/api/session')).status, 200)
  assert.equal((await there('GET', '/api/session')).status, 401)
  assert.equal((await boss.get(`/api/users/${who.userId}/history`)).body[0].act, 'changePassword')
})

test('a session ends with its time, by signing out, and by an administrator', async () => {
  const who = await app.person({ username: 'worker', unitId: tree.n1 })
  const a = await enter('worker')
  app.clock!.advance(14 * 60)
  assert.equal((await a('GET', '/api/session')).status, 401)
  app.clock!.set(START)
  const b = await enter('worker')
  assert.equal((await b('DELETE', '/api/session', undefined, false)).body.code, 'CSRF')
  assert.equal((await b('DELETE', '/api/session')).status, 204)
  assert.equal((await b('GET', '/api/session')).status, 401)
  const c = await enter('worker')
  assert.equal((await boss.post(`/api/users/${who.userId}/end-sessions`)).status, 200)
  assert.equal((await c('GET', '/api/session')).status, 401)
})

test('the cookie can’t be read by scripts nor sent along by other sites, and a write without our header is refused', async () => {
  const r = await signIn('boss', TEST_PASSWORD)
  const cookie = String(r.headers['set-cookie'])
  assert.match(cookie, /^qc_session=[^;]{60,}; /)
  assert.match(cookie, /HttpOnly/)
  assert.match(cookie, /SameSite=Lax/)
  assert.match(cookie, /Path=\//)
  const b = browser(cookieOf(r))
  const body = { name: '客户', unitId: tree.n1 }
  assert.equal((await b('POST', '/api/accounts', body, false)).body.code, 'CSRF')
  assert.equal((await b('POST', '/api/accounts', body)).status, 201)
  const smuggled = await app.server.inject({ method: 'POST', url: '/api/accounts', headers: { cookie: cookieOf(r), authorization: 'Basic eDp5' }, payload: body })
  assert.equal(smuggled.json().code, 'CSRF', 'another kind of authorization is not a token of ours')
  assert.equal((await app.server.inject({ method: 'GET', url: '/api/session' })).json().code, 'SIGN_IN_REQUIRED')
  for (const token of ['x', 'qct_x.y', `${cookieOf(r).slice(11)}x`]) assert.equal((await browser(`qc_session=${token}`)('GET', '/api/session')).status, 401)
})

test('tokens, sessions and links are kept as hashes; an API token is shown once and ends when it is deleted or out of date', async () => {
  const made = (await boss.post('/api/api-tokens', { name: '报表', days: 1 })).body
  const bearer = { authorization: `Bearer ${made.token}` }
  const get = () => app.anonymous.call('GET', '/api/accounts', undefined, bearer)
  assert.equal((await get()).status, 200)
  assert.equal((await app.anonymous.call('POST', '/api/accounts', { name: 'x', unitId: tree.n1 }, bearer)).status, 201, 'a token needs no mark of origin')
  const { rows } = await app.owner.query("select encode(token_hash, 'hex') h from api_token union all select encode(token_hash, 'hex') from session union all select encode(token_hash, 'hex') from password_reset")
  const secret = (made.token as string).split('.')[1]!
  assert.ok(rows.every(x => (x.h as string).length === 64 && !x.h.includes(Buffer.from(secret).toString('hex').slice(0, 20))))
  assert.doesNotMatch(JSON.stringify((await boss.get('/api/api-tokens')).body), new RegExp(secret))
  const foreign = await app.person({ username: 'foreign' }, app.tenantIds[1])
  assert.equal((await foreign.remove(`/api/api-tokens/${made.id}`)).status, 404)
  app.clock!.advance(24 * 60)
  assert.equal((await get()).status, 401)
  app.clock!.set(START)
  assert.equal((await boss.remove(`/api/api-tokens/${made.id}`)).status, 204)
  assert.equal((await get()).status, 401)
})

test('the tenant of a sign-in is the first one, or the one after the @', async () => {
  await app.person({ username: 'admin', name: '二号' }, app.tenantIds[1])
  const r = await signIn('Admin@T2', TEST_PASSWORD)
  assert.deepEqual([r.json().tenant.code, r.json().user.name], ['t2', '二号'])
  for (const handle of ['admin', 'admin@main', 'admin@nosuch', 'nosuch', '', 'a'.repeat(200)]) assert.equal((await signIn(handle, TEST_PASSWORD)).json().code, 'SIGN_IN_FAILED', handle)
  for (const body of [{}, { username: 1, password: 2 }, { username: ['boss'], password: TEST_PASSWORD }]) assert.equal((await app.anonymous.post('/api/session', body)).status, 401)
})

test('a name that nobody bears costs what a wrong password costs: the same hash with the same parameters is worked through', async () => {
  const parameters = (hash: string): string => hash.split('$').slice(1, 4).join(' ')
  assert.equal(parameters(DUMMY_HASH), parameters(await hashPassword('Longjing-Cha-2026')))
  assert.equal(await verify(DUMMY_HASH, 'x'), false, 'a malformed hash would throw at once and tell by its speed')
})
