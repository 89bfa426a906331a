import assert from 'node:assert/strict'
import { test } from 'node:test'
import { defineEntity, defineModule, f } from '@quancheng/kernel'
import { testApp } from '@quancheng/kernel/testing'
import org from '@quancheng/org'
import { processModule, startFor } from '@quancheng/process'
import designer from '../index.ts'

const Repair = defineEntity('repair', {
  label: ['维修', 'Repair'], plural: 'repairs', tenantFields: true,
  fields: { title: f.text(['标题', 'Title'], { required: true }), stage: f.text(['阶段', 'Stage'], { readOnly: true }) },
  display: ['title'], list: ['title', 'stage'],
})
const repairs = defineModule({ name: 'repairs', label: ['维修', 'Repairs'], entities: [Repair] })
// Monday, nine in the morning
const app = await testApp({ modules: [org, processModule, repairs, designer], clock: '2026-11-23T01:00:00Z' })
const all = (...codes: string[]) => Object.fromEntries(codes.map(c => [c, ['all']]))
const author = await app.person({ username: 'yeqing', name: '叶青', roles: [{ code: 'author', grants: all('process:read', 'process:deploy', 'process:start', 'tenantField:read', 'tenantField:create', 'repair:read') }] })
const smith = await app.person({ username: 'lijie', name: '李杰', roles: [{ code: 'smith', grants: all('repair:read', 'repair:create', 'repair:export', 'repair:move', 'process:start') }] })

const model = (form: string) => `<?xml version="1.0"?><bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:qc="urn:quancheng:bpmn:1" id="d" targetNamespace="t">
  <bpmn:process id="mend" name="修理" isExecutable="true"><bpmn:extensionElements><qc:binding entity="repair" stageField="stage"/></bpmn:extensionElements>
  <bpmn:startEvent id="s"/><bpmn:userTask id="look" name="检验" qc:role="smith"><bpmn:extensionElements>${form}</bpmn:extensionElements></bpmn:userTask><bpmn:endEvent id="e"/>
  <bpmn:sequenceFlow id="f1" sourceRef="s" targetRef="look"/><bpmn:sequenceFlow id="f2" sourceRef="look" targetRef="e"/></bpmn:process></bpmn:definitions>`
const at = (more = '') => `/api/process-designs/mend${more}`
interface Field { name: string; label: string; meta: { custom: boolean } }
const catalogued = async (): Promise<Field[]> => (await author.get('/api/process-catalogue')).body.entities.find((e: { name: string }) => e.name === 'repair').fields

test('KB-07 a field that the designer adds is in a task’s form, the list’s filter, the file and the API without a restart', async () => {
  assert.ok(!(await catalogued()).some(x => x.name.startsWith('x_')))
  const made = await author.post('/api/fields', { entity: 'repair', spec: { type: 'text', label: ['机身颜色', 'Colour'] } })
  assert.equal(made.status, 201, JSON.stringify(made.body))
  const key = made.body.key as string
  // at once among the fields of the form designer, and nothing is wrong with a form that has it
  assert.deepEqual((await catalogued()).filter(x => x.name === key).map(x => [x.label, x.meta.custom]), [['机身颜色', true]])
  const xml = model(`<qc:section id="looks" label="外观"/><qc:field name="${key}" required="true" width="full" help="照实物写"/>`)
  assert.equal((await author.post('/api/process-designs', { key: 'mend', name: '修理', xml })).status, 201)
  assert.deepEqual((await author.post(at('/check'), { xml })).body.problems, [])
  const published = await author.post(at('/publish'), { seen: 1, over: 0, note: '加颜色' })
  assert.equal(published.status, 200, JSON.stringify(published.body))

  const { id } = (await smith.post('/api/repairs', { title: '屏幕' })).body
  await app.system(ctx => startFor(ctx, 'mend', 'repair', id))
  const { items: [task] } = (await smith.get('/api/tasks?box=pool')).body
  const seen = (await smith.get(`/api/tasks/${task.id}`)).body
  assert.deepEqual([seen.layout[0].label, seen.form.map((x: { label: string; help: string; width: string; required: boolean }) => [x.label, x.help, x.width, x.required])], ['外观', [['机身颜色', '照实物写', 'full', true]]])
  assert.deepEqual((await smith.post(`/api/tasks/${task.id}/complete`, {})).body.details.missing, ['机身颜色'])
  assert.equal((await smith.post(`/api/tasks/${task.id}/complete`, { fields: { [key]: '星空蓝' } })).status, 200)

  const filter = encodeURIComponent(JSON.stringify({ [key]: { contains: '星空' } }))
  assert.deepEqual((await smith.get(`/api/repairs?filter=${filter}`)).body.items.map((r: { title: string }) => r.title), ['屏幕'])
  assert.equal((await smith.get(`/api/repairs/${id}`)).body[key], '星空蓝')
  const file = await smith.get(`/api/repairs/export?format=csv`)
  assert.deepEqual(String(file.body).replace(/^\uFEFF/, '').trim().split(/\r?\n/), ['标题,阶段,机身颜色,创建时间,修改时间', '屏幕,e,星空蓝,2026-11-23 09:00:00,2026-11-23 09:00:00'])
})

test('a form with a field that is not there any more, or one whose type it invents, is told while it is drawn', async () => {
  const { problems } = (await author.post(at('/check'), { xml: model('<qc:field name="x_gone"/><qc:field name="title" type="number"/>') })).body
  assert.deepEqual(problems.map((p: { elementId: string; message: string }) => [p.elementId, p.message]).toSorted(), [['look', '“检验”的表单里，“title”是维修的字段，类型由它决定，不能另写'], ['look', '“检验”的表单里，维修没有字段“x_gone”']].toSorted())
})

test('what changed on a form is told in its words: sections, conditions, and a field that moved to another section', async () => {
  const compare = async (form: string): Promise<string[]> => {
    const { draft } = (await author.get(at())).body
    const saved = await author.call('PUT', at('/draft'), { xml: model(form), seen: draft?.version ?? 0 })
    assert.equal(saved.status, 200, JSON.stringify(saved.body))
    return (await author.get(at('/difference?from=1&to=draft'))).body.changes.flatMap((c: { details: Array<{ text: string; after: string | null }> }) => c.details.map(d => `${d.text} ${d.after}`))
  }
  const [{ name: key }] = (await catalogued()).filter(x => x.meta.custom) as [Field]
  const own = `<qc:field name="${key}" required="true" width="full" help="照实物写"/>`
  assert.deepEqual(await compare(`<qc:section id="looks" label="外观"/>${own.replace('width="full"', 'visibleWhen="title != null" width="half"')}`), [`表单字段“${key}”：宽度 半行`, `表单字段“${key}”：显示条件 title != null`])
  assert.deepEqual(await compare(`${own}<qc:section id="looks" label="外观"/>`), ['次序 有调整'])
})
