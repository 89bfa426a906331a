import { readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from './root.ts'

/** Test files that share a process: loading the program costs more than most of them. `name` is for people and for the times kept. */
export interface TestGroup {
  name: string
  files: string[]
}

/** Files of a group at the most: enough that loading hardly counts, few enough that the last group does not keep everybody waiting. */
const TOGETHER = 6

/**
 * Files of one package go together, as many as TOGETHER, in the order given. A file that says `// runs alone: why` in its first lines has a
 * process of its own: it changes something that the whole process shares.
 */
export function groupsOf(files: readonly string[], alone: (file: string) => boolean): TestGroup[] {
  const groups: TestGroup[] = []
  const open = new Map<string, TestGroup>()
  for (const file of files) {
    if (alone(file)) {
      groups.push({ name: file, files: [file] })
      continue
    }
    const home = file.split('/').slice(0, 2).join('/')
    const last = open.get(home)
    if (last !== undefined && last.files.length < TOGETHER) {
      last.files.push(file)
      continue
    }
    const group = { name: `${home} from ${file.split('/').at(-1)}`, files: [file] }
    open.set(home, group)
    groups.push(group)
  }
  return groups
}

export const runsAlone = (file: string): boolean => /^\/\/ runs alone: \S/m.test(readFileSync(path.join(root, file), 'utf8').slice(0, 2000))

/**
 * What a process runs for a group: all files are loaded before the first test begins. Otherwise the tests of the first file could be over before
 * the second has any, and the runner would clean up, which it does once.
 */
export const entryOf = (group: TestGroup): string => `import { before } from 'node:test'
const loaded = Promise.withResolvers()
before(() => loaded.promise)
try {
${group.files.map((file) => `  await import(${JSON.stringify(pathToFileURL(path.join(root, file)).href)})\n`).join('')}} finally { loaded.resolve() }
`

/** Of a group that has never run here, how long it may take beside others like it: longer text, longer run. */
export const sizeOf = (group: TestGroup): number => group.files.reduce((sum, file) => sum + statSync(path.join(root, file)).size, 0)
