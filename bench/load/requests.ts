import type pg from 'pg'
import type { CompiledEntity } from '@quancheng/kernel'
import { searchDocument } from '../../packages/kernel/src/search/search.ts'
import { bulk } from './bulk.ts'
import { STAGE_SEQ } from './courses.ts'
import type { Organisation } from './organisation.ts'
import { idAt, random, type Random } from './random.ts'
import { DONE, FAULTS, FOUND, given, MODELS, surname } from './words.ts'

const YEAR_MS = 365 * 86_400_000
/** the tenant's clock: days, and so numbers, are those of Shanghai */
const SHANGHAI_MS = 8 * 3_600_000
/** Customers and devices for each request: people come back, and bring more than one thing. */
const CUSTOMERS = 0.4, DEVICES = 0.5
/** Of the newest two per cent half are still open. */
const RECENT = 0.98, STILL_OPEN = 0.5

export interface Customer { id: string; name: string; phone: string }
export interface Device { id: string; serialNo: string; model: string; lineId: string; customer: number }
export interface Sample { customers: Customer[]; devices: Device[] }

const AUTHOR = { version: 'int', created_at: 'timestamptz', updated_at: 'timestamptz' } as const
const SEARCH = { entity: 'text', record_id: 'uuid', unit_id: 'uuid', title: 'text', subtitle: 'text', tokens: 'text', codes: 'text', updated_at: 'timestamptz' } as const

/** Rows made here, a batch travelling while the next is made. Needs the temporary table bench_case. */
export async function loadRequests(client: pg.Client, org: Organisation, entities: { get(name: string): CompiledEntity }, size: number, seed: number): Promise<Sample & { open: number }> {
  const r = random(seed)
  const begin = Date.now() - YEAR_MS
  const tenant = { tenant_id: org.tenantId }
  const search = bulk(client, 'search_doc', SEARCH, tenant, { tokens: 'tsvector' })
  const found = (name: string, row: Record<string, unknown>, unit: string | null, at: Date): Promise<void> => {
    const doc = searchDocument(entities.get(name), row)
    return search.push({ entity: name, record_id: row.id, unit_id: unit, title: doc.title, subtitle: doc.subtitle, tokens: doc.tsv, codes: doc.codes, updated_at: at })
  }
  const customers = await loadCustomers(client, org, Math.max(50, Math.round(size * CUSTOMERS)), r, begin, found)
  const devices = await loadDevices(client, org, customers, Math.max(60, Math.round(size * DEVICES)), r, begin, found)
  const open = await loadEach(client, org, { customers, devices }, size, r, begin, found)
  await search.end()
  return { customers, devices, open }
}

type Found = (name: string, row: Record<string, unknown>, unit: string | null, at: Date) => Promise<void>

async function loadCustomers(client: pg.Client, org: Organisation, n: number, r: Random, begin: number, found: Found): Promise<Customer[]> {
  const into = bulk(client, 'customer', { id: 'uuid', name: 'text', kind: 'text', phone: 'text', tier: 'text', unit_id: 'uuid', address: 'text', source: 'text', ...AUTHOR }, { tenant_id: org.tenantId })
  const list: Customer[] = []
  for (let i = 0; i < n; i++) {
    const at = new Date(begin + (YEAR_MS * i) / n / 4)
    const unit = r.pick(org.stations)
    const row = { id: idAt(at.getTime(), i, r), name: surname(r.int(0, 999)) + given(r.int(0, 999)) + (r.next() < 0.8 ? given(r.int(0, 999)) : ''), phone: `1${r.pick(['38', '39', '50', '58', '77', '86', '89'])}${String(r.int(0, 99_999_999)).padStart(8, '0')}`, address: `${r.int(1, 900)}号${r.int(1, 30)}栋` }
    await into.push({ ...row, kind: 'person', tier: r.pick(['ordinary', 'ordinary', 'ordinary', 'silver', 'gold']), unit_id: unit.id, source: 'walkIn', version: 1, created_at: at, updated_at: at })
    await found('customer', row, unit.id, at)
    list.push({ id: row.id, name: row.name, phone: row.phone })
  }
  await into.end()
  return list
}

async function loadDevices(client: pg.Client, org: Organisation, customers: readonly Customer[], n: number, r: Random, begin: number, found: Found): Promise<Device[]> {
  const into = bulk(client, 'device', { id: 'uuid', customer_id: 'uuid', product_line_id: 'uuid', model: 'text', serial_no: 'text', ...AUTHOR }, { tenant_id: org.tenantId })
  const list: Device[] = []
  for (let i = 0; i < n; i++) {
    const at = new Date(begin + (YEAR_MS * i) / n / 4)
    const customer = i < customers.length ? i : r.int(0, customers.length - 1)
    const d: Device = { id: idAt(at.getTime(), i, r), serialNo: `PF${(i + 1_679_616).toString(36).toUpperCase()}${r.int(1000, 9999)}`, model: r.pick(MODELS), lineId: r.pick(org.lineIds), customer }
    await into.push({ id: d.id, customer_id: customers[customer]!.id, product_line_id: d.lineId, model: d.model, serial_no: d.serialNo, version: 1, created_at: at, updated_at: at })
    await found('device', { id: d.id, model: d.model, serialNo: d.serialNo }, null, at)
    list.push(d)
  }
  await into.end()
  return list
}

const CLOSED = [...Array<string>(46).fill('collected'), 'returned', 'returned', 'transferred', 'refused'] as const
const OPEN = ['waiting', 'waiting', 'reception', 'inspect', 'inspect', 'quote', 'quote', 'quote', 'repair', 'repair', 'repair', 'repair', 'quality', 'pickup', 'pickup', 'pickup'] as const

async function loadEach(client: pg.Client, org: Organisation, of: Sample, size: number, r: Random, begin: number, found: Found): Promise<number> {
  const requests = bulk(client, 'service_request', {
    id: 'uuid', number: 'text', started_at: 'timestamptz', stage: 'text', unit_id: 'uuid', owner_id: 'uuid', product_line_id: 'uuid', customer_id: 'uuid', customer_name: 'text', phone: 'text', device_id: 'uuid', model: 'text', serial_no: 'text',
    fault_description: 'text', appearance: 'text', accessories: 'text', fault_code: 'text', inspection_result: 'text', quoted_amount: 'numeric', customer_answer: 'text', repair_action: 'text', source: 'text', ended_at: 'timestamptz', track_token: 'text', track_code: 'text', ...AUTHOR,
  }, { tenant_id: org.tenantId })
  const cases = bulk(client, 'bench_case', { request_id: 'uuid', instance_id: 'uuid', number: 'text', stage: 'text', unit_id: 'uuid', last: 'int', open: 'boolean', started: 'timestamptz', ended: 'timestamptz' })
  const counters = new Map<string, number>()
  const now = Date.now() - 3_600_000
  let open = 0
  for (let i = 0; i < size; i++) {
    const at = new Date(begin + ((now - begin) * i) / size)
    const isOpen = i >= size * RECENT && r.next() < STILL_OPEN
    const stage = isOpen ? r.pick(OPEN) : r.pick(CLOSED)
    const station = r.pick(org.stations)
    const day = `${station.code}-${new Date(at.getTime() + SHANGHAI_MS).toISOString().slice(0, 10).replaceAll('-', '')}`
    const nth = (counters.get(day) ?? 0) + 1
    counters.set(day, nth)
    const device = of.devices[r.int(0, of.devices.length - 1)]!, customer = of.customers[device.customer]!
    const last = STAGE_SEQ[stage]!
    const ended = new Date(Math.min(now + 3_500_000, at.getTime() + r.int(2, 90) * 3_600_000))
    const id = idAt(at.getTime(), i, r)
    const row = { id, number: `${day}-${String(nth).padStart(4, '0')}`, customerName: customer.name, phone: customer.phone, model: device.model, serialNo: device.serialNo, faultDescription: r.pick(FAULTS) }
    await requests.push({
      id, number: row.number, started_at: at, stage, unit_id: station.id, owner_id: isOpen ? null : station.staff.receptionist, product_line_id: device.lineId, customer_id: customer.id, customer_name: row.customerName, phone: row.phone, device_id: device.id, model: row.model, serial_no: row.serialNo,
      fault_description: row.faultDescription, appearance: '外壳有划痕', accessories: '电源适配器', fault_code: last > 3 ? 'board' : null, inspection_result: last > 3 ? r.pick(FOUND) : null, quoted_amount: last > 4 ? `${r.int(80, 1800)}.00` : null, customer_answer: last > 4 ? 'agreed' : null,
      repair_action: last > 5 ? r.pick(DONE) : null, source: 'kiosk', ended_at: isOpen ? null : ended, track_token: `b${id.replaceAll('-', '').slice(-13)}`, track_code: String(r.int(0, 9999)).padStart(4, '0'), version: last, created_at: at, updated_at: isOpen ? at : ended,
    })
    await cases.push({ request_id: id, instance_id: idAt(at.getTime(), i, r), number: row.number, stage, unit_id: station.id, last, open: isOpen, started: at, ended })
    await found('serviceRequest', row, station.id, isOpen ? at : ended)
    if (isOpen) open++
  }
  await requests.end()
  await cases.end()
  const series = [...counters]
  await client.query('insert into series (tenant_id, key, last) select $1, * from unnest($2::text[], $3::int[])', [org.tenantId, series.map(([day]) => `${day}-{0000}`), series.map(([, n]) => n)])
  return open
}
