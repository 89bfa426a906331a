import { OfficeFileError, readPart, type Parts } from './ooxml/parts.ts'
import { all, kids, local, type El } from './ooxml/xml.ts'

const DOCUMENT = 'word/document.xml'

/** The text of a Word document, a paragraph a line; the cells of a table's row are separated by tabs. @throws OfficeFileError */
export function docxText(parts: Parts): string {
  const root = readPart(parts, DOCUMENT)
  if (!root) throw new OfficeFileError('这不是 Word 文档（.docx）')
  return blocksText(all(root, 'body')[0] ?? root)
}

/** The same of any part: a header, a footer, the notes. */
export function blocksText(root: El): string {
  const inline = (e: El): string => kids(e).map(k => { const n = local(k.name); return n === 't' ? k.kids.join('') : n === 'tab' ? '\t' : n === 'br' ? '\n' : n === 'del' || n === 'pPr' || n === 'rPr' ? '' : inline(k) }).join('')
  const blocks = (e: El): string[] => kids(e).flatMap(k => {
    const n = local(k.name)
    if (n === 'p') return [inline(k)]
    if (n === 'tbl') return kids(k, 'tr').map(r => kids(r, 'tc').map(c => blocks(c).join(' ')).join('\t'))
    return n === 'sectPr' ? [] : blocks(k)
  })
  return blocks(root).join('\n')
}

const EXTRAS: Array<[RegExp, string]> = [[/vbaProject\.bin$/, '宏'], [/^word\/charts\//, '图表'], [/^word\/diagrams\//, 'SmartArt'], [/^word\/embeddings\//, '嵌入对象'], [/^word\/activeX\//, '控件'], [/^word\/glossary\//, '文档部件']]
const MARKS: Record<string, string> = { oMath: '公式', fldChar: '域', sdt: '内容控件', txbxContent: '文本框', pict: '旧式图形', AlternateContent: '图形' }

/** What the editor shows only in part or not at all. It leaves what it does not touch as it was, but a paragraph that is changed may lose these. */
export function docxExtras(parts: Parts): string[] {
  const root = readPart(parts, DOCUMENT)
  if (!root) throw new OfficeFileError('这不是 Word 文档（.docx）')
  const marks = new Set<string>()
  const walk = (e: El): void => { for (const k of kids(e)) { const word = MARKS[local(k.name)]; if (word) marks.add(word); walk(k) } }
  walk(root)
  return [...EXTRAS.filter(([at]) => [...parts.keys()].some(n => at.test(n))).map(([, word]) => word), ...marks]
}
