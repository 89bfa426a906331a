import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { answered, api, ask, house, noHorizontalScroll, phone, settles } from './harness.ts'

const { journey } = house()

/** The drawing is on the board and the server has said what it thinks of it. */
const checked = (page: Page) => page.waitForFunction(() => document.querySelector('.qd-problems')?.getAttribute('aria-busy') === 'false')
/** A place on the canvas where nothing is drawn: selects the process, and closes what is open beside an element. */
const aside = (page: Page) => page.locator('.qd-canvas svg').first().click({ position: { x: 160, y: 20 } })
async function select(page: Page, id: string): Promise<void> {
  await aside(page)
  await page.locator(`.qd-canvas [data-element-id="${id}"] > .djs-hit`).first().click()
  await page.locator('.qd-panel').getByText(id, { exact: true }).waitFor()
}
/** What was typed is saved when the server has answered after it. */
const saved = (page: Page, act: () => Promise<unknown>) => answered(page, 'PUT', /\/draft$/, act)

async function publish(page: Page, version: number, note: string): Promise<void> {
  await page.getByRole('button', { name: '发布', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: /发布/ })
  await dialog.getByPlaceholder(/改了什么/).fill(note)
  await dialog.getByRole('button', { name: `发布为第 ${version} 版` }).click()
  await page.waitForURL(/\/designer\/leave\/versions$/)
  await page.getByText(note).first().waitFor()
}

journey('the administrator makes a process from the 请假 template, adds a must-do item, publishes it, and sees what version 2 changed', async visit => {
  const admin = await visit.as('admin')
  await admin.goto('/designer')
  await admin.getByRole('button', { name: '新建流程' }).click()
  const dialog = admin.getByRole('dialog', { name: '新建流程' })
  await dialog.getByRole('button', { name: /^请假/ }).click()
  await dialog.getByRole('button', { name: '建立草稿' }).click()
  await admin.waitForURL(/\/designer\/leave$/)
  await checked(admin)
  await admin.locator('.bjs-powered-by').waitFor()
  await publish(admin, 1, '首次发布')

  // the panel: a must-do item on a step, a wrong condition that is told at once, and undo
  await admin.getByRole('link', { name: '编辑' }).click()
  await checked(admin)
  await select(admin, 'approve')
  await admin.getByRole('button', { name: '加事项' }).click()
  await admin.getByRole('textbox', { name: '事项' }).last().fill('已查考勤记录')
  await saved(admin, () => admin.keyboard.press('Control+s'))
  await admin.getByText(/^已保存 \d\d:\d\d$/).waitFor()
  await select(admin, 'decided')
  await admin.getByLabel('条件', { exact: true }).first().fill('outcome = ')
  await admin.keyboard.press('Tab')
  await admin.getByText('1 个问题').first().waitFor()
  await admin.locator('.qd-canvas .qd-badge-bad').waitFor()
  await aside(admin)
  await saved(admin, () => admin.keyboard.press('Control+z'))
  await checked(admin)
  await admin.getByText('1 个问题').first().waitFor({ state: 'detached' })
  await publish(admin, 2, '审批前先查考勤')

  await admin.getByText('增加必做事项“已查考勤记录”').waitFor()
  assert.equal(await admin.locator('.qd-changes > li').count(), 1, 'only the one step has changed')
  await admin.locator('.qd-picture .djs-shape.qd-changed').first().waitFor()
  const { items } = await api<{ items: Array<{ version: number, byName: string, note: string }> }>(admin, 'GET', '/process-designs/leave/versions')
  assert.deepEqual(items.map(v => [v.version, v.byName, v.note]), [[2, '系统管理员', '审批前先查考勤'], [1, '系统管理员', '首次发布']])
  const [file] = await Promise.all([admin.waitForEvent('download'), admin.getByRole('link', { name: '下载 .bpmn' }).first().click()])
  assert.match(await readFile((await file.path())!, 'utf8'), /已查考勤记录/)

  // the handbook is of what runs
  await admin.goto('/designer/leave/manual')
  await admin.getByRole('heading', { name: '请假', level: 1 }).waitFor()
  await admin.getByText('已查考勤记录').waitFor()
  await admin.locator('.qm-picture[data-state="done"]').waitFor()
})

journey('an approval and a weekly start are set in the panel in plain Chinese, checked as they are chosen, undone by one key, and published', async visit => {
  const admin = await visit.as('admin')
  await api(admin, 'POST', '/process-designs', { key: 'weekly-check', name: '每周自查' })
  await admin.goto('/designer/weekly-check')
  await checked(admin)
  const panel = admin.locator('.qd-panel')
  const choose = async (label: string, option: string) => {
    await panel.getByLabel(label, { exact: true }).click()
    await admin.locator('.ant-select-dropdown:visible').getByText(option, { exact: true }).click()
  }
  await select(admin, 'task-1')
  await panel.getByText('审批', { exact: true }).click()
  await panel.getByText('这一步是审批').click()
  await choose('方式', '会签：都要同意')
  await choose('几个人同意算通过', '三分之二')
  await select(admin, 'start')
  await choose('由什么触发', '定时')
  await choose('什么时候', '每周')
  const times = panel.locator('.qd-preview-times')
  await times.getByText('每周一 9:00').waitFor()
  await settles(async () => (await times.locator('li').allTextContents()).map(line => line.replace(/[\d-]+ /, '')), ['周一 09:00', '周一 09:00', '周一 09:00'])
  await choose('星期', '周五')
  await times.getByText('每周五 9:00').waitFor()
  await aside(admin)
  await saved(admin, () => admin.keyboard.press('Control+z'))
  await checked(admin)
  const { xml } = await api<{ xml: string }>(admin, 'GET', '/process-designs/weekly-check')
  assert.match(xml, /<qc:approval mode="all" share="2\/3" who="starter\.manager"/)
  assert.equal(new Date(`${/R\/([\d-]+)T09:00:00\/P1W/.exec(xml)![1]}T00:00:00Z`).getUTCDay(), 1, 'undone: Monday again')
  await admin.getByRole('button', { name: '发布', exact: true }).click()
  const dialog = admin.getByRole('dialog', { name: /发布/ })
  await dialog.getByRole('button', { name: '发布为第 1 版' }).click()
  await admin.waitForURL(/weekly-check\/versions$/)
  await admin.getByText('使用中').waitFor()
})

journey('KB-07 a form is designed over the whole screen: a new field without leaving, a section, order by keyboard, a condition; then people fill it in', async visit => {
  const admin = await visit.as('admin')
  const xml = `<?xml version="1.0"?><bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:qc="urn:quancheng:bpmn:1" id="d" targetNamespace="t"><bpmn:process id="p" name="验机" isExecutable="true"><bpmn:extensionElements><qc:binding entity="device"/></bpmn:extensionElements>
    <bpmn:startEvent id="s"/><bpmn:userTask id="look" name="看机器"><bpmn:extensionElements><qc:field name="model"/></bpmn:extensionElements></bpmn:userTask><bpmn:endEvent id="e"/><bpmn:sequenceFlow id="f1" sourceRef="s" targetRef="look"/><bpmn:sequenceFlow id="f2" sourceRef="look" targetRef="e"/></bpmn:process></bpmn:definitions>`
  await api(admin, 'POST', '/process-designs', { key: 'look-over', name: '验机', xml })
  await admin.goto('/designer/look-over')
  await checked(admin)
  await select(admin, 'look')
  await admin.getByRole('button', { name: '设计表单' }).click()
  const designer = admin.locator('.qf'), settings = designer.getByRole('complementary', { name: '属性' }), on = (name: string) => designer.getByRole('button', { name: new RegExp(`^(字段|小节)“${name}”`) })
  await designer.getByRole('button', { name: '新建字段' }).click()
  const dialog = admin.getByRole('dialog', { name: '添加字段' })
  await dialog.getByLabel('名称 *', { exact: true }).fill('机身划痕')
  await answered(admin, 'POST', /\/fields$/, () => dialog.getByRole('button', { name: '保存' }).click())
  await on('机身划痕').waitFor()
  await settings.getByText('必填', { exact: true }).click()
  const condition = settings.getByLabel('什么时候显示', { exact: true })
  await condition.fill('model = ')
  await settings.getByRole('alert').waitFor()
  await condition.fill('model = "X1"')
  await on('机身划痕').click()
  await admin.keyboard.press('Alt+ArrowUp')
  await designer.getByText('“机身划痕”移到第 1 项，共 2 项').waitFor({ state: 'attached' })
  assert.equal(await admin.evaluate(() => document.activeElement?.getAttribute('data-entry')?.startsWith('field:x_')), true, 'what moves keeps the keyboard')
  await designer.getByRole('button', { name: '小节', exact: true }).click()
  await settings.getByLabel('标题').fill('外观')
  await admin.keyboard.press('Enter')
  await on('外观').waitFor()
  await saved(admin, () => designer.getByRole('button', { name: '完成', exact: true }).click())
  await checked(admin)
  const { xml: drawn, draft } = await api<{ xml: string, draft: { version: number } }>(admin, 'GET', '/process-designs/look-over')
  assert.match(drawn, /<qc:section id="section1" label="外观" \/>\s*<qc:field name="(x_\w+)" required="true" visibleWhen="model = &#34;X1&#34;" \/>\s*<qc:field name="model" \/>/)
  await api(admin, 'POST', '/process-designs/look-over/publish', { seen: draft.version, over: 0, note: '' })

  // the page of a task, by the same hands: what is typed shows the field, and what is missing is said
  const variables = drawn.replace('<qc:binding entity="device" />', '').replaceAll(/<qc:field [^>]*>/g, '').replace('label="外观" />', 'label="外观" /><qc:field name="days" label="天数" type="number" /><qc:field name="why" label="理由" type="text" required="true" visibleWhen="days &gt; 3" />')
  await api(admin, 'POST', '/process-designs', { key: 'form-of-variables', name: '请几天', xml: variables })
  await api(admin, 'POST', '/process-designs/form-of-variables/publish', { seen: 1, over: 0, note: '' })
  const { next } = await api<{ next: Array<{ id: string }> }>(admin, 'POST', '/processes/form-of-variables/start', {})
  await admin.goto(`/tasks/${next[0]!.id}`)
  await admin.getByRole('heading', { name: '外观' }).waitFor()
  assert.equal(await admin.getByLabel('理由').count(), 0)
  await admin.getByLabel('天数').fill('5')
  await admin.getByLabel('理由').waitFor()
  await admin.getByText('还缺：理由').waitFor()
  await admin.getByLabel('理由').fill('探亲')
  await answered(admin, 'POST', /\/complete$/, () => admin.locator('.qc-moves button').first().click())
})

journey('two people draw the same process: whoever saves second is told by whom, and decides; leaving with unsaved work asks', async visit => {
  const [admin, hq] = [await visit.as('admin'), await visit.as('wuzong')]
  await admin.goto('/designer/parts-sale')
  await checked(admin)
  const before = await api<{ xml: string, draft: null }>(hq, 'GET', '/process-designs/parts-sale')
  await api(hq, 'PUT', '/process-designs/parts-sale/draft', { xml: before.xml, seen: 0 })
  await admin.locator('.qd-panel').getByLabel('说明', { exact: true }).fill('卖配件')
  const refused = await saved(admin, () => admin.keyboard.press('Control+s'))
  assert.equal(refused.status(), 409)
  await admin.getByRole('alert').getByText(/吴总 在 \d\d:\d\d 保存过这份草稿/).waitFor()
  await admin.getByRole('link', { name: '返回' }).click()
  await admin.getByRole('dialog').getByRole('button', { name: '继续编辑' }).click()
  assert.match(admin.url(), /parts-sale$/)
  await admin.getByRole('button', { name: '用我的覆盖' }).click()
  const mine = await saved(admin, () => admin.getByRole('dialog').getByRole('button', { name: '确定' }).click())
  assert.equal(mine.status(), 200)
  await admin.getByText(/^已保存/).waitFor()
  assert.match((await api<{ xml: string }>(hq, 'GET', '/process-designs/parts-sale')).xml, /卖配件/)
})

journey('on a phone processes, versions and handbook can be read, drawing says that it needs a wider screen; who may not, gets nothing', async visit => {
  const admin = await visit.as('admin', phone)
  for (const [path, text] of [['/designer', '维修服务'], ['/designer/repair', '画流程需要宽一些的屏幕'], ['/designer/repair/versions', '只有一个版本'], ['/designer/repair/manual', '一览']] as const) {
    await admin.goto(path)
    await admin.getByText(text).first().waitFor()
    await noHorizontalScroll(admin)
  }
  const lijie = await visit.as('lijie')
  assert.equal((await ask(lijie, 'GET', '/process-designs')).status(), 403)
})
