import assert from 'node:assert/strict'
import { answered, api, house, settles } from './harness.ts'

const { journey } = house()

/** Three cases; the second goes back once. Half an hour for every step. */
const CASES = [['受理', '检测', '维修', '回访'], ['受理', '检测', '维修', '检测', '维修', '回访'], ['受理', '退回']]

function xes(): string {
  const event = (name: string, minute: number) => `<event><string key="concept:name" value="${name}"/><string key="org:resource" value="${minute % 60 ? '甲' : '乙'}"/><date key="time:timestamp" value="${new Date(Date.UTC(2026, 2, 2, 1, minute)).toISOString()}"/></event>`
  const trace = (names: string[], i: number) => `<trace><string key="concept:name" value="C${i}"/>${names.map((name, n) => event(name, i * 300 + n * 30)).join('')}</trace>`
  return `<?xml version="1.0" encoding="UTF-8"?>\n<log xes.version="1.0" xmlns="http://www.xes-standard.org/">\n${CASES.map(trace).join('\n')}\n</log>\n`
}

const keys = (answer: { items: Array<{ key: string }> }): string[] => answer.items.map(each => each.key)

journey('an event log of somebody else is checked, imported, and shows what really follows what', async visit => {
  const wuzong = await visit.as('wuzong')
  await wuzong.goto('/processes')
  await wuzong.getByRole('link', { name: '导入事件日志' }).click()
  await wuzong.getByLabel('选择文件').setInputFiles({ name: '售后日志.xes', mimeType: 'application/xml', buffer: Buffer.from(xes()) })
  await wuzong.getByText('文件没有问题，可以导入。').waitFor()
  await wuzong.getByText('3 个案例，12 个事件，5 种活动，2 人').waitFor()
  await wuzong.getByLabel('流程名称').fill('售后日志')
  await answered(wuzong, 'POST', /\/event-logs$/, () => wuzong.getByRole('button', { name: '导入', exact: true }).click())

  await wuzong.getByRole('heading', { level: 1, name: '售后日志' }).waitFor()
  const figures = async () => {
    const all = Object.fromEntries(await wuzong.locator('.sp-counts > div').evaluateAll(each => each.map(one => [one.querySelector('dt')!.textContent, one.querySelector('dd')!.textContent])))
    return [all['案例'], all['活动次数'], all['活动种类'], all['办理人']]
  }
  await settles<unknown>(figures, ['3', '12', '5', '2'])
  const map = wuzong.locator('.qc-dfg svg')
  for (const activity of ['受理', '检测', '维修', '回访', '退回']) await map.getByText(activity, { exact: true }).first().waitFor()
  // the map for those who cannot see it: 检测 was followed by 维修 three times, once after going back
  assert.match(await wuzong.locator('.qc-dfg table tr').filter({ hasText: /^检测\s*维修/ }).innerText(), /检测\s*维修\s*3/)
  await wuzong.getByRole('tab', { name: '用时与走法' }).click()
  await wuzong.getByRole('row', { name: /^维修 3 / }).waitFor()
})

journey('a malformed log is reported row by row, and nothing of it is stored', async visit => {
  const wuzong = await visit.as('wuzong')
  const before = keys(await api(wuzong, 'GET', '/processes'))
  await wuzong.goto('/processes/import')
  const csv = '单号,活动,时间,人员\nA1,受理,2026-03-02 09:00,甲\nA1,检测,昨天下午,甲\n,维修,2026-03-02 10:00,乙\n'
  await wuzong.getByLabel('选择文件').setInputFiles({ name: '坏日志.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) })
  await wuzong.getByRole('alert').getByText(/有 2 处问题，没有保存任何数据/).waitFor()
  const rows = wuzong.locator('.sv-table tbody tr')
  assert.match(await rows.nth(0).innerText(), /^3\s/)
  assert.match(await rows.nth(1).innerText(), /^4\s/)
  assert.equal(await wuzong.getByRole('button', { name: '导入', exact: true }).count(), 0, 'there is no way to import it all the same')
  assert.deepEqual(keys(await api(wuzong, 'GET', '/processes')), before)
})
