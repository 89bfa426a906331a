import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { root } from './root.ts'

const dir = mkdtempSync(join(tmpdir(), 'quancheng-accuracy-'))
after(() => { rmSync(dir, { recursive: true, force: true }) })

const run = (...args: string[]) => spawnSync(process.execPath, ['scripts/accuracy-remaining-time.ts', ...args], { cwd: root, encoding: 'utf8' })

/** Forty cases of four events, a day apart; odd ones take three times as long. */
function log(): string {
  const lines = ['case,activity,timestamp,resource']
  for (let i = 0; i < 40; i++) {
    let at = Date.UTC(2026, 0, 5 + i, 1)
    for (const [n, activity] of ['接待', '检验', '维修', '取机'].entries()) {
      lines.push(`C${i},${activity},${new Date(at).toISOString()},李接`)
      at += (n + 1) * (i % 2 ? 3 : 1) * 3_600_000
    }
  }
  return lines.join('\n')
}

test('the accuracy of an event log is one line of JSON with the error, the coverage, what simpler ways reach, and the cost', () => {
  const file = join(dir, 'small.csv')
  writeFileSync(file, log())
  const r = run(file, '--json')
  assert.equal(r.status, 0, r.stderr)
  const lines = r.stdout.trim().split('\n')
  assert.equal(lines.length, 1)
  const said = JSON.parse(lines[0]!) as Record<string, unknown>
  for (const key of ['log', 'cases', 'mae', 'p80Coverage', 'medianByPrefix', 'transitionSystem', 'seconds', 'rssMb']) assert.ok(key in said, key)
  assert.equal(said.log, 'small.csv')
  assert.equal(said.cases, 40)
  for (const key of ['mae', 'p80Coverage', 'medianByPrefix', 'transitionSystem', 'seconds', 'rssMb']) assert.ok(Number.isFinite(said[key]) && (said[key] as number) >= 0, `${key}: ${said[key]}`)
  assert.ok((said.p80Coverage as number) <= 1)
})

test('without --json people read the same figures in Chinese before the line', () => {
  const r = run(join(dir, 'small.csv'))
  assert.equal(r.status, 0, r.stderr)
  assert.match(r.stdout, /small\.csv：40 个案例/)
  assert.match(r.stdout, /平均绝对误差（天）/)
  assert.equal((JSON.parse(r.stdout.trim().split('\n').at(-1)!) as { cases: number }).cases, 40)
})

test('a broken file is refused in a Chinese sentence with exit code 1, a missing one too, and no file at all says how to call it', () => {
  const file = join(dir, 'broken.xes')
  writeFileSync(file, '<log><trace><event></trace>')
  const broken = run(file, '--json')
  assert.equal(broken.status, 1)
  assert.match(broken.stderr, /[\u4e00-\u9fff]{4,}/)
  assert.equal(broken.stdout, '')
  assert.doesNotMatch(broken.stderr, /\n\s+at /, 'a sentence, not a stack')
  const missing = run(join(dir, 'nowhere.csv'))
  assert.equal(missing.status, 1)
  assert.match(missing.stderr, /[\u4e00-\u9fff]{2,}/)
  assert.doesNotMatch(missing.stderr, /\n\s+at /)
  assert.equal(run().status, 2)
})
