import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { answered, api, house, settles } from './harness.ts'
import { staffOf, toInspect, toRepair } from './station.ts'

const { journey } = house()

type Rows<T> = { items: T[] }
type Unit = { id: string, code: string, name: string }
const filtered = (filter: object) => encodeURIComponent(JSON.stringify(filter))
const numberIn = (text: string): number => Number(/\d+/.exec(text.replaceAll(',', ''))?.[0])
const drawer = (page: Page) => page.getByRole('dialog')
/** Closes what a figure has opened. */
async function shut(page: Page): Promise<void> {
  await drawer(page).getByRole('button', { name: /关闭|Close/ }).click()
  await drawer(page).waitFor({ state: 'hidden' })
}

journey('SP-17, SP-30, CE-04 周站 sees work come and the alarm that nobody can do it, gives it to somebody all the same, and the reasons stay with the request', async visit => {
  const wuzong = await visit.as('wuzong')
  const [station] = (await api<Rows<Unit>>(wuzong, 'GET', `/units?filter=${filtered({ code: 'HZ01' })}`)).items
  const skill = await api<{ id: string }>(wuzong, 'POST', '/skills', { name: '射频校准' })
  await api(wuzong, 'POST', '/skill-needs', { nodeId: 'inspect', skillId: skill.id, level: 2 })
  await api(wuzong, 'POST', '/dispatch-rules', { nodeId: 'inspect', mode: 'automatic', unitId: station!.id })

  const [zhouzhan, watching] = [await visit.as('zhouzhan'), await visit.as('zhouzhan')]
  await zhouzhan.goto('/board')
  await zhouzhan.getByRole('listitem', { name: '检验', exact: true }).waitFor()
  await watching.goto('/alarms')
  await watching.getByRole('heading', { name: '报警', level: 1 }).waitFor()

  const at = await staffOf(visit)
  const begun = await toInspect(at, { serialNo: 'PFRADIO1', fault: '搜不到任何无线网络' })
  await zhouzhan.locator(`section[aria-label="检验"] #card-${begun.id}`).waitFor()
  const alarm = watching.getByRole('listitem').filter({ hasText: `${begun.number} 待检验` })
  await alarm.getByText(/射频校准/).waitFor()

  await zhouzhan.goto('/dispatch')
  const card = zhouzhan.getByRole('button', { name: new RegExp(begun.number) })
  await card.click()
  const open = zhouzhan.getByRole('listitem').filter({ has: card })
  await open.getByText('没有合适的人：等有人空出来，或照样派').waitFor()
  await open.getByRole('button', { name: '派给王检' }).click()
  const sure = zhouzhan.getByRole('dialog').filter({ hasText: /射频校准。照样派给他？/ })
  await sure.waitFor()
  await answered(zhouzhan, 'POST', /\/assign$/, () => sure.getByRole('button', { name: '派给王检' }).click())
  await zhouzhan.getByText('已派给王检').waitFor()
  await settles(async () => (await api<{ assigneeName: string | null }>(zhouzhan, 'GET', `/tasks/${begun.taskId}`)).assigneeName, '王检')
  await zhouzhan.goto(`/e/service-requests/${begun.id}`)
  const why = zhouzhan.locator('.di-why')
  await why.getByText(/周站派给王检：.*射频校准/).waitFor()
  await why.getByText('无人可派').waitFor()
  await api(at.inspector, 'POST', `/tasks/${begun.taskId}/claim`)
  await alarm.waitFor({ state: 'hidden' })
})

journey('SP-18 every figure of 站长视图 opens as many rows as it says', async visit => {
  const at = await staffOf(visit)
  await toRepair(at, { serialNo: 'PFTEAM01', fault: '开机没反应' })
  const zhouzhan = await visit.as('zhouzhan')
  await zhouzhan.goto('/team')
  const figures = zhouzhan.locator('.it-totals button')
  await figures.first().waitFor()
  for (const label of ['在修', '超时', '快超时', '无人接手', '今日完成']) {
    const figure = figures.filter({ has: zhouzhan.getByText(label, { exact: true }) })
    const count = numberIn(await figure.locator('b').innerText())
    await figure.click()
    await drawer(zhouzhan).getByText(count === 0 ? '没有' : new RegExp(`^共 ${count} 个环节`), { exact: count === 0 }).waitFor()
    await shut(zhouzhan)
  }
  const mine = zhouzhan.getByRole('button', { name: '王检 今日完成' })
  const done = numberIn(await mine.innerText())
  assert.ok(done >= 1, '王检 has done one just now')
  await mine.click()
  await drawer(zhouzhan).getByText(new RegExp(`^共 ${done} 个环节`)).waitFor()
  assert.equal(await drawer(zhouzhan).locator('.it-row').count(), done)
  await drawer(zhouzhan).getByRole('link').first().click()
  await zhouzhan.getByRole('heading', { level: 1, name: /^HZ01-/ }).waitFor()
})

journey('SP-24, AN-05 the bottleneck, its rows, the ways, the dots, and the drawing beside what happened; each leads to a case', async visit => {
  const zhouzhan = await visit.as('zhouzhan')
  await zhouzhan.goto('/analysis')
  const rowsOf = async (count: number) => { await drawer(zhouzhan).getByText(new RegExp(`^${count} 个请求`)).waitFor(); await shut(zhouzhan) }
  for (const label of ['请求', '超时']) {
    const figure = zhouzhan.locator('.ia-sums button').filter({ has: zhouzhan.getByText(label, { exact: true }) })
    await figure.waitFor()
    const count = numberIn(await figure.locator('b').innerText())
    assert.ok(count > 0)
    await figure.click()
    await rowsOf(count)
  }
  const neck = zhouzhan.getByRole('button', { name: /^瓶颈：/ })
  const stage = /瓶颈：(.+)，占/.exec(await neck.innerText())![1]!
  const { stages } = await api<{ stages: Array<{ name: string, visits: number, requests: number }> }>(zhouzhan, 'GET', '/insight/service')
  const { visits, requests } = stages.find(each => each.name === stage)!
  assert.equal(numberIn(await zhouzhan.getByRole('button', { name: `${stage} 次数` }).innerText()), visits)
  await neck.click()
  await drawer(zhouzhan).getByText(`${stage} · ${visits} 次`, { exact: true }).waitFor()
  await rowsOf(requests)
  await zhouzhan.getByRole('button', { name: `${stage} 超时` }).click()
  await drawer(zhouzhan).getByRole('link').first().click()
  await zhouzhan.getByRole('heading', { level: 1, name: /^HZ01-/ }).waitFor()

  await zhouzhan.goto('/processes/repair?tab=times')
  const way = zhouzhan.locator('.sp-variant').first()
  const cases = numberIn(await way.getByRole('button', { name: /案例$/ }).innerText())
  await way.getByRole('button', { name: /案例$/ }).click()
  await drawer(zhouzhan).getByText(new RegExp(`^共 ${cases} 个案例`)).waitFor()
  await shut(zhouzhan)

  await zhouzhan.getByRole('tab', { name: '画的与走的' }).click()
  await zhouzhan.getByRole('img', { name: /真正的走法/ }).waitFor()
  await zhouzhan.locator('.sp-beside figure').last().getByRole('button', { name: /^维修 / }).click()
  await drawer(zhouzhan).getByRole('link').first().waitFor()
  await shut(zhouzhan)

  await zhouzhan.getByRole('tab', { name: '点图' }).click()
  const dots = zhouzhan.getByRole('img', { name: /个案例/ })
  await dots.waitFor()
  const area = (await dots.boundingBox())!
  const tip = zhouzhan.locator('.sp-dot-tip')
  for (let step = 0; step < 400 && !await tip.isVisible(); step++) await zhouzhan.mouse.move(area.x + 20 + (step * 37) % (area.width - 40), area.y + 20 + (step * 53) % 400)
  await tip.waitFor()
  await zhouzhan.mouse.down()
  await zhouzhan.mouse.up()
  await zhouzhan.waitForURL(/\/cases\/[0-9a-f-]{36}/)
  await zhouzhan.getByRole('heading', { level: 1, name: /HZ01-/ }).waitFor()
})

journey('SP-19 孙区 sees the stations of 华东 and no other; what 吴总 sees of the company is the sum of its stations', async visit => {
  const [sunqu, wuzong] = [await visit.as('sunqu'), await visit.as('wuzong')]
  await sunqu.goto('/rollup')
  const names = async (page: Page) => (await page.locator('tbody').getByRole('rowheader').allInnerTexts()).map(text => text.trim().split(/\s+/)[0]).toSorted()
  await sunqu.locator('tbody').getByRole('rowheader').first().waitFor()
  assert.deepEqual(await names(sunqu), ['宁波二站', '杭州一站'])
  await sunqu.goto('/team')
  await sunqu.locator('.it-totals').waitFor()
  const people = await sunqu.locator('.it-people tbody').innerText()
  assert.ok(!people.includes('广州'), 'people of another region are seen')

  await wuzong.goto('/rollup')
  await wuzong.locator('tfoot').waitFor()
  /** Open, late, due soon, taken today, ended today, steps done today. */
  const figures = (row: string) => wuzong.locator(row).evaluateAll(rows => rows.map(each => [...each.querySelectorAll('td')].slice(0, 6).map(cell => Number(/\d+/.exec(cell.textContent ?? '')?.[0]))))
  const lines = await figures('tbody tr'), [total] = await figures('tfoot tr')
  assert.ok(lines.length > 1)
  assert.deepEqual(total, total!.map((_, i) => lines.reduce((sum, each) => sum + each[i]!, 0)))
  const [open] = total!
  await wuzong.locator('tfoot').getByRole('link').first().click()
  await wuzong.getByText(new RegExp(`共 ${open} 条`)).first().waitFor()
})
