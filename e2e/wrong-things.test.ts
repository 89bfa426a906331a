import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { answered, api, house, phone, settles, signIn } from './harness.ts'

const { journey } = house()

/** A walk-in at the front desk: the empty form. */
async function walkIn(page: Page, said = '陈小明'): Promise<void> {
  await page.goto('/desk')
  await page.getByRole('combobox', { name: '手机号、序列号、姓名、拼音或请求号' }).fill(said)
  await page.getByRole('option', { name: `登记新客户「${said}」` }).click()
  await page.getByRole('button', { name: '登记并开始接待' }).waitFor()
}

const register = (page: Page) => page.getByRole('button', { name: '登记并开始接待' })

journey('BH-7.1 five wrong passwords lock the account, and the page says until when', async visit => {
  const page = await visit.stranger(phone)
  await page.goto('/sign-in')
  await page.getByRole('button', { name: '登录' }).click()
  await page.getByText('请填写用户名和密码').waitFor()
  for (let i = 1; i <= 5; i++) {
    const answer = await answered(page, 'POST', /\/session$/, () => signIn(page, 'shenyutong', `wrong-${i}`))
    assert.ok([401, 423].includes(answer.status()), `try ${i}: ${answer.status()}`)
    // the page empties the field when it has read the answer, and would empty the next password too
    await settles(() => page.getByLabel('密码', { exact: true }).inputValue(), '')
  }
  const right = await answered(page, 'POST', /\/session$/, () => signIn(page, 'shenyutong'))
  assert.equal(right.status(), 423, 'the right password does not help any more')
  await page.getByText(/连续输错密码，账号已锁定到 .+。着急的话请联系管理员解锁。/).waitFor()
})

journey('empty and absurd input at the front desk is refused field by field, and nothing typed is lost', async visit => {
  const lijie = await visit.as('lijie')
  await walkIn(lijie)
  await register(lijie).click()
  await lijie.getByRole('alert').getByText(/有 \d+ 处需要修改/).waitFor()
  for (const sentence of ['请填手机号，取机凭证要用', '请选择产品线', '请写明故障，这是检验的依据']) await lijie.getByText(sentence).waitFor()

  await lijie.locator('#sd-device-productLineId').getByText('手机', { exact: true }).click()
  await lijie.getByLabel('电话').fill('一三八abc')
  await lijie.getByLabel('故障描述').fill('屏'.repeat(10_000))
  await lijie.getByLabel('型号').fill('青鸟 5')
  await lijie.getByRole('textbox', { name: '序列号' }).fill('SJWRONG1')
  await register(lijie).click()
  for (const sentence of ['电话的格式不对', '故障描述最多 1000 个字']) await lijie.getByRole('alert').getByText(sentence).waitFor()
  assert.equal((await lijie.getByLabel('故障描述').inputValue()).length, 10_000)

  await lijie.getByLabel('电话').fill('13900008888')
  await lijie.getByLabel('故障描述').fill('屏幕不亮 <script>alert(1)</script>')
  await answered(lijie, 'POST', /\/desk\/register$/, () => register(lijie).click())
  await lijie.getByRole('button', { name: '送检' }).waitFor()
  const { items: [device] } = await api<{ items: Array<{ customerId: string, $labels: Record<string, string> }> }>(lijie, 'GET', '/devices?q=SJWRONG1')
  assert.equal(device!.$labels['customerId'], '陈小明')
})

journey('two people change one customer: the second is told, and what they typed is still there', async visit => {
  const [lijie, zhouzhan] = [await visit.as('lijie'), await visit.as('zhouzhan')]
  const { items: [customer] } = await api<{ items: Array<{ id: string }> }>(lijie, 'GET', `/customers?filter=${encodeURIComponent('{"phone":"13800000001"}')}`)
  const address = `/e/customers/${customer!.id}?edit=1`
  for (const page of [lijie, zhouzhan]) { await page.goto(address); await page.getByLabel('地址').waitFor() }
  await zhouzhan.getByLabel('备注').fill('老客户，喜欢电话联系')
  await lijie.getByLabel('地址').fill('杭州市西湖区文三路 100 号')
  await answered(lijie, 'PATCH', /\/customers\//, () => lijie.getByRole('button', { name: '保存', exact: true }).click())
  await lijie.getByRole('button', { name: '编辑' }).waitFor()

  const told = zhouzhan.getByRole('alert').filter({ hasText: '别人刚刚修改了这条记录' })
  await told.waitFor()
  assert.equal(await zhouzhan.getByLabel('备注').inputValue(), '老客户，喜欢电话联系')
  const refused = await answered(zhouzhan, 'PATCH', /\/customers\//, () => zhouzhan.getByRole('button', { name: '保存', exact: true }).click())
  assert.equal(refused.status(), 409)
  assert.equal(await zhouzhan.getByLabel('备注').inputValue(), '老客户，喜欢电话联系')
  await told.getByRole('button', { name: '载入最新内容' }).click()
  await told.waitFor({ state: 'hidden' })
  await settles(() => zhouzhan.getByLabel('地址').inputValue(), '杭州市西湖区文三路 100 号')
  await zhouzhan.getByLabel('备注').fill('老客户，喜欢电话联系')
  assert.equal((await answered(zhouzhan, 'PATCH', /\/customers\//, () => zhouzhan.getByRole('button', { name: '保存', exact: true }).click())).status(), 200)
})

journey('the server goes away in the middle: the page says so, keeps the form, and goes on when it is back', async visit => {
  const lijie = await visit.as('lijie')
  await walkIn(lijie, '何静')
  await lijie.getByLabel('电话').fill('13900009999')
  await lijie.locator('#sd-device-productLineId').getByText('平板', { exact: true }).click()
  await lijie.getByLabel('故障描述').fill('充不进电')

  visit.expectFaults(/ERR_CONNECTION|ERR_EMPTY_RESPONSE|ERR_INCOMPLETE_CHUNKED|ERR_SOCKET/)
  await visit.program.kill()
  await register(lijie).click()
  await lijie.getByText('暂时连不上服务器，请稍候重试；若持续出现，请联系系统管理员。').first().waitFor()
  assert.equal(await lijie.getByLabel('故障描述').inputValue(), '充不进电')

  await visit.program.startAgain()
  const answer = await answered(lijie, 'POST', /\/desk\/register$/, () => register(lijie).click())
  assert.equal(answer.status(), 201)
  await lijie.getByRole('button', { name: '送检' }).waitFor()
})
