import assert from 'node:assert/strict'
import { answered, api, house, noHorizontalScroll, phone } from './harness.ts'

const { journey } = house()

type Row = { id: string, [field: string]: unknown }
type Page = { items: Row[] }

journey('TP-01 TP-02 TP-03 TP-04 CU-09 the template of 36 points is there, a call tells a preference, the cabin list shows it, the map its score; a birthday is seen coming', async visit => {
  const admin = await visit.as('admin')
  // the demo company has it as an example beside its own
  const { id: journeyId } = (await api<Page>(admin, 'GET', '/journeys')).items.find(j => String(j.name).startsWith('旅客旅程'))!
  await admin.goto(`/journeys?journey=${journeyId}`)
  await admin.getByRole('region', { name: '旅行后' }).getByRole('listitem').first().waitFor()
  const points = (phase: string): Promise<number> => admin.getByRole('region', { name: phase }).getByRole('listitem').count()
  assert.deepEqual(await Promise.all(['旅行前', '飞行前', '客舱中', '飞行后', '旅行后'].map(points)), [8, 9, 8, 5, 6])
  await admin.getByRole('region', { name: '客舱中' }).getByRole('link', { name: '迎客入座' }).waitFor()

  const unitId = (await api<Page>(admin, 'GET', '/units?limit=1')).items[0]!.id, me = (await api<Page>(admin, 'GET', `/users?filter=${encodeURIComponent(JSON.stringify({ username: 'admin' }))}`)).items[0]!.id
  const soon = new Date(Date.now() + 5 * 86_400_000).toISOString().slice(5, 10)
  const id = (await api<Row>(admin, 'POST', '/customers', { name: '林晓舟', kind: 'person', phone: '13977770009', unitId, birthday: `1985-${soon}` })).id
  await api(admin, 'POST', '/touch-events/post', { point: 'A03', channel: 'phone', phone: '13977770009', occasion: 'QC101', preferences: [{ topic: '座位', value: '靠窗' }] })
  await api(admin, 'POST', '/touch-events/post', { point: 'A07', channel: 'phone', phone: '13977770009', score: 3, occasion: 'QC101' })
  const cabin = (await api<Page>(admin, 'GET', `/touch-points?filter=${encodeURIComponent(JSON.stringify({ code: 'A18' }))}`)).items[0]!.id

  await admin.goto(`/journeys/expected?point=${cabin}&occasion=QC101`)
  const person = admin.getByRole('listitem').filter({ hasText: '林晓舟' })
  await person.getByText('座位：靠窗').waitFor()
  await answered(admin, 'POST', /touch-events\/post$/, () => person.getByRole('button', { name: '到了' }).click())
  await person.waitFor({ state: 'detached' })

  await admin.goto(`/e/customers/${id}`)
  await admin.getByRole('heading', { name: /^旅客旅程/ }).waitFor()
  await admin.getByText(/^没有：了解航线与产品、/).waitFor()

  await admin.goto(`/journeys?journey=${journeyId}`)
  const worst = admin.getByRole('row').filter({ hasText: '特殊服务申请' })
  await worst.getByText('−1.5').waitFor()
  await admin.setViewportSize(phone)
  await noHorizontalScroll(admin)

  await api(admin, 'POST', '/care-plans', { name: '生日', trigger: 'birthday', days: -2, title: '给 {客户} 送生日祝福', toId: me })
  await admin.goto('/care')
  await admin.getByRole('row').filter({ hasText: '给 林晓舟 送生日祝福' }).waitFor()
  await noHorizontalScroll(admin)
})
