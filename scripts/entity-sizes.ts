import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { root } from './root.ts'

/** One declared entity: the file that declares it, and how many lines that file has. */
export interface EntitySize { entity: string; file: string; lines: number }
/** A folder of business ability: how many entities it declares, in how many lines, and how many lines of code the whole folder has (tests apart). */
export interface ModuleSize { module: string; entities: number; declared: number; code: number }

const read = (file: string): string => readFileSync(path.join(root, file), 'utf8')
const linesOf = (file: string): number => read(file).split('\n').length - 1
const sources = (pattern: string): string[] => globSync(pattern, { cwd: root, exclude: file => /(^|[\\/])(node_modules|dist|test)$/.test(file) }).filter(file => !/\.test(ing)?\.tsx?$/.test(file)).toSorted()

/** Every `defineEntity` of the program, by file. */
export function entitySizes(): EntitySize[] {
  return ['packages/*/src/**/*.ts', 'modules/**/*.ts'].flatMap(sources).flatMap(file =>
    [...read(file).matchAll(/= defineEntity(?:<[^>]*>)?\('([a-zA-Z]+)'/g)].map(m => ({ entity: m[1]!, file, lines: linesOf(file) })))
}

export function moduleSizes(sizes: readonly EntitySize[]): ModuleSize[] {
  return [...Map.groupBy(sizes.filter(s => s.file.startsWith('modules/')), s => s.file.split('/')[1]!)].map(([module, own]) => ({
    module, entities: own.length, declared: [...new Set(own.map(s => s.file))].reduce((n, file) => n + linesOf(file), 0), code: sources(`modules/${module}/**/*.{ts,tsx}`).reduce((n, file) => n + linesOf(file), 0),
  })).toSorted((a, b) => b.entities - a.entities)
}

/** The value in the middle; of an even number the lower of the two. */
export const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? 0

if (import.meta.main) {
  const sizes = entitySizes(), lines = sizes.map(s => s.lines), files = new Set(sizes.map(s => s.file))
  console.log(`${sizes.length} 个对象，${files.size} 个文件；一个对象的声明中位数 ${median(lines)} 行，最长 ${Math.max(...lines)} 行（${sizes.find(s => s.lines === Math.max(...lines))!.file}）\n`)
  console.log('| 模块 | 对象 | 声明行数 | 全部代码行数（不含测试） |\n|---|---:|---:|---:|')
  for (const m of moduleSizes(sizes)) console.log(`| ${m.module} | ${m.entities} | ${m.declared} | ${m.code} |`)
}
