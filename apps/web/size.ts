import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

type Chunk = { file: string, src?: string, isEntry?: boolean, imports?: string[], dynamicImports?: string[] }
type Manifest = Record<string, Chunk>

export type RouteSize = { route: string, files: Array<{ file: string, gzip: number }>, gzip: number }

const dist = new URL('./dist/', import.meta.url)

/** What the browser loads for a first view: the entry and these lazy parts, each with all it imports statically. Bytes, gzipped. */
const routes: Record<string, string[]> = {
  'sign-in': ['src/pages/SignIn.tsx'],
  'shell + home': ['src/shell/Shell.tsx', 'src/pages/Home.tsx'],
}

function closure(manifest: Manifest, keys: string[]): Set<string> {
  const seen = new Set<string>()
  const visit = (key: string) => {
    const chunk = manifest[key]
    if (!chunk || seen.has(chunk.file)) return
    seen.add(chunk.file)
    for (const each of chunk.imports ?? []) visit(each)
  }
  for (const key of keys) visit(key)
  return seen
}

function gzipOf(file: string): number {
  return gzipSync(readFileSync(new URL(file, dist)), { level: 9 }).length
}

/** Sizes of the first routes of the built web app. Throws when it is not built, or when a route's part is not in the manifest. */
export function measure(): RouteSize[] {
  const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', dist), 'utf8')) as Manifest
  const entry = Object.keys(manifest).filter(key => manifest[key]!.isEntry)
  return Object.entries(routes).map(([route, parts]) => {
    for (const part of parts) if (!manifest[part]) throw new Error(`The manifest has no ${part}`)
    const files = [...closure(manifest, [...entry, ...parts])].filter(file => file.endsWith('.js')).map(file => ({ file, gzip: gzipOf(file) })).sort((a, b) => b.gzip - a.gzip)
    return { route, files, gzip: files.reduce((sum, each) => sum + each.gzip, 0) }
  })
}

/** Every chunk above `min` bytes gzipped, the largest first: to see what the lazy pages carry. */
export function largest(min = 20_000): Array<{ file: string, gzip: number }> {
  const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', dist), 'utf8')) as Manifest
  return [...new Set(Object.values(manifest).map(chunk => chunk.file))].filter(file => file.endsWith('.js'))
    .map(file => ({ file, gzip: gzipOf(file) })).filter(each => each.gzip >= min).sort((a, b) => b.gzip - a.gzip)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const kb = (bytes: number) => (bytes / 1000).toFixed(1).padStart(7) + ' KB'
  for (const { route, files, gzip } of measure()) {
    console.log(`${kb(gzip)}  ${route}`)
    for (const each of files) console.log(`  ${kb(each.gzip)}  ${each.file}`)
  }
  console.log('lazy and shared chunks:')
  for (const each of largest()) console.log(`  ${kb(each.gzip)}  ${each.file}`)
}
