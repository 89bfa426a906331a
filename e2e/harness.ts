import assert from 'node:assert/strict'
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import { chromium, type APIResponse, type Browser, type BrowserContext, type Page, type Response } from 'playwright-core'
import { DEMO_PASSWORD } from '../apps/server/src/demo/sign-ins.ts'
import { findChromium } from '../scripts/chromium.ts'
import { startProgram, type Program } from './program.ts'

/*
 * Journeys: people at real browsers on the real program. A journey fails by an assertion, by an error in a browser's console, by an answer
 * of 500 or above; then the screens of everybody are in e2e/shots/.
 */
export { DEMO_PASSWORD }
export const desk = { width: 1280, height: 800 }
export const phone = { width: 390, height: 844 }
export type Size = typeof desk

const shots = path.join(import.meta.dirname, 'shots')
const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync']
/** How long anything on a page may take until the journey is given up, in ms; long, because machines may be busy. */
const PATIENCE_MS = 20_000
const LOOK_AGAIN_MS = 50
/** For the hunt after journeys that only pass on fast machines: browsers run this many times slower. */
export const SLOWER = Number(process.env['QC_E2E_SLOWER'] ?? 1)

export interface Visit {
  program: Program
  /** A browser of its own in which this person has signed in. */
  as(username: string, size?: Size): Promise<Page>
  /** A browser of its own, not signed in. */
  stranger(size?: Size): Promise<Page>
  /** The named kind of failure is part of this journey from here on. */
  expectFaults(like: RegExp): void
  /** A line under the journey's result, for what was measured. */
  note(line: string): void
}

export interface House { journey(title: string, body: (visit: Visit) => Promise<void>): void }

/** One program and one browser for the journeys of a file. */
export function house(): House {
  let program: Program
  let browser: Browser
  before(async () => {
    program = await startProgram()
    browser = await chromium.launch({ executablePath: findChromium(), args: flags })
  }, { timeout: 300_000 })
  after(async () => {
    await browser?.close()
    await program?.stop()
  })
  return {
    journey: (title, body) => test(title, async t => {
      const people: Array<{ name: string, context: BrowserContext, page: Page }> = []
      const faults: string[] = []
      const expected: RegExp[] = []
      const enter = async (name: string, size: Size = desk): Promise<Page> => {
        const context = await browser.newContext({ baseURL: program.address, viewport: size, locale: 'zh-CN', timezoneId: 'Asia/Shanghai', hasTouch: size.width < 600, acceptDownloads: true })
        context.setDefaultTimeout(PATIENCE_MS)
        const page = await context.newPage()
        if (SLOWER > 1) await (await context.newCDPSession(page)).send('Emulation.setCPUThrottlingRate', { rate: SLOWER })
        watch(page, fault => { if (!expected.some(like => like.test(fault))) faults.push(`${name}: ${fault}`) })
        people.push({ name, context, page })
        return page
      }
      try {
        await body({
          program, stranger: size => enter('stranger', size), expectFaults: like => expected.push(like), note: line => t.diagnostic(line),
          as: async (username, size) => {
            const page = await enter(username, size)
            await api(page, 'POST', '/session', { username, password: DEMO_PASSWORD })
            return page
          },
        })
        assert.deepEqual(faults, [], 'something failed behind the scenes')
      } catch (error) {
        await mkdir(shots, { recursive: true })
        for (const [i, { name, page }] of people.entries()) await page.screenshot({ path: path.join(shots, `${title.replaceAll(/[^\w\u4e00-\u9fff]+/g, '-').slice(0, 60)}-${i}-${name.replace('@', '-')}.png`) }).catch(() => {})
        if (faults.length > 0 && error instanceof Error) error.message += `\nbehind the scenes: ${faults.join('\n')}`
        throw error
      } finally { for (const { context } of people) await context.close() }
    }),
  }
}

/** Everything that a person does not see but a maintainer should. Refusals (4xx) are ordinary answers of the API, not of files. */
function watch(page: Page, fault: (what: string) => void): void {
  page.on('pageerror', error => fault(`error on ${page.url()}: ${error.stack ?? error.message}`))
  page.on('console', message => {
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) fault(`console on ${page.url()}: ${message.text()}`)
  })
  page.on('response', response => {
    const { pathname } = new URL(response.url())
    if (response.status() >= 500 || (response.status() >= 400 && !pathname.startsWith('/api/'))) fault(`${response.status()} ${response.request().method()} ${pathname}`)
  })
  // What a page asked for when it was left is given up, and that is right.
  page.on('requestfailed', request => { const why = request.failure()?.errorText ?? ''; if (why !== 'net::ERR_ABORTED') fault(`${why} ${request.method()} ${request.url()}`) })
}

/** The same API the page uses, with the page's cookie; a refusal fails the journey. */
export async function api<T = Record<string, unknown>>(page: Page, method: string, at: string, body?: unknown): Promise<T> {
  const answer = await ask(page, method, at, body)
  assert.ok(answer.ok(), `${method} ${at}: ${answer.status()} ${await answer.text()}`)
  return (answer.status() === 204 ? undefined : await answer.json()) as T
}

/** As `api`, with the bare answer, for refusals that are expected. */
export function ask(page: Page, method: string, at: string, body?: unknown): Promise<APIResponse> {
  return page.context().request.fetch(`/api${at}`, { method, headers: { 'x-requested-with': 'quancheng' }, ...(body === undefined ? {} : { data: body }) })
}

/** By the sign-in page, as people do. */
export async function signIn(page: Page, username: string, password = DEMO_PASSWORD): Promise<void> {
  await page.getByLabel('用户名').fill(username)
  await page.getByLabel('密码', { exact: true }).fill(password)
  await page.getByRole('button', { name: '登录' }).click()
}

/** Does something and waits for the answer to the call that it makes. */
export async function answered(page: Page, method: string, at: RegExp, act: () => Promise<unknown>): Promise<Response> {
  const [response] = await Promise.all([page.waitForResponse(r => r.request().method() === method && at.test(new URL(r.url()).pathname)), act()])
  return response
}

/** Opens a choice field by its label and takes an option. A long list draws only what is seen of it: where the option is not, its name is typed. */
export async function choose(page: Page, label: string, option: string): Promise<void> {
  const box = page.getByRole('combobox', { name: label }), list = page.locator('.ant-select-dropdown:visible'), wanted = list.getByTitle(option, { exact: true })
  await box.click()
  if (await box.isEditable()) {
    await list.locator('.ant-select-item').first().waitFor()
    if (await wanted.count() === 0) await box.fill(option)
  }
  await wanted.click()
}

/** Waits until what is seen is what should be seen: for values that follow an answer, an event or a new width in their own time. */
export async function settles<T>(look: () => Promise<T>, expected: T, what?: string): Promise<void> {
  const end = performance.now() + PATIENCE_MS
  for (;;) {
    const seen = await look()
    if (isDeepStrictEqual(seen, expected)) return
    if (performance.now() > end) assert.deepEqual(seen, expected, what)
    await delay(LOOK_AGAIN_MS)
  }
}

/**
 * The page is not wider than the screen: nobody has to push it sideways. Tables and pictures that scroll in themselves are fine. A page
 * has its new width before everything in it has been laid out for that, so it has to hold for two frames in a row.
 */
export async function noHorizontalScroll(page: Page): Promise<void> {
  const end = performance.now() + PATIENCE_MS
  const width = page.viewportSize()!.width
  let wide: string | null
  do wide = await page.evaluate(tooWide, width)
  while (wide !== null && performance.now() < end)
  assert.equal(wide, null, `${new URL(page.url()).pathname} scrolls sideways: ${wide}`)
}

/** Runs in the page: what is too wide in one of the next two frames. */
async function tooWide(width: number): Promise<string | null> {
  for (let frame = 0; frame < 2; frame++) {
    // a browser that has nothing to draw may give no frame at all: then the page stands as it is
    await new Promise(resolve => { requestAnimationFrame(resolve); setTimeout(resolve, 250) })
    const screen = document.documentElement.clientWidth
    if (innerWidth !== width) return `the screen is ${innerWidth} px and not yet ${width} px`
    const frames = [document.documentElement, document.body, document.getElementById('qc-main')].filter(each => each !== null)
    if (frames.every(each => each.scrollWidth <= each.clientWidth)) continue
    const culprits = [...document.querySelectorAll('body *')].filter(each => each.getBoundingClientRect().right > screen + 1).slice(0, 5).map(each => `${each.tagName.toLowerCase()}.${each.getAttribute('class') ?? ''}`)
    return `${frames.map(each => each.scrollWidth).join('/')} px on a screen of ${screen} px: ${culprits.join(', ')}`
  }
  return null
}
