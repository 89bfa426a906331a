import assert from 'node:assert/strict'
import { mailStub } from '@quancheng/notices/testing'
import { answered, api, choose, house, noHorizontalScroll, phone, settles } from './harness.ts'

const office = await mailStub()
const { journey } = house()
type Made = { id: string }

const textOf = (mail: string): string => {
  const body = mail.slice(mail.indexOf('\r\n\r\n') + 4)
  return /Content-Transfer-Encoding: base64/i.test(mail) ? Buffer.from(body.replaceAll(/\s/g, ''), 'base64').toString() : Buffer.from(body.replaceAll('=\r\n', '').replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))), 'latin1').toString()
}

journey('MK-02 a segment by rule, a campaign by mail, the customer’s click, the lead, and what it came to', async visit => {
  const page = await visit.as('admin')
  const [unit] = (await api<{ items: Made[] }>(page, 'GET', '/units?limit=1')).items
  const customer = await api<Made>(page, 'POST', '/customers', { name: '旅程营销客户', phone: '13711112222', mail: 'mk@example.com', city: '旅程市', unitId: unit!.id })
  await api(page, 'POST', '/consents', { customerId: customer.id, purpose: 'marketing', channel: 'any', given: 'yes', evidence: '登记单' })
  const [setting] = (await api<{ items: Made[] }>(page, 'GET', '/notice-settings')).items
  await api(page, 'PATCH', `/notice-settings/${setting!.id}`, { quietFrom: '00:00', quietTo: '00:00', baseUrl: visit.program.address })
  await api(page, 'POST', '/notices/channels', { kind: 'mail', name: '旅程邮局', host: '127.0.0.1', port: office.port, secure: 'none', from: 'service@example.com' })

  const segment = await api<Made>(page, 'POST', '/segments', { name: '旅程市客户' })
  await page.goto(`/e/segments/${segment.id}`)
  await page.getByRole('button', { name: '筛选', exact: true }).click()
  await choose(page, '选择字段', '市')
  await page.getByRole('textbox', { name: '市', exact: true }).fill('旅程市')
  await page.getByRole('button', { name: '应用' }).click()
  await page.getByText('现在符合 1 人').waitFor()
  await answered(page, 'POST', /\/rule$/, () => page.getByRole('button', { name: '保存规则' }).click())

  const campaign = await api<Made>(page, 'POST', '/campaigns', { code: 'LC1', name: '旅程换新', unitId: unit!.id })
  await page.goto(`/e/campaigns/${campaign.id}`)
  await page.getByLabel('客户细分').first().click()
  await page.getByTitle('旅程市客户').click()
  await page.getByRole('button', { name: '加一步' }).click()
  await page.getByRole('button', { name: '保存方案' }).click()
  await page.getByText('请写内容').waitFor()
  await page.getByLabel('渠道').click()
  await page.getByTitle('邮件', { exact: true }).click()
  await page.getByLabel('标题').fill('{{客户}}，换新优惠')
  await page.getByLabel('内容 *').fill('{{客户}}您好，请看 {{链接}}')
  await answered(page, 'POST', /\/plan$/, () => page.getByRole('button', { name: '保存方案' }).click())
  await page.getByText('方案有改动，还没有保存').waitFor({ state: 'hidden' })
  await page.getByRole('button', { name: '开始', exact: true }).or(page.getByRole('button', { name: '开 始', exact: true })).first().click()
  await answered(page, 'POST', /\/start$/, () => page.getByRole('dialog').getByRole('button', { name: /开\s?始/ }).click())
  await settles(async () => office.mails.length, 1)
  const link = /https?:\/\/\S+(\/c\/[\w-]+\S*)/.exec(textOf(office.mails[0]!.data))![1]!

  const guest = await visit.stranger(phone)
  await guest.goto(link)
  await guest.getByText('旅程换新').waitFor()
  await noHorizontalScroll(guest)
  await guest.getByLabel('想了解什么').fill('想换 X1')
  await guest.getByRole('button', { name: '请联系我' }).click()
  await guest.getByText('我们会尽快与您联系').waitFor()

  const figure = async (key: string): Promise<string> => (await page.locator(`[data-figure="${key}"] b`).innerText())
  await page.reload()
  await page.locator('[data-figure="leads"]').waitFor()
  assert.deepEqual([await figure('target'), await figure('sent'), await figure('opened'), await figure('responded'), await figure('leads'), await figure('roi')], ['1', '1', '1', '1', '1', '没有费用'])
  await page.locator('[data-figure="leads"]').click()
  await page.getByText('旅程营销客户').first().waitFor()
  await page.getByText('共 1 条').or(page.getByText('1 条')).first().waitFor()
})
