import { z } from 'zod'
import { offers, type CompiledEntity, type CompiledField } from '../entity/compile.ts'
import type { Runtime } from '../runtime.ts'

type Json = Record<string, unknown>

/** JSON Schema of one field's value. */
function schemaOf(field: CompiledField): Json {
  const base: Record<string, Json> = {
    text: { type: 'string', maxLength: field.max ?? (field.multiline ? 4000 : 200) }, phone: { type: 'string' }, mail: { type: 'string', format: 'email' }, code: { type: 'string', maxLength: field.max ?? 60 }, serial: { type: 'string' },
    integer: { type: 'integer' }, decimal: { type: 'string', pattern: '^-?\\d+(\\.\\d+)?$' }, money: { type: 'string', pattern: '^-?\\d+\\.\\d{2}$' }, boolean: { type: 'boolean' },
    date: { type: 'string', format: 'date' }, datetime: { type: 'string', format: 'date-time' },
    choice: { type: 'string', enum: field.options?.map(o => o.value) ?? [] }, choices: { type: 'array', items: { type: 'string', enum: field.options?.map(o => o.value) ?? [] } },
    ref: { type: 'string', format: 'uuid' }, refs: { type: 'array', items: { type: 'string', format: 'uuid' } }, json: {},
  }
  return { ...base[field.type], title: field.label[0], ...(field.target ? { 'x-ref': field.target } : {}), ...(field.readOnly || field.system ? { readOnly: true } : {}) }
}

const ERROR = { $ref: '#/components/schemas/Error' }
const errors = { '400': '填写或请求有误', '401': '未登录', '403': '无权限', '404': '没有找到，或不在数据范围内', '409': '与当前状态冲突' }
const answers = (ok: string, body: Json | null, more: Json = {}): Json => ({
  [ok]: { description: 'OK', ...(body ? { content: { 'application/json': { schema: body } } } : {}) }, ...more,
  ...Object.fromEntries(Object.entries(errors).map(([s, d]) => [s, { description: d, content: { 'application/json': { schema: ERROR } } }])),
})
const text = (name: string, description: string): Json => ({ name, in: 'query', description, schema: { type: 'string' } })
const ID = { name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } }
const LIST = [text('filter', 'JSON, see docs/api.md'), text('sort', '-createdAt,number'), text('fields', 'a,b,c'), { name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1, maximum: 200, default: 20 } }, text('after', 'next of the page before'), text('q', 'search'), text('count', '1 adds total')]

function entityPaths(e: CompiledEntity): Json {
  const row = { $ref: `#/components/schemas/${e.name}` }
  const draft = { $ref: `#/components/schemas/${e.name}Draft` }
  const op = (verb: string, summary: string, o: Json): Json => ({ tags: [e.label[0]], summary, 'x-permission': `${e.name}:${verb}`, ...o, operationId: `${e.name}_${o.operationId as string}` })
  const json = (schema: Json): Json => ({ required: true, content: { 'application/json': { schema } } })
  const file = { required: true, content: { 'multipart/form-data': { schema: { type: 'object', properties: { file: { type: 'string', format: 'binary' } } } } } }
  const at = `/api/${e.plural}`
  const paths: Record<string, Json> = {
    [at]: { get: op('read', `${e.label[0]}列表`, { operationId: 'list', parameters: LIST, responses: answers('200', { type: 'object', properties: { items: { type: 'array', items: row }, next: { type: ['string', 'null'] }, total: { type: 'integer' } } }) }) },
    [`${at}/{id}`]: { get: op('read', e.label[0], { operationId: 'read', parameters: [ID], responses: answers('200', row) }) },
    [`${at}/aggregate`]: { get: op('read', '汇总', { operationId: 'aggregate', parameters: [text('group', 'stage,unitId'), text('measure', 'count,sum:amount'), text('filter', 'JSON')], responses: answers('200', { type: 'object' }) }) },
    [`${at}/export`]: { get: op('export', '导出', { operationId: 'export', parameters: [...LIST, text('format', 'xlsx | csv')], responses: answers('200', null) }) },
    [`${at}/{id}/related`]: { get: op('read', '关联记录', { operationId: 'related', parameters: [ID], responses: answers('200', { type: 'array', items: { type: 'object' } }) }) },
    [`${at}/{id}/history`]: { get: op('read', '变更记录', { operationId: 'history', parameters: [ID], responses: answers('200', { type: 'array', items: { type: 'object' } }) }) },
    ...(e.shareable ? { [`${at}/{id}/shares`]: { get: op('share', '共享给了谁', { operationId: 'shares', parameters: [ID], responses: answers('200', { type: 'object' }) }), post: op('share', '共享', { operationId: 'share', parameters: [ID], requestBody: json({ type: 'object', properties: { userId: { type: 'string', format: 'uuid' }, unitId: { type: 'string', format: 'uuid' }, level: { enum: ['read', 'write'] }, until: { type: 'string', format: 'date' }, reason: { type: 'string' } } }), responses: answers('201', { type: 'object' }) }) } } : {}),
    [`${at}/{id}/comments`]: { get: op('read', '评论', { operationId: 'comments', parameters: [ID], responses: answers('200', { type: 'object' }) }), post: op('read', '写评论', { operationId: 'comment', parameters: [ID], requestBody: json({ type: 'object', required: ['text'], properties: { text: { type: 'string' }, mentions: { type: 'array', items: { type: 'string', format: 'uuid' } } } }), responses: answers('201', { type: 'object' }) }) },
    [`${at}/{id}/mentionable`]: { get: op('read', '可以 @ 的同事', { operationId: 'mentionable', parameters: [ID, text('q', '姓名、拼音')], responses: answers('200', { type: 'object' }) }) },
    [`${at}/{id}/attachments`]: { get: op('read', '附件', { operationId: 'attachments', parameters: [ID], responses: answers('200', { type: 'object' }) }), post: op('read', '上传附件', { operationId: 'attach', parameters: [ID], requestBody: file, responses: answers('201', { type: 'object' }) }) },
  }
  const refused = (operationId: string, summary: string): Json => op('none', `${summary}（不提供：由业务动作或系统写入）`, { operationId, 'x-permission': 'none', ...(operationId === 'create' ? {} : { parameters: [ID] }), responses: { '405': { description: 'APPEND_ONLY', content: { 'application/json': { schema: ERROR } } } } })
  paths[at]!.post = refused('create', '新建')
  paths[`${at}/{id}`]!.patch = refused('update', '修改')
  paths[`${at}/{id}`]!.delete = refused('remove', '删除')
  if (offers(e, 'create')) paths[at]!.post = op('create', `新建${e.label[0]}`, { operationId: 'create', requestBody: json(draft), responses: answers('201', row) })
  if (offers(e, 'update')) paths[`${at}/{id}`]!.patch = op('update', `修改${e.label[0]}`, { operationId: 'update', parameters: [ID], requestBody: json(draft), responses: answers('200', row) })
  if (offers(e, 'remove')) paths[`${at}/{id}`]!.delete = op('remove', `删除${e.label[0]}`, { operationId: 'remove', parameters: [ID], responses: answers('204', null) })
  if (offers(e, 'import')) {
    paths[`${at}/import`] = { post: op('import', '导入', { operationId: 'import', parameters: [text('mode', 'check | commit'), text('partial', '1')], requestBody: file, responses: answers('200', { type: 'object' }) }) }
    paths[`${at}/import-template`] = { get: op('import', '导入模板', { operationId: 'importTemplate', responses: answers('200', null) }) }
  }
  if (offers(e, 'reveal')) {
    paths[`${at}/{id}/reveal`] = { post: op('reveal', '显示隐藏值', { operationId: 'reveal', parameters: [ID], requestBody: json({ type: 'object', required: ['field', 'reason'], properties: { field: { type: 'string' }, reason: { type: 'string' } } }), responses: answers('200', { type: 'object' }) }) }
    paths[`${at}/{id}/erase`] = { post: op('erase', '清除个人信息', { operationId: 'erase', parameters: [ID], requestBody: json({ type: 'object', required: ['reason'], properties: { reason: { type: 'string' } } }), responses: answers('200', row) }) }
  }
  return paths
}

const plain = (operationId: string, summary: string, permission: string, o: Json = {}, ok = '200'): Json =>
  ({ operationId, summary, 'x-permission': permission, ...(permission === 'public' ? { security: [] } : {}), responses: answers(ok, null), ...o })
const body = (...names: string[]): Json => ({ requestBody: { required: true, content: { 'application/json': { schema: { type: 'object', properties: Object.fromEntries(names.map(n => [n, { type: 'string' }])) } } } } })
const LOG_REFUSED = (operationId: string): Json => ({ operationId, summary: '日志只能追加', 'x-permission': 'none', responses: { '405': { description: 'APPEND_ONLY', content: { 'application/json': { schema: ERROR } } } } })
const logRefused = (where: string): Json => Object.fromEntries(['post', 'put', 'patch', 'delete'].map(m => [m, LOG_REFUSED(`audit_${where}_${m}`)]))

/** Routes that no declaration makes: signing in, own data, files, the live line. */
const FIXED: Record<string, Json> = {
  '/api/health': { get: plain('health', '健康检查', 'public') },
  '/api/openapi.json': { get: plain('openapi', '接口说明', 'public') },
  '/api/session': { post: plain('signIn', '登录', 'public', body('username', 'password')), get: plain('session', '当前登录', 'signed-in'), delete: plain('signOut', '退出', 'signed-in', {}, '204') },
  '/api/session/password': { post: plain('changePassword', '修改密码', 'signed-in', body('current', 'password'), '204') },
  '/api/password-reset': { post: plain('resetByLink', '凭链接重置密码', 'public', body('token', 'password'), '204') },
  '/api/me': { patch: plain('updateMe', '修改本人资料', 'signed-in', body('name', 'phone', 'mail', 'locale')) },
  '/api/attachments/{id}': { get: plain('attachment', '下载附件', 'signed-in', { parameters: [ID] }), delete: plain('dropAttachment', '删除附件', 'signed-in', { parameters: [ID] }, '204') },
  '/api/attachments/{id}/about': { get: plain('attachmentAbout', '附件属于哪条记录、第几版、能否修改', 'signed-in', { parameters: [ID] }) },
  '/api/attachments/{id}/versions': { get: plain('attachmentVersions', '附件的各个版本', 'signed-in', { parameters: [ID] }), post: plain('attachmentReplace', '上传新版本（base 是打开时的版本，已有更新的版本则 409）', 'signed-in', { parameters: [ID, text('base', '打开时的版本号'), text('note', '改了什么')] }, '201') },
  '/api/attachments/{id}/versions/{no}': { get: plain('attachmentVersion', '下载某个版本', 'signed-in', { parameters: [ID, { name: 'no', in: 'path', required: true, schema: { type: 'integer' } }] }) },
  '/api/attachments/{id}/versions/{no}/restore': { post: plain('attachmentRestore', '恢复某个版本（成为新版本）', 'signed-in', { parameters: [ID, { name: 'no', in: 'path', required: true, schema: { type: 'integer' } }], ...body('base') }, '201') },
  '/api/comments/{id}': { patch: plain('editComment', '修改评论', 'signed-in', { parameters: [ID], ...body('text') }), delete: plain('removeComment', '删除评论', 'signed-in', { parameters: [ID] }, '204') },
  '/api/events': { get: plain('events', '实时变更（server-sent events）', 'signed-in') },
  '/api/audit/export': { get: plain('auditExport', '导出日志', 'audit:read', { parameters: ['entity', 'actor', 'recordId', 'act', 'from', 'to'].map(n => text(n, n)) }) },
  '/api/audit': logRefused('all'), '/api/audit/{path}': logRefused('one'),
}

/** OpenAPI 3.1 of every route, with the permission each one needs. Made from the declarations, so it can't fall behind. */
export function openApi(runtime: Runtime): Json {
  const schemas: Json = { Error: { type: 'object', required: ['code', 'message', 'details'], properties: { code: { type: 'string' }, message: { type: 'string' }, details: { type: 'object' } } } }
  const paths: Record<string, Json> = {}
  for (const e of runtime.metadata.base.all()) {
    if (e.internal) continue
    const shown = [...e.fields.values()].filter(x => !x.hidden || x.name === 'id' || x.name === 'version')
    schemas[e.name] = { type: 'object', title: e.label[0], properties: Object.fromEntries(shown.map(x => [x.name, schemaOf(x)])) }
    const writable = shown.filter(x => !x.system && !x.readOnly)
    schemas[`${e.name}Draft`] = { type: 'object', required: writable.filter(x => x.required && x.default === undefined).map(x => x.name), properties: Object.fromEntries(writable.map(x => [x.name, schemaOf(x)])) }
    Object.assign(paths, entityPaths(e))
  }
  for (const a of runtime.actions) {
    const path = a.path.replace(/:(\w+)/g, '{$1}')
    const named = [...a.path.matchAll(/:(\w+)/g)].map(m => ({ name: m[1], in: 'path', required: true, schema: { type: 'string' } }))
    const input = a.input ? (z.toJSONSchema(a.input, { io: 'input', unrepresentable: 'any' }) as Json) : null
    const properties = Object.entries((input?.properties ?? {}) as Record<string, Json>).filter(([k]) => !named.some(n => n.name === k))
    const query = a.method === 'GET' ? properties.map(([name, schema]) => ({ name, in: 'query', schema })) : []
    ;(paths[path] ??= {})[a.method.toLowerCase()] = {
      summary: a.label[0], operationId: a.name, 'x-permission': a.permission ?? 'signed-in', parameters: [...named, ...query],
      ...(a.method !== 'GET' && input ? { requestBody: { content: { 'application/json': { schema: { ...input, properties: Object.fromEntries(properties) } } } } } : {}),
      ...(a.permission === 'public' ? { security: [] } : {}), responses: answers(String(a.status ?? 200), { type: 'object' }),
    }
  }
  for (const [path, methods] of Object.entries(FIXED)) Object.assign(paths[path] ??= {}, methods)
  return {
    openapi: '3.1.0', info: { title: 'Quancheng 全程', version: runtime.version },
    components: { schemas, securitySchemes: { cookie: { type: 'apiKey', in: 'cookie', name: 'qc_session' }, bearer: { type: 'http', scheme: 'bearer' } } },
    security: [{ cookie: [] }, { bearer: [] }], paths,
  }
}
