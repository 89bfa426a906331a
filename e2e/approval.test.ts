import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { answered, api, house, noHorizontalScroll, phone, settles } from './harness.ts'

const { journey } = house()

const day = (inDays: number): string => new Date(Date.now() + (inDays * 24 + 8) * 3_600_000).toISOString().slice(0, 10)

/** A date is typed, as people do. */
async function date(page: Page, label: string, value: string): Promise<void> {
  const box = page.getByLabel(label, { exact: false }).first()
  await box.click()
  await box.fill(value)
  await box.press('Enter')
}

/** Handing in leads to the page of the approval; its address is the case. */
async function handIn(page: Page): Promise<string> {
  const started = await answered(page, 'POST', /\/api\/cases$/, () => page.getByRole('button', { name: '提交', exact: true }).click())
  assert.equal(started.status(), 201, await started.text())
  const { caseId } = await started.json() as { caseId: string }
  await page.waitForURL(`**/approvals/${caseId}`)
  return caseId
}

const vote = (page: Page, name: string) => page.locator('.qa-vote').filter({ hasText: name })

/** The task of a case in somebody's inbox, opened as they would. */
async function openTask(page: Page, caseId: string): Promise<void> {
  const { items } = await api<{ items: Array<{ id: string, instanceId: string }> }>(page, 'GET', '/tasks?limit=200')
  const task = items.find(each => each.instanceId === caseId)
  assert.ok(task, 'the approval is not in the inbox')
  await page.goto('/tasks')
  const link = page.locator(`a[href*="${task.id}"]`)
  await link.click()
  await page.getByRole('button', { name: '同意' }).waitFor()
}

journey('AP-02, 03, 05 a leave request is sent back by the manager, handed in anew and approved on the phone', async visit => {
  const lijie = await visit.as('lijie')
  await lijie.goto('/approvals/start')
  await lijie.getByRole('link', { name: /^请假/ }).click()
  await date(lijie, '开始', day(7))
  await date(lijie, '结束', day(8))
  await lijie.getByLabel('天数').fill('3')
  await lijie.getByLabel('事由').fill('家里有事')
  const caseId = await handIn(lijie)
  await vote(lijie, '周站').getByText('审批中').waitFor()

  const zhouzhan = await visit.as('zhouzhan')
  await openTask(zhouzhan, caseId)
  await zhouzhan.getByRole('definition').filter({ hasText: '家里有事' }).waitFor()
  await zhouzhan.getByRole('button', { name: '退回' }).click()
  const dialog = zhouzhan.getByRole('dialog')
  await dialog.getByLabel('填写请假单').waitFor()
  await dialog.getByLabel('原因').fill('两天却写了三天，请改')
  await answered(zhouzhan, 'POST', /\/return$/, () => dialog.getByRole('button', { name: '退 回' }).or(dialog.getByRole('button', { name: '退回' })).click())

  // the applicant hears of it without doing anything, changes the form, hands it in anew
  await lijie.getByRole('heading', { name: /这张单子在你手上/ }).waitFor()
  await lijie.getByText('两天却写了三天，请改').waitFor()
  await lijie.getByRole('link', { name: '修改表单' }).click()
  await lijie.getByLabel('天数').fill('2')
  await answered(lijie, 'PATCH', /\/leave-requests\//, () => lijie.getByRole('button', { name: '保存', exact: true }).click())
  await lijie.waitForURL(`**/approvals/${caseId}`)
  await answered(lijie, 'POST', /\/complete$/, () => lijie.getByRole('button', { name: '提交', exact: true }).click())

  const onPhone = await visit.as('zhouzhan', phone)
  await openTask(onPhone, caseId)
  await noHorizontalScroll(onPhone)
  await onPhone.getByLabel('审批意见').fill('同意，注意交接')
  await answered(onPhone, 'POST', /\/complete$/, () => onPhone.getByRole('button', { name: '同意' }).click())

  // everything is on the picture and in the course: done is green, nothing is blue any more
  await lijie.getByText('流程结束：已同意').waitFor()
  await lijie.getByText('同意，注意交接').waitFor()
  await settles(() => lijie.locator('.qc-node-done').count().then(n => n >= 3), true, 'the picture does not show what is done')
  assert.equal(await lijie.locator('.qc-node-current').count(), 0)
  await lijie.setViewportSize(phone)
  await noHorizontalScroll(lijie)
})

journey('AP-03 an expense of 6,000 goes on to the director, with a word of finance first', async visit => {
  const lijie = await visit.as('lijie', phone)
  await lijie.goto('/approvals/new/expense-claim')
  await lijie.getByLabel('事由').fill('开放日物料')
  for (const [i, [kind, amount]] of [['展架', '2400'], ['礼品', '3600']].entries()) {
    await lijie.getByRole('button', { name: '加一行明细' }).click()
    await lijie.getByLabel(`项目 ${i + 1}`).fill(kind!)
    await lijie.getByLabel(`金额 ${i + 1}`).fill(amount!)
  }
  await lijie.getByText('6,000.00').waitFor()
  await noHorizontalScroll(lijie)
  const caseId = await handIn(lijie)
  await noHorizontalScroll(lijie)

  const zhouzhan = await visit.as('zhouzhan')
  await openTask(zhouzhan, caseId)
  await answered(zhouzhan, 'POST', /\/complete$/, () => zhouzhan.getByRole('button', { name: '同意' }).click())

  const director = await visit.as('zhengzong', phone)
  await openTask(director, caseId)
  await director.getByRole('button', { name: '加签' }).click()
  const dialog = director.getByRole('dialog')
  await dialog.getByRole('combobox', { name: '加签人' }).fill('陈敏')
  await director.locator('.ant-select-dropdown:visible').getByText(/^陈敏/).click()
  await dialog.getByLabel('原因').fill('先核发票')
  await answered(director, 'POST', /\/add-signer$/, () => dialog.getByRole('button', { name: /加\s*签/ }).click())

  const finance = await visit.as('chenmin')
  await openTask(finance, caseId)
  await answered(finance, 'POST', /\/complete$/, () => finance.getByRole('button', { name: '同意' }).click())

  await openTask(director, caseId)
  await noHorizontalScroll(director)
  await answered(director, 'POST', /\/complete$/, () => director.getByRole('button', { name: '同意' }).click())
  await lijie.getByText('流程结束：已同意').waitFor()
  for (const who of ['周站', '陈敏', '郑总监']) await vote(lijie, who).getByText('同意').first().waitFor()
})
