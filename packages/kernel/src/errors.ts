import { pick, type Label, type Locale } from './i18n.ts'

/**
 * The one catalogue of errors. A code is a promise: it never changes its meaning. `{name}` is filled from `details`.
 * Modules add theirs with `registerErrors`; a test fails where a code that is thrown has no text.
 */
export interface ErrorEntry { status: number; text: Label }

const catalogue = new Map<string, ErrorEntry>()

export function registerErrors(entries: Record<string, [status: number, zh: string, en: string]>): void {
  for (const [code, [status, zh, en]] of Object.entries(entries)) {
    if (!/^[A-Z][A-Z0-9_]+$/.test(code)) throw new Error(`error code ${code} must be UPPER_SNAKE_CASE`)
    catalogue.set(code, { status, text: [zh, en] })
  }
}

export const errorCatalogue = (): ReadonlyMap<string, ErrorEntry> => catalogue

export class AppError extends Error {
  readonly code: string
  readonly status: number
  readonly details: Record<string, unknown>
  constructor(code: string, details: Record<string, unknown> = {}) {
    const entry = catalogue.get(code)
    super(entry ? fill(entry.text[0], details) : code)
    this.name = 'AppError'
    this.code = code
    this.status = entry?.status ?? 500
    this.details = details
  }

  /** The body of the HTTP answer. */
  body(locale: Locale): { code: string; message: string; details: Record<string, unknown> } {
    const entry = catalogue.get(this.code)
    return { code: this.code, message: entry ? fill(pick(entry.text, locale), this.details) : this.code, details: this.details }
  }
}

export const fail = (code: string, details?: Record<string, unknown>): never => {
  throw new AppError(code, details)
}

const fill = (text: string, details: Record<string, unknown>): string =>
  text.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = details[name]
    return value === undefined || value === null ? '' : Array.isArray(value) ? value.join('、') : String(value)
  })

/** One wrong field of a write. `details.fields` of INVALID is a list of these. */
export interface FieldProblem { field: string; code: string; message: string }

registerErrors({
  INVALID: [400, '填写有误：{summary}', 'Some fields are not right: {summary}'],
  BAD_REQUEST: [400, '请求的格式不对：{reason}', 'The request is malformed: {reason}'],
  BAD_FILTER: [400, '筛选条件不对：{reason}', 'The filter is not valid: {reason}'],
  BAD_CURSOR: [400, '翻页位置已失效，请回到第一页', 'The page position is no longer valid, start again'],
  UNKNOWN_FIELD: [400, '没有这个字段：{field}', 'There is no field {field}'],
  SIGN_IN_REQUIRED: [401, '请先登录', 'Please sign in'],
  SIGN_IN_FAILED: [401, '用户名或密码不对', 'User name or password is wrong'],
  USER_OFF: [403, '该账号已停用，请联系管理员', 'This account is switched off, ask your administrator'],
  LOCKED: [423, '密码连续输错五次，账号已锁定至 {untilText}', 'Five wrong passwords: locked until {untilText}'],
  CSRF: [403, '请求缺少来源标记', 'The request lacks its origin mark'],
  FORBIDDEN: [403, '您的角色没有“{permission}”权限', 'Your role does not allow {permission}'],
  FIELD_FORBIDDEN: [403, '您不能查看或修改字段“{field}”', 'You may not see or change {field}'],
  FIELD_READ_ONLY: [405, '字段“{field}”记录后不能修改', '{field} cannot be changed once recorded'],
  APPEND_ONLY: [405, '{entity}只能追加，不能修改或删除', '{entity} can only be added to'],
  NOT_FOUND: [404, '没有找到，或不在您的数据范围内', 'Not found, or outside your data scope'],
  CHANGED_MEANWHILE: [409, '这条记录刚被别人改过，请刷新后再改', 'Somebody changed this record meanwhile, reload and try again'],
  UNIQUE: [409, '“{field}”已被占用：{value}', '{field} is taken already: {value}'],
  REFERENCED: [409, '还有别的记录在用它，不能删除', 'Other records still use it'],
  REF_NOT_FOUND: [400, '“{field}”所指的记录不存在，或不在您的数据范围内', '{field} points to a record that is not there or not yours'],
  IDEMPOTENCY_REUSED: [409, '同一个幂等键用于了不同的请求', 'The idempotency key was used for another request'],
  TOO_MANY_TRIES: [429, '尝试次数过多，请在 {minutes} 分钟后再试', 'Too many tries, wait {minutes} minutes'],
  TOO_LARGE: [413, '内容过大，上限 {limit}', 'Too large, at most {limit}'],
  FILE_TYPE: [415, '不支持这种文件：{name}', 'This kind of file is not supported: {name}'],
  FILE_TOO_LARGE: [413, '文件过大：{message}', 'The file is too large: {message}'],
  FILE_DAMAGED: [400, '文件已损坏或不是表格：{message}', 'The file is damaged: {message}'],
  TOO_MANY_ROWS: [413, '行数过多：{message}', 'Too many rows: {message}'],
  HEADER_MISSING: [400, '没有表头：{message}', 'The header is missing: {message}'],
  HEADER_DOUBLE: [400, '表头重复：{message}', 'The header repeats a name: {message}'],
  IMPORT_COLUMNS: [400, '表头不对：{unknown}。可用的列：{known}', 'The columns are wrong: {unknown}'],
  REF_AMBIGUOUS: [400, '“{field}”有多条记录叫“{value}”，请填编码', 'Several records of {field} are called {value}'],
  IMPORT_REFUSED: [422, '文件有 {failed} 行错误，没有导入任何数据', '{failed} rows are wrong, nothing was imported'],
  PASSWORD_WEAK: [400, '密码至少 10 位，且不能与用户名相同或过于常见', 'At least 10 characters, not the user name, not a common one'],
  PASSWORD_WRONG: [400, '当前密码不对', 'The current password is wrong'],
  RESET_INVALID: [410, '重置链接已用过或已过期', 'The reset link was used or has expired'],
  TREE_CYCLE: [409, '不能把单位移到它自己的下级', 'A unit cannot be moved below itself'],
  LIMIT: [409, '已达上限：{what} 最多 {max}', 'Limit reached: at most {max} of {what}'],
  DATABASE_DOWN: [503, '数据库暂时不可用，请稍后再试，已保存的内容不受影响', 'The database is not available for the moment'],
  INTERNAL: [500, '系统出错，已记录编号 {id}', 'Something went wrong, noted as {id}'],
})
