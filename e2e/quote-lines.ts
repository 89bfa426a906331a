import type { Page } from 'playwright-core'

/** The first line of a quote as the seller types it, without the mouse: product by its code, quantity, discount in per cent. */
export async function typeFirstLine(page: Page, line: { code: string; option: RegExp; quantity: string; discount: string }): Promise<void> {
  await page.getByRole('combobox', { name: '名称 1' }).waitFor()
  await page.keyboard.type(line.code)
  await page.getByRole('option', { name: line.option }).waitFor()
  await page.keyboard.press('Enter')
  await page.getByLabel('数量 1').and(page.locator(':focus')).waitFor()
  await page.keyboard.type(line.quantity)
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await page.keyboard.type(line.discount)
  await page.keyboard.press('Enter')
}
