import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { measure } from '../apps/web/size.ts'
import { api, desk, house, noHorizontalScroll, phone } from './harness.ts'

const { journey } = house()
const help = path.join(import.meta.dirname, '..', 'docs', 'help')

/** One page at both widths: it has a heading and a help page, and at 390 px nobody has to push it sideways. */
async function look(page: Page): Promise<void> {
  const { pathname } = new URL(page.url())
  for (const size of [desk, phone]) {
    await page.setViewportSize(size)
    await page.getByRole('heading', { level: 1 }).filter({ visible: true }).first().waitFor()
    await page.waitForFunction(() => !document.querySelector('.qc-skeleton'))
    assert.equal(await page.getByText('页面出错了').count(), 0, `${pathname} failed`)
    await noHorizontalScroll(page)
  }
  await page.setViewportSize(desk)
  const question = page.getByRole('link', { name: '帮助', exact: true })
  const name = (await question.getAttribute('href'))!.replace('/help/', '')
  if (existsSync(path.join(help, `${name}.md`))) return
  await question.click()
  await page.getByRole('article').getByRole('heading').or(page.getByRole('article').getByRole('paragraph')).first().waitFor()
  assert.equal(await page.getByText('这一页还没有帮助').count(), 0, `${pathname} has no help`)
}

/** Records of what the lists show, and pages that no menu leads to. */
const further: Record<string, (page: Page) => Promise<string[]>> = {
  lijie: async page => [await first(page, 'tasks?box=mine&limit=1', 'tasks'), await first(page, 'service-requests?limit=1', 'e/service-requests'), await first(page, 'customers?limit=1', 'e/customers'), '/e/customers/new', '/help'],
  zhouzhan: async page => [await first(page, 'devices?limit=1', 'e/devices')],
  wuzong: async () => ['/processes/repair', '/processes/import'],
  admin: async page => [await first(page, 'roles?limit=1', 'e/roles'), await first(page, 'users?limit=1', 'e/users')],
}

async function first(page: Page, at: string, to: string): Promise<string> {
  const { items: [row] } = await api<{ items: Array<{ id: string }> }>(page, 'GET', `/${at}`)
  return `/${to}/${row!.id}`
}

for (const [username, more] of Object.entries(further)) {
  journey(`every page that ${username} can open stands at both widths, with a heading and help`, async visit => {
    const page = await visit.as(username)
    await page.goto('/')
    const menu = page.getByRole('navigation', { name: '菜单' })
    await menu.getByRole('link').first().waitFor()
    const folded = menu.getByRole('button', { expanded: false })
    while (await folded.count()) await folded.first().click()
    const routes = await menu.getByRole('link').evaluateAll(all => all.map(each => each.getAttribute('href')!))
    assert.ok(routes.length >= 4, `${routes.length} entries`)
    const spent: Array<[string, number]> = []
    let since = performance.now()
    const seen = (route: string): void => { spent.push([route, Math.round(performance.now() - since)]); since = performance.now() }
    for (const route of routes) {
      await menu.locator(`a[href="${route}"]`).click()
      // the address is there before the page; this mark comes with the page
      await menu.locator(`a[href="${route}"][aria-current="page"]`).waitFor()
      await look(page)
      seen(route)
    }
    for (const route of await more(page)) {
      await page.goto(route)
      await look(page)
      seen(route)
    }
    visit.note(`${username}: ${routes.length} menu entries, the slowest ${spent.toSorted((a, b) => b[1] - a[1]).slice(0, 3).map(([route, ms]) => `${route} ${ms} ms`).join(', ')}`)
  })
}

journey('the pages for everybody stand at both widths without signing in', async visit => {
  const page = await visit.stranger(phone)
  for (const route of ['/sign-in', '/kiosk/HZ01', '/track', '/reset-password']) {
    await page.goto(route)
    for (const size of [desk, phone]) {
      await page.setViewportSize(size)
      await page.getByRole('heading', { level: 1 }).first().waitFor()
      await noHorizontalScroll(page)
    }
  }
})

test('a first visit loads less than 300 KB of JavaScript', t => {
  for (const { route, gzip } of measure()) {
    t.diagnostic(`${route}: ${(gzip / 1000).toFixed(1)} KB`)
    assert.ok(gzip < 300_000, `${route}: ${gzip} bytes`)
  }
})
