import Docxtemplater from 'docxtemplater'
import PizZip from 'pizzip'
import { blocksText } from '../docx-text.ts'
import { OfficeFileError, openParts, readPart } from '../ooxml/parts.ts'
import { lookUp, rowsOf, textOf, type FillScope, type FillValue } from './value.ts'

/** What stands in a template: `rows` placeholders inside `{{#明细}}…{{/明细}}`. */
export interface Placeholder { name: string; section: boolean; within: Placeholder[] }

const DELIMITERS = { start: '{{', end: '}}' }

function zipOf(bytes: Uint8Array): PizZip {
  // unpacked here, where there is a limit
  const zip = new PizZip()
  for (const [name, content] of openParts(bytes)) zip.file(name, content)
  if (!zip.file('word/document.xml')) throw new OfficeFileError('这不是 Word 文档（.docx）')
  return zip
}

/** @throws OfficeFileError naming every placeholder that is not closed or not opened */
function engine(bytes: Uint8Array): Docxtemplater {
  // a section asks for rows, a placeholder for a text: the engine says which, and in which scopes it stands
  const asked = {
    delimiters: DELIMITERS, paragraphLoop: true, linebreaks: true, errorLogging: false, nullGetter: () => '',
    parser: (tag: string) => ({
      get(scope: FillValue, context: { scopeList: FillScope[]; meta: { part: { module?: string } } }): unknown {
        if (tag.trim() === '.') return textOf(scope)
        const value = lookUp(tag, context.scopeList)
        return context.meta.part.module === 'loop' ? rowsOf(value) : textOf(value)
      },
    }),
  }
  try { return new Docxtemplater(zipOf(bytes), asked as never) } catch (error) { throw inWords(error) }
}

function inWords(error: unknown): unknown {
  const found = (error as { properties?: { errors?: Array<{ properties?: { id?: string; xtag?: string; context?: string } }>; id?: string; xtag?: string } }).properties
  if (!found) return error
  const list = found.errors ?? [{ properties: found as { id?: string; xtag?: string; context?: string } }]
  const words: Record<string, string> = { unclosed_tag: '缺少 }}', unopened_tag: '缺少 {{', unclosed_loop: '没有结束标记 {{/…}}', unopened_loop: '没有开始标记 {{#…}}', closing_tag_does_not_match_opening_tag: '开始和结束的名称不一致', duplicate_open_tag: '多了 {{', duplicate_close_tag: '多了 }}' }
  return new OfficeFileError(`模板里的占位符写错了：${[...new Set(list.map(e => `“${(e.properties?.xtag ?? e.properties?.context ?? '').slice(0, 30)}”${words[e.properties?.id ?? ''] ?? '读不懂'}`))].slice(0, 10).join('；')}`)
}

/** Every placeholder of a Word template, headers and footers included, however Word has split it into runs. @throws OfficeFileError */
export function docxPlaceholders(bytes: Uint8Array): Placeholder[] {
  engine(bytes)
  const parts = openParts(bytes), found: Placeholder[] = []
  for (const name of [...parts.keys()].filter(n => /^word\/(document|header\d*|footer\d*|footnotes)\.xml$/.test(n))) {
    const open: Placeholder[][] = [found]
    for (const [, sign, tag] of blocksText(readPart(parts, name)!).matchAll(/\{\{\s*([#^/]?)\s*([^{}]+?)\s*\}\}/g)) {
      if (sign === '/') { if (open.length > 1) open.pop(); continue }
      const made: Placeholder = { name: tag!, section: sign !== '', within: [] }, here = open.at(-1)!
      if (made.section || !here.some(p => !p.section && p.name === made.name)) here.push(made)
      if (made.section) open.push(made.within)
    }
  }
  return found
}

export function fillDocx(bytes: Uint8Array, data: FillScope): Uint8Array {
  const doc = engine(bytes)
  try {
    doc.render(data)
    return doc.getZip().generate({ type: 'uint8array', compression: 'DEFLATE' })
  } catch (error) { throw inWords(error) }
}
