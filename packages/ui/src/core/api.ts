import { locale } from './i18n.ts'
import { t } from './texts.ts'
import type { FieldProblem } from './types.ts'

/** What the server (or the way to it) refused. `status` 0 means that no answer came. */
export class ApiError extends Error {
  readonly status: number
  readonly code: string
  readonly details: Record<string, unknown>

  constructor(status: number, code: string, message: string, details: Record<string, unknown> = {}) {
    super(message)
    this.name = 'ApiError'
    this.status = status
    this.code = code
    this.details = details
  }

  /** Field errors of an INVALID answer. */
  get fields(): FieldProblem[] {
    return Array.isArray(this.details.fields) ? this.details.fields as FieldProblem[] : []
  }
}

export type Query = Record<string, string | number | boolean | null | undefined | object>

export type CallOptions = {
  query?: Query
  signal?: AbortSignal
  /** The same key twice answers the same thing twice and does it once. */
  idempotencyKey?: string
  /** true: a 401 is thrown to the caller instead of leading to the sign-in page */
  quiet?: boolean
  timeoutMs?: number
}

const TIMEOUT_MS = 60_000
let leaving = false

/** Query values that are objects (filters) are sent as JSON; empty ones are left out. */
export function withQuery(path: string, query?: Query): string {
  if (!query) return path
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === null || value === '') continue
    search.set(name, typeof value === 'object' ? JSON.stringify(value) : String(value))
  }
  const text = search.toString()
  return text ? `${path}${path.includes('?') ? '&' : '?'}${text}` : path
}

/** One call to the server. Throws ApiError for every refusal and DOMException AbortError when aborted. */
export async function call<T>(method: string, path: string, body?: unknown, options: CallOptions = {}): Promise<T> {
  const response = await send(method, path, body, options)
  if (response.status === 204) return undefined as T
  const text = await response.text()
  // kept for a station, which does it when it next calls: not done yet, and said so in the server's words
  if (response.status === 202 && text.includes('"RELAYED"')) throw refusal(202, text)
  if (!response.ok) throw leaveWhenSignedOut(refusal(response.status, text), options)
  if (!text) return undefined as T
  try {
    return JSON.parse(text) as T
  } catch {
    throw new ApiError(response.status, 'NOT_JSON', t('serverDown'))
  }
}

async function send(method: string, path: string, body: unknown, options: CallOptions): Promise<Response> {
  const headers: Record<string, string> = {
    'X-Requested-With': 'quancheng',
    'Accept-Language': locale() === 'en' ? 'en' : 'zh-CN',
    Accept: 'application/json',
  }
  const multipart = typeof FormData !== 'undefined' && body instanceof FormData
  if (body !== undefined && !multipart) headers['Content-Type'] = 'application/json'
  if (options.idempotencyKey) headers['Idempotency-Key'] = options.idempotencyKey
  const timeout = AbortSignal.timeout(options.timeoutMs ?? TIMEOUT_MS)
  const init: RequestInit = {
    method,
    headers,
    credentials: 'same-origin',
    signal: options.signal ? AbortSignal.any([options.signal, timeout]) : timeout,
  }
  if (body !== undefined) init.body = multipart ? body : JSON.stringify(body)
  try {
    return await fetch(withQuery('/api' + path, options.query), init)
  } catch (error) {
    if (options.signal?.aborted) throw error
    if (timeout.aborted) throw new ApiError(0, 'TIMED_OUT', t('timedOut'))
    throw new ApiError(0, 'UNREACHABLE', typeof navigator !== 'undefined' && navigator.onLine === false ? t('offline') : t('serverDown'))
  }
}

/** Reads the error shape of the contract; a proxy's HTML page becomes a plain sentence. */
export function refusal(status: number, text: string): ApiError {
  try {
    const body: unknown = JSON.parse(text)
    if (body && typeof body === 'object' && 'code' in body && 'message' in body) {
      // Some refusals carry more beside the details (an import its report): all of it is kept.
      const { code, message, details, ...rest } = body as { code: string, message: string, details?: Record<string, unknown> }
      return new ApiError(status, code, message, { ...rest, ...details })
    }
  } catch {
    // not JSON: an error page of something between us and the server
  }
  const gone = status === 502 || status === 503 || status === 504
  return new ApiError(status, gone ? 'UNREACHABLE' : 'HTTP_' + status, gone ? t('serverDown') : t('serverFault', { status }))
}

function leaveWhenSignedOut(error: ApiError, options: CallOptions): ApiError {
  if (error.status === 401 && !options.quiet && !leaving && typeof location !== 'undefined' && location.pathname !== '/sign-in') {
    leaving = true
    location.assign('/sign-in?back=' + encodeURIComponent(location.pathname + location.search + location.hash))
  }
  return error
}

export const api = {
  get: <T>(path: string, options?: CallOptions) => call<T>('GET', path, undefined, options),
  post: <T>(path: string, body: unknown = {}, options?: CallOptions) => call<T>('POST', path, body, options),
  patch: <T>(path: string, body: unknown, options?: CallOptions) => call<T>('PATCH', path, body, options),
  remove: <T = void>(path: string, options?: CallOptions) => call<T>('DELETE', path, undefined, options),
  /** Multipart upload of one file under the name `file`. */
  upload: <T>(path: string, file: File, options?: CallOptions) => {
    const form = new FormData()
    form.append('file', file, file.name)
    return call<T>('POST', path, form, { timeoutMs: 10 * TIMEOUT_MS, ...options })
  },
}

/** A file download that shows the server's refusal instead of saving an error page. */
export async function download(path: string, query: Query, fileName: string): Promise<void> {
  const response = await send('GET', path, undefined, { query, timeoutMs: 10 * TIMEOUT_MS })
  if (!response.ok) throw leaveWhenSignedOut(refusal(response.status, await response.text()), {})
  const named = /filename\*=UTF-8''([^;]+)/i.exec(response.headers.get('content-disposition') ?? '')?.[1]
  const url = URL.createObjectURL(await response.blob())
  const link = document.createElement('a')
  link.href = url
  link.download = named ? decodeURIComponent(named) : fileName
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}

/** The sentence to show for whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof ApiError ? error.message : error instanceof Error && error.message ? error.message : t('failed')
}
