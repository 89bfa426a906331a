import { spawn } from 'node:child_process'
import { existsSync, globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { AllowedLength } from './house-rules.ts'
import { houseRules } from './house-rules.ts'
import { isMain, root } from './root.ts'

export interface CheckResult {
  name: string
  ok: boolean
  /** what is wrong, one violation a line; may hold warnings when ok */
  output: string
}

/** Types, lint and house rules; each result is handed to `report` as soon as it is known. */
export async function runChecks(report: (result: CheckResult) => void): Promise<CheckResult[]> {
  const results: CheckResult[] = []
  const add = (result: CheckResult): void => {
    results.push(result)
    report(result)
  }
  add(await program('类型 / types (tsc)', 'typescript/bin/tsc', ['-p', '.', '--pretty', 'false']))
  add(await program('代码检查 / lint (oxlint)', 'oxlint/bin/oxlint', ['--type-aware', '-f', 'unix']))
  add(checkHouseRules())
  return results
}

function program(name: string, script: string, args: string[]): Promise<CheckResult> {
  const child = spawn(process.execPath, [path.join(root, 'node_modules', script), ...args], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
  return new Promise((resolve) => {
    child.on('error', (error) => resolve({ name, ok: false, output: error.message }))
    child.on('close', (code) => resolve({ name, ok: code === 0, output: output.trim() }))
  })
}

function checkHouseRules(): CheckResult {
  const files = new Map(
    globSync('{packages,modules,apps,scripts,e2e,bench}/**/*.{ts,tsx,mjs}', { cwd: root, exclude: (file) => /(^|\/)(node_modules|dist[^/]*)$/.test(file) })
      .map((file) => file.split(path.sep).join('/'))
      .map((file) => [file, readFileSync(path.join(root, file), 'utf8')] as const),
  )
  const packages = new Map<string, string>()
  for (const file of globSync('{packages,modules,apps}/*/package.json', { cwd: root })) {
    const { name } = JSON.parse(readFileSync(path.join(root, file), 'utf8')) as { name: string }
    packages.set(name, path.dirname(file).split(path.sep).join('/'))
  }
  const list = path.join(import.meta.dirname, 'long-files.json')
  const allowed = existsSync(list) ? (JSON.parse(readFileSync(list, 'utf8')) as AllowedLength[]) : []
  const findings = houseRules(files, packages, allowed)
  return {
    name: '家规 / house rules',
    ok: findings.length === 0,
    output: findings.map((f) => `${f.file}:${f.line}  ${f.message}`).join('\n'),
  }
}

export function printCheck(result: CheckResult): void {
  console.log(`${result.ok ? '✔' : '✖'} ${result.name}`)
  if (result.output !== '') console.log(result.output.replace(/^/gm, '  '))
}

if (isMain(import.meta)) {
  const results = await runChecks(printCheck)
  process.exitCode = results.every((result) => result.ok) ? 0 : 1
}
