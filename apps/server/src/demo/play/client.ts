import { DEMO_PASSWORD } from '../sign-ins.ts'

/** What the program refused, with its own words. `status` 0: it did not answer. */
export class Refused extends Error {
  readonly status: number
  readonly code: string
  constructor(status: number, code: string, message: string) { super(message); this.status = status; this.code = code }
}

export interface Caller { get<T = any>(path: string, query?: Record<string, unknown>): Promise<T>; post<T = any>(path: string, body?: unknown, headers?: Record<string, string>): Promise<T>; remove<T = any>(path: string): Promise<T> }
export interface Client { /** this person, signed in at the first call */ as(username: string): Caller; /** nobody: a customer, a machine at the door */ anyone: Caller }

/** The program's own HTTP interface, used as the browser does. */
export function clientOf(base: string): Client {
  const cookies = new Map<string, Promise<string>>()
  async function ask(method: string, path: string, body: unknown, headers: Record<string, string>): Promise<{ answer: unknown; response: Response }> {
    const sent = typeof body === 'string' ? body : body === undefined ? null : JSON.stringify(body)
    let response: Response
    try { response = await fetch(base + path, { method, headers: { 'x-requested-with': 'quancheng', ...(sent === null ? {} : { 'content-type': 'application/json' }), ...headers }, ...(sent === null ? {} : { body: sent }) }) } catch { throw new Refused(0, 'NO_ANSWER', `程序没有在 ${base} 运行`) }
    const text = await response.text()
    let answer: unknown
    try { answer = text ? JSON.parse(text) : undefined } catch { answer = undefined }
    if (response.ok) return { answer, response }
    const told = answer as { code?: string; message?: string } | undefined
    throw new Refused(response.status, told?.code ?? 'UNKNOWN', told?.message ?? `${method} ${path}: ${response.status}`)
  }
  async function signIn(username: string): Promise<string> {
    const { response } = await ask('POST', '/api/session', { username, password: DEMO_PASSWORD }, {})
    return response.headers.getSetCookie().find(c => c.startsWith('qc_session='))?.split(';')[0] ?? ''
  }
  const caller = (cookie: () => Promise<string | null>): Caller => {
    const call = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => { const own = await cookie(); return (await ask(method, path, body, { ...(own ? { cookie: own } : {}), ...headers })).answer as never }
    return {
      get: (path, query) => call('GET', path + (query ? `?${new URLSearchParams(Object.entries(query).map(([k, v]) => [k, typeof v === 'object' ? JSON.stringify(v) : String(v)]))}` : '')),
      post: (path, body = {}, headers) => call('POST', path, body, headers), remove: path => call('DELETE', path),
    }
  }
  return { anyone: caller(() => Promise.resolve(null)), as: username => caller(() => { let c = cookies.get(username); if (!c) cookies.set(username, c = signIn(username).catch(error => { cookies.delete(username); throw error })); return c }) }
}
