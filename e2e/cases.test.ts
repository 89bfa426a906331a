import assert from 'node:assert/strict'
import { answered, house, noHorizontalScroll, phone, settles } from './harness.ts'

const { journey } = house()

type Acted = { done: number, refused: number, results: Array<{ label: string, ok: boolean, code?: string }> }

journey('the station’s manager finds what lies in 维修, cannot do the engineer’s work for them, and hands it over', async visit => {
  const zhouzhan = await visit.as('zhouzhan')
  await zhouzhan.goto('/cases?process=repair')
  const steps = zhouzhan.locator('.cs-steps')
  // what a figure says is how many rows it opens
  const line = steps.locator('tbody tr').filter({ has: zhouzhan.getByRole('button', { name: '维修', exact: true }) })
  const open = Number(await line.locator('td').first().innerText())
  await line.getByRole('button', { name: '维修', exact: true }).click()
  const rows = zhouzhan.getByRole('row').filter({ has: zhouzhan.getByRole('checkbox', { name: /^选中 HZ01-/ }) })
  await settles(() => rows.count(), Math.min(open, 50), 'the figure and its rows differ')
  assert.match(zhouzhan.url(), /node=repair/, 'the address keeps what is looked at')

  // by keyboard: the first row and the next
  await rows.first().focus()
  await zhouzhan.keyboard.press('Space')
  await zhouzhan.keyboard.press('Shift+ArrowDown')
  await zhouzhan.getByText('已选 2 件').waitFor()

  await zhouzhan.getByRole('button', { name: '办完', exact: true }).click()
  const dialog = zhouzhan.getByRole('dialog')
  await dialog.getByRole('radio').first().check()
  await dialog.getByRole('textbox').fill('修好了')
  const refused = await (await answered(zhouzhan, 'POST', /\/case-acts$/, () => dialog.getByRole('button', { name: /办\s?完/ }).click())).json() as Acted
  assert.deepEqual([refused.done, refused.results.map(each => each.code)], [0, ['POST_NOT_ALLOWED', 'POST_NOT_ALLOWED']])
  await zhouzhan.getByText('2 未办').waitFor()
  await zhouzhan.getByText(/岗位无权：这个环节由“维修”办理/).waitFor()
  await zhouzhan.getByText('已选 2 件').waitFor()

  await zhouzhan.getByRole('button', { name: '转交', exact: true }).click()
  await dialog.getByRole('combobox', { name: '转交给' }).click()
  await zhouzhan.locator('.ant-select-item-option').first().click()
  await dialog.getByRole('textbox', { name: '原因' }).fill('支援隔壁工位')
  const done = await (await answered(zhouzhan, 'POST', /\/case-acts$/, () => dialog.getByRole('button', { name: /转\s?交/ }).click())).json() as Acted
  assert.deepEqual([done.done, done.refused], [2, 0])
  await zhouzhan.getByText('2 成功').waitFor()
  await settles(() => zhouzhan.getByText(/^已选/).count(), 0, 'what is done stays selected')

  // one of them, whole: where it is, and what was done with it
  await zhouzhan.getByRole('link', { name: done.results[0]!.label }).click()
  await zhouzhan.getByRole('heading', { name: done.results[0]!.label }).waitFor()
  await settles(() => zhouzhan.locator('.qc-node-current').count().then(n => n > 0), true, 'the picture does not show where it is')

  await zhouzhan.setViewportSize(phone)
  await noHorizontalScroll(zhouzhan)
  await zhouzhan.goto('/cases?process=repair&node=repair')
  await zhouzhan.locator('.cs-card').first().waitFor()
  await noHorizontalScroll(zhouzhan)
})
