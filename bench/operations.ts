import type { Answer, Operation, Target } from './drive.ts'
import type { Organisation, Station } from './load/organisation.ts'
import { random } from './load/random.ts'
import type { Sample } from './load/requests.ts'

const PAGE = 20
const RECEPTION_TICKS = ['appearance', 'serialChecked', 'backupNotice', 'greeting', 'backup', 'duration']

const query = (path: string, q: Record<string, string>): string => `${path}?${new URLSearchParams(q)}`
const json = (a: Answer): Record<string, unknown> => JSON.parse(a.body) as Record<string, unknown>
const mustHave = (n: number, what: string): ((a: Answer) => void) => a => {
  const items = json(a).items as unknown[]
  if (items.length < n) throw new Error(`${what}: ${items.length} 行，应至少 ${n} 行`)
}

/**
 * What is measured. `create` makes the requests that `complete` and `stage` then move on, the n-th call of each being about the n-th
 * request, so the queue of a station stays as long as a round.
 */
export function operations(org: Organisation, sample: Sample, target: Target): Operation[] {
  const r = random(7)
  const station = (n: number): Station => org.stations[n % org.stations.length]!
  const phones = Array.from({ length: 500 }, () => r.pick(sample.customers).phone)
  const devices = Array.from({ length: 500 }, () => r.pick(sample.devices))
  const phone = (n: number): string => phones[n % phones.length]!
  const made = new Map<number, string>()
  const idOf = (n: number): string => made.get(n) ?? (() => { throw new Error(`request ${n} was not created`) })()
  const collected = (n: number): string => JSON.stringify({ stage: 'collected', unitId: station(n).id })
  const get = (key: string, label: string, call: (n: number) => { path: string; token: string }, more: Partial<Operation> = {}): Operation => ({ key, label, target, status: 200, call: n => ({ method: 'GET', ...call(n) }), ...more })
  const list = (key: string, label: string, token: (n: number) => string, filter: (n: number) => string | null, more: Partial<Operation> = {}): Operation =>
    get(key, label, n => { const f = filter(n); return { token: token(n), path: query('/api/service-requests', { limit: String(PAGE), ...(f ? { filter: f } : {}) }) } }, more)
  return [
    {
      key: 'create', label: '取号（新建请求） create', target, status: 201, goal: 4,
      call: n => ({ method: 'POST', path: '/api/service-requests/take-number', token: station(n).receptionToken, body: { unitId: station(n).id, phone: phone(n) } }),
      check: (a, n) => { made.set(n, String(json(a).id)) },
    },
    {
      key: 'complete', label: '办理环节并写评论 complete + comment', target, status: 200, goal: 4,
      call: n => ({ method: 'POST', path: `/api/service-requests/${idOf(n)}/move`, token: station(n).receptionToken, body: { to: '接待', comment: '客户赶时间，请优先处理' } }),
    },
    {
      key: 'stage', label: '办理接待：表单、必做项、评论 stage with its form', target, status: 200,
      call: n => {
        const d = devices[n % devices.length]!
        return {
          method: 'POST', path: `/api/service-requests/${idOf(n)}/move`, token: station(n).receptionToken,
          body: { to: '检验', comment: '外壳有旧划痕，已拍照', ticked: RECEPTION_TICKS, fields: { customerId: sample.customers[d.customer]!.id, deviceId: d.id, serialNo: d.serialNo, faultDescription: '按电源键没有反应，指示灯不亮' } },
        }
      },
    },
    list('list-member', '列表 20 行：环节 + 本站，一线 list as a member', n => station(n).receptionToken, collected, { goal: 3, check: mustHave(PAGE, 'list') }),
    list('list-admin', '列表 20 行：环节 + 站，管理员 list as administrator', () => org.adminToken, collected, { goal: 3, check: mustHave(PAGE, 'list') }),
    list('list-region', '列表 20 行：本大区最新 newest of my region', () => org.regionToken, () => null, { goal: 3, check: mustHave(PAGE, 'list') }),
    list('list-region-open', '列表 20 行：本大区维修中 in repair in my region', () => org.regionToken, () => JSON.stringify({ stage: 'repair' }), { goal: 3 }),
    list('list-region-rare', '列表 20 行：本大区拒修 refused in my region', () => org.regionToken, () => JSON.stringify({ stage: 'refused' }), { goal: 3, check: mustHave(PAGE, 'list') }),
    get('desk', '前台按电话查找 desk search by phone', n => ({ token: station(n).receptionToken, path: query('/api/service/desk', { q: phone(n) }) }), {
      check: a => { if (!(json(a).customers as unknown[]).length) throw new Error('desk: 没有找到客户') },
    }),
    get('search', '全局按电话搜索 search by phone', n => ({ token: station(n).receptionToken, path: query('/api/search', { q: phone(n) }) }), {
      check: a => { if (!(json(a).items as unknown[]).length) throw new Error('search: 没有找到') },
    }),
  ]
}

/** The same writes by hand in SQL, the same list by hand, and the least that a request can cost. */
export function peers(org: Organisation, sample: Sample, target: Target): Operation[] {
  const r = random(8)
  const made = new Map<number, string>()
  return [
    { key: 'sql-create', label: '对照：手写 SQL 新建 hand-written create', target, status: 201, call: n => ({ method: 'POST', path: '/create', body: { station: n % org.stations.length, phone: r.pick(sample.customers).phone } }), check: (a, n) => { made.set(n, String(json(a).id)) } },
    { key: 'sql-complete', label: '对照：手写 SQL 办理 hand-written complete', target, status: 200, call: n => ({ method: 'POST', path: '/complete', body: { id: made.get(n), station: n % org.stations.length, comment: '客户赶时间，请优先处理' } }) },
    { key: 'sql-list', label: '对照：手写 SQL 列表 hand-written list', target, status: 200, call: n => ({ method: 'GET', path: `/list?station=${n % org.stations.length}` }), check: mustHave(PAGE, 'sql-list') },
    { key: 'floor', label: '下限：一次查询 one prepared select', target, status: 200, call: n => ({ method: 'GET', path: `/floor?id=${sample.devices[n % sample.devices.length]!.id}` }) },
  ]
}
