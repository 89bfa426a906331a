import path from 'node:path'
import { cyclesBetween } from './cycles.ts'
import type { Import } from './imports.ts'
import { importsOf, lineOf, withoutComments } from './imports.ts'

/** One violation; printed as `file:line  message`. */
export interface Finding {
  file: string
  line: number
  message: string
}

export interface AllowedLength {
  file: string
  reason: string
}

const longestFile = 400

/** A workspace is a folder two levels deep with a package.json, and its layer is the upper one. */
interface Place {
  /** `modules/service` */
  workspace: string
  layer: 'kernel' | 'process' | 'ui' | 'modules' | 'apps'
}

/** apps → modules → process, ui → kernel: each may import what stands to its right, and modules each other's faces. */
const mayImport: Record<Place['layer'], Place['layer'][]> = {
  apps: ['modules', 'process', 'ui', 'kernel'],
  modules: ['process', 'ui', 'kernel'],
  process: ['kernel'],
  ui: ['kernel'],
  kernel: [],
}

/**
 * @param files every source file, by its path relative to the repository (with `/`)
 * @param packages package name → workspace folder: `@quancheng/service` → `modules/service`
 */
export function houseRules(
  files: ReadonlyMap<string, string>,
  packages: ReadonlyMap<string, string>,
  allowed: readonly AllowedLength[],
): Finding[] {
  const findings: Finding[] = []
  const edges = new Map<string, Map<string, Finding>>()
  for (const [file, text] of files) {
    findings.push(...lengthOf(file, text, allowed), ...lonelyTests(file, text))
    const from = placeOf(file)
    if (from === undefined) continue
    for (const found of importsOf(text)) {
      const report = (message: string): Finding => ({ file, line: found.line, message })
      const target = targetOf(file, found, packages)
      if (target === undefined) {
        const browser = browserOnServer(from, file, found)
        if (browser !== undefined) findings.push(report(browser))
        continue
      }
      const problem = arrow(from, target, found, file) ?? browserOnServer(from, file, found)
      if (problem !== undefined) findings.push(report(problem))
      const out = edges.get(from.workspace) ?? new Map<string, Finding>()
      edges.set(from.workspace, out)
      if (!out.has(target.workspace)) out.set(target.workspace, report(''))
    }
  }
  for (const cycle of cyclesBetween(new Map([...edges].map(([from, to]) => [from, new Set(to.keys())])))) {
    const where = edges.get(cycle[0] ?? '')?.get(cycle[1] ?? '')
    if (where !== undefined) findings.push({ ...where, message: `循环依赖 / cycle: ${cycle.join(' → ')}` })
  }
  for (const { file } of allowed) {
    if (lines(files.get(file) ?? '') <= longestFile) findings.push({ file, line: 1, message: '不再超长,请从 long-files.json 中删除 / no longer long' })
  }
  return findings.sort((a, b) => a.file.localeCompare(b.file) || a.line - b.line)
}

function placeOf(file: string): Place | undefined {
  const [top, name] = file.split('/')
  if (name === undefined) return undefined
  if (top === 'modules' || top === 'apps') return { workspace: `${top}/${name}`, layer: top }
  if (top === 'packages' && (name === 'kernel' || name === 'process' || name === 'ui')) return { workspace: `${top}/${name}`, layer: name }
  return undefined // scripts, e2e and bench may use everything
}

/** The other workspace that an import leads to; undefined when it stays inside or leads to an npm package. */
function targetOf(file: string, found: Import, packages: ReadonlyMap<string, string>): Place | undefined {
  let target: string | undefined
  if (found.from.startsWith('.')) {
    target = path.posix.join(path.posix.dirname(file), found.from)
  } else {
    const name = found.from.split('/').slice(0, 2).join('/')
    const workspace = packages.get(name)
    if (workspace === undefined) return undefined
    target = `${workspace}/${found.from.slice(name.length + 1)}`
  }
  const place = placeOf(target)
  return place?.workspace === placeOf(file)?.workspace ? undefined : place
}

function arrow(from: Place, to: Place, found: Import, file: string): string | undefined {
  if (found.from.startsWith('.')) return `不要用相对路径进入 ${to.workspace},请按包名导入 / import ${to.workspace} by its package name`
  if (from.layer === 'modules' && to.layer === 'modules') {
    const face = found.from.split('/').slice(2).join('/')
    // a test may stand on another module's fixture, where that module offers it
    const fixture = face === 'testing' && /(\.test\.tsx?$|\/test\/)/.test(file)
    return face === '' || face === 'web' || fixture ? undefined : `模块只能经 index.ts 或 web.ts 导入 / ${to.workspace} may be imported only through its face`
  }
  if (mayImport[from.layer].includes(to.layer)) return undefined
  return `${from.layer} 不得依赖 ${to.layer} / ${from.layer} must not import ${to.layer} (apps → modules → process, ui → kernel)`
}

/** The server loads modules without their pages, and cannot load .tsx. */
function browserOnServer(from: Place, file: string, found: Import): string | undefined {
  if (from.layer !== 'modules' || found.typeOnly || file.endsWith('.tsx')) return undefined
  const inside = file.split('/').slice(2).join('/')
  if (inside === 'web.ts' || /^([a-z-]+\/)?(pages|test)\//.test(inside)) return undefined
  const browser = found.from.endsWith('.tsx') || /^@quancheng\/(ui($|\/)|[^/]+\/web$)/.test(found.from) || /^(react|antd)($|[-/])/.test(found.from)
  return browser ? `服务器端文件不得导入页面 / a server file must not import the browser's (${found.from})` : undefined
}

function lengthOf(file: string, text: string, allowed: readonly AllowedLength[]): Finding[] {
  const length = lines(text)
  if (length <= longestFile) return []
  const entry = allowed.find((each) => each.file === file)
  if (entry !== undefined && entry.reason.trim().length > 10) return []
  return [{ file, line: longestFile + 1, message: `${length} 行,超过 ${longestFile} 行 / longer than ${longestFile} lines` }]
}

function lines(text: string): number {
  return text === '' ? 0 : text.split('\n').length - (text.endsWith('\n') ? 1 : 0)
}

function lonelyTests(file: string, text: string): Finding[] {
  if (!/\.test\.tsx?$/.test(file)) return []
  const findings: Finding[] = []
  const code = withoutComments(text)
  const pattern = /\b(?:test|it|describe|suite|t)\s*\.\s*(only|skip|todo)\s*\(|[{,]\s*(?:(only)\s*:\s*true|(skip|todo)\s*:\s*(?:true|['"`!(\w]))/g
  for (const match of code.matchAll(pattern)) {
    findings.push({ file, line: lineOf(code, match.index), message: `测试不得 ${match[1] ?? match[2]} / no .${match[1] ?? match[2]} in tests` })
  }
  return findings
}
