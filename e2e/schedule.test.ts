import assert from 'node:assert/strict'
import { answered, api, choose, house, noHorizontalScroll, phone } from './harness.ts'

const { journey } = house()

type Event = { id: string, title: string, from: string }
const clock = (at: string): string => new Date(new Date(at).getTime() + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ')

journey('CA-01, 04 a weekly meeting that skips the holiday, read by a calendar program', async visit => {
  const zhouzhan = await visit.as('zhouzhan')
  await zhouzhan.goto('/schedule?as=week&date=2026-09-21')
  await zhouzhan.locator('.sc-day').first().waitFor()
  await zhouzhan.keyboard.press('n')
  const form = zhouzhan.getByRole('dialog')
  // nothing is saved without a title, and it says so where it is missing
  await form.getByRole('button', { name: /保\s?存/ }).click()
  await form.getByText('请填写标题').waitFor()
  await form.getByLabel('标题').fill('质量例会')
  await form.getByLabel('开始时间').fill('09:00')
  await form.getByLabel('结束时间').fill('08:30')
  await form.getByRole('button', { name: /保\s?存/ }).click()
  await form.getByText('结束要晚于开始').waitFor()
  await form.getByLabel('结束时间').fill('10:00')
  await choose(zhouzhan, '重复', '每周一')
  await form.getByLabel('逢放假跳过').waitFor()
  const saved = await answered(zhouzhan, 'POST', /\/api\/schedule\/events$/, () => form.getByRole('button', { name: /保\s?存/ }).click())
  assert.equal(saved.status(), 201, await saved.text())
  await form.waitFor({ state: 'detached' })
  await zhouzhan.locator('.sc-day[data-day="2026-09-21"] .sc-chip', { hasText: '质量例会' }).waitFor()

  await zhouzhan.keyboard.press('ArrowRight')
  await zhouzhan.locator('.sc-day[data-day="2026-09-28"] .sc-chip', { hasText: '质量例会' }).waitFor()
  await zhouzhan.keyboard.press('ArrowRight')
  await zhouzhan.locator('.sc-head [data-kind="off"]', { hasText: '5' }).first().waitFor()
  await zhouzhan.locator('.sc-day[data-day="2026-10-05"]').waitFor()
  assert.equal(await zhouzhan.locator('.sc-day[data-day="2026-10-05"] .sc-chip', { hasText: '质量例会' }).count(), 0, 'the holiday is skipped')
  await zhouzhan.locator('.ant-segmented-item', { hasText: /^月$/ }).click()
  await zhouzhan.locator('.sc-cell[data-day="2026-10-12"] .sc-chip', { hasText: '质量例会' }).waitFor()
  await zhouzhan.locator('.sc-cell[data-day="2026-10-10"]').getByText('班').waitFor()

  await zhouzhan.getByRole('button', { name: '共享与订阅' }).click()
  await zhouzhan.getByRole('button', { name: '生成订阅地址' }).click()
  const url = (await zhouzhan.locator('.sc-url').innerText()).trim().match(/https?:\S+\.ics/)![0]
  const feed = await zhouzhan.context().request.get(url)
  const text = (await feed.text()).replaceAll('\r\n ', '')
  assert.equal(feed.headers()['content-type'], 'text/calendar; charset=utf-8')
  const event = text.split('BEGIN:VEVENT').find(part => part.includes('SUMMARY:质量例会'))
  assert.ok(event?.includes('RRULE:FREQ=WEEKLY;BYDAY=MO') && event.includes('EXDATE;TZID=Asia/Shanghai:20261005T090000'), event)
  await zhouzhan.getByRole('button', { name: '停用订阅' }).click()
  await zhouzhan.getByText('订阅已停用').waitFor()
  assert.equal((await zhouzhan.context().request.get(url)).status(), 404)
})

journey('CA-01, 02 on the phone: an invitation is answered, and one day of a series is moved', async visit => {
  const zhouzhan = await visit.as('zhouzhan'), lijie = await visit.as('lijie', phone)
  const day = '2026-12-07', { id: lijieId } = (await api<{ items: Array<{ id: string, name: string }> }>(zhouzhan, 'GET', '/colleagues?q=lijie')).items[0] ?? { id: '' }
  const { id } = await api<{ id: string }>(zhouzhan, 'POST', '/schedule/events', { title: '带教', startsAt: `${day}T06:00:00Z`, endsAt: `${day}T07:00:00Z`, rule: 'FREQ=WEEKLY;COUNT=3', attendeeIds: [lijieId], place: '二楼' })
  await lijie.goto(`/schedule?date=${day}`)
  await noHorizontalScroll(lijie)
  await lijie.getByRole('button', { name: /带教/ }).first().click()
  await answered(lijie, 'POST', /\/answer$/, () => lijie.getByText('接受', { exact: true }).click())
  await lijie.getByText('已接受').waitFor()
  await noHorizontalScroll(lijie)
  await lijie.keyboard.press('Escape')
  await lijie.getByRole('dialog').waitFor({ state: 'detached' })
  await lijie.locator('.ant-segmented-item', { hasText: /^日$/ }).click()
  await lijie.locator('.sc-day .sc-chip', { hasText: '带教' }).waitFor()
  await noHorizontalScroll(lijie)

  await zhouzhan.goto(`/schedule?as=list&date=${day}`)
  await zhouzhan.getByRole('button', { name: /带教/ }).nth(1).click()
  await zhouzhan.getByRole('button', { name: '修改', exact: true }).click()
  const form = zhouzhan.getByRole('dialog')
  await form.getByLabel('开始时间').fill('15:30')
  await answered(zhouzhan, 'PATCH', /\/api\/schedule\/events\//, () => form.getByRole('button', { name: /保\s?存/ }).click())
  const { items } = await api<{ items: Event[] }>(lijie, 'GET', `/schedule?from=${day}T00:00:00Z&to=2026-12-30T00:00:00Z`)
  assert.deepEqual(items.filter(i => i.title === '带教').map(i => clock(i.from)), ['2026-12-07 14:00', '2026-12-14 15:30', '2026-12-21 14:00'], `only the second of ${id}`)
})

journey('CA-01 with the mouse: an event goes to another time and grows by its lower edge, each with a way back; of a series it is asked which', async visit => {
  const zhouzhan = await visit.as('zhouzhan'), day = '2026-12-09'
  await api(zhouzhan, 'POST', '/schedule/events', { title: '盘库', startsAt: `${day}T02:00:00Z`, endsAt: `${day}T03:00:00Z` })
  await api(zhouzhan, 'POST', '/schedule/events', { title: '旅程例会', startsAt: `${day}T01:00:00Z`, endsAt: `${day}T01:30:00Z`, rule: 'FREQ=DAILY;COUNT=3' })
  await zhouzhan.goto(`/schedule?as=week&date=${day}`)
  const times = async (title: string): Promise<string[]> => (await api<{ items: Array<Event & { to: string }> }>(zhouzhan, 'GET', '/schedule?from=2026-12-07T00:00:00Z&to=2026-12-13T00:00:00Z')).items.filter(i => i.title === title).map(i => `${clock(i.from).slice(5)}–${clock(i.to).slice(11)}`)
  /** From the middle, or the lower edge, of an event to a moment of a day. */
  const drag = async (title: string, on: string, hour: number, edge = false): Promise<void> => {
    const block = zhouzhan.locator('.sc-block', { hasText: title }).first(), box = (await block.boundingBox())!, column = (await zhouzhan.locator(`.sc-day[data-day="${on}"]`).boundingBox())!
    await zhouzhan.mouse.move(box.x + box.width / 2, edge ? box.y + box.height - 1 : box.y + 3)
    await zhouzhan.mouse.down()
    await zhouzhan.mouse.move(column.x + column.width / 2, column.y + (column.height * hour) / 24 + (edge ? 0 : 3), { steps: 8 })
    await zhouzhan.mouse.up()
  }
  await zhouzhan.locator('.sc-block', { hasText: '盘库' }).waitFor()
  await answered(zhouzhan, 'PATCH', /\/api\/schedule\/events\//, () => drag('盘库', '2026-12-10', 14))
  assert.deepEqual(await times('盘库'), ['12-10 14:00–15:00'])
  await answered(zhouzhan, 'PATCH', /\/api\/schedule\/events\//, () => zhouzhan.getByRole('button', { name: '撤销' }).click())
  assert.deepEqual(await times('盘库'), ['12-09 10:00–11:00'])
  await zhouzhan.getByText('已恢复原来的时间').waitFor()
  await zhouzhan.locator(`.sc-day[data-day="${day}"] .sc-block`, { hasText: '盘库' }).waitFor()
  await answered(zhouzhan, 'PATCH', /\/api\/schedule\/events\//, () => drag('盘库', day, 12.5, true))
  assert.deepEqual(await times('盘库'), ['12-09 10:00–12:30'])
  await drag('旅程例会', day, 8)
  await answered(zhouzhan, 'PATCH', /\/api\/schedule\/events\//, () => zhouzhan.getByRole('dialog').getByRole('button', { name: '仅此次' }).click())
  assert.deepEqual(await times('旅程例会'), ['12-09 08:00–08:30', '12-10 09:00–09:30', '12-11 09:00–09:30'])
})
