import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import { parseXml, unprefixed, writeXml, XmlError, type El } from './xml.ts'

/** What is wrong with an Office file, in the words of whoever chose it. */
export class OfficeFileError extends Error {
  constructor(message: string) { super(message); this.name = 'OfficeFileError' }
}

/** Unpacked, ten times what an upload may weigh; more is no honest document. */
const MAX_UNPACKED = 200 * 1024 * 1024
const MAX_PARTS = 5000

/** The parts of a .docx or .xlsx by their names inside the package. */
export type Parts = Map<string, Uint8Array>

/** @throws OfficeFileError */
export function openParts(bytes: Uint8Array): Parts {
  if (bytes[0] === 0xd0 && bytes[1] === 0xcf) throw new OfficeFileError('这是旧格式（.doc、.xls）或加了密码的文件，请在 Office 或 WPS 中另存为不加密的 .docx、.xlsx')
  let room = MAX_UNPACKED, count = 0
  try {
    const files = unzipSync(bytes, { filter: f => { room -= f.originalSize; count += 1; if (room < 0 || count > MAX_PARTS) throw new OfficeFileError('文件解压后过大，打不开'); return !f.name.endsWith('/') } })
    return new Map(Object.entries(files).map(([name, content]) => [name.replaceAll('\\', '/'), content]))
  } catch (error) {
    throw error instanceof OfficeFileError ? error : new OfficeFileError('文件已损坏，或者不是 Word、Excel 文件')
  }
}

/** Content types come first, as some readers expect. */
export function packParts(parts: Parts): Uint8Array {
  const names = [...parts.keys()].toSorted((a, b) => Number(b === '[Content_Types].xml') - Number(a === '[Content_Types].xml'))
  return zipSync(Object.fromEntries(names.map(n => [n, parts.get(n)!])), { level: 6, mtime: new Date('2000-01-01T12:00:00') })
}

/** @throws OfficeFileError when the part is not well formed */
export function readPart(parts: Parts, name: string): El | null {
  const bytes = parts.get(name)
  if (!bytes) return null
  try { return unprefixed(parseXml(strFromU8(bytes))) } catch (error) {
    if (error instanceof XmlError) throw new OfficeFileError(`文件内部的 ${name} 读不懂，可能已损坏`)
    throw error
  }
}
export const writePart = (parts: Parts, name: string, root: El): void => { parts.set(name, strToU8(writeXml(root))) }

/** Where a relationship of `part` leads, as a name inside the package. */
export function targetOf(part: string, target: string): string {
  if (target.startsWith('/')) return target.slice(1)
  const path = part.split('/').slice(0, -1)
  for (const step of target.split('/')) { if (step === '..') path.pop(); else if (step !== '.') path.push(step) }
  return path.join('/')
}
export const relsOf = (part: string): string => part.replace(/([^/]*)$/, '_rels/$1.rels')
/** relationship id → name of the part, of those inside the package */
export function relations(parts: Parts, part: string): Map<string, { type: string; target: string }> {
  const found = new Map<string, { type: string; target: string }>()
  for (const r of readPart(parts, relsOf(part))?.kids ?? []) {
    if (typeof r === 'string' || r.attrs.TargetMode === 'External') continue
    found.set(r.attrs.Id ?? '', { type: (r.attrs.Type ?? '').split('/').at(-1)!, target: targetOf(part, r.attrs.Target ?? '') })
  }
  return found
}
