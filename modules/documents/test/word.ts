import { el, type El } from '../rules/ooxml/xml.ts'
import { packParts, writePart, type Parts } from '../rules/ooxml/parts.ts'

const W = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main', PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const TYPE = 'application/vnd.openxmlformats-officedocument.wordprocessingml'

export const run = (text: string, ...marks: string[]): El => el('w:r', {}, [...(marks.length ? [el('w:rPr', {}, marks.map(m => (m === 'u' ? el('w:u', { 'w:val': 'single' }) : el(`w:${m}`))))] : []), el('w:t', { 'xml:space': 'preserve' }, [text])])
export const para = (...runs: Array<El | string>): El => el('w:p', {}, runs.map(r => (typeof r === 'string' ? run(r) : r)))
export const heading = (text: string): El => el('w:p', {}, [el('w:pPr', {}, [el('w:pStyle', { 'w:val': 'Heading1' })]), run(text)])
export const table = (...rows: string[][]): El => el('w:tbl', {}, [el('w:tblPr', {}, [el('w:tblW', { 'w:w': 0, 'w:type': 'auto' })]), el('w:tblGrid', {}, rows[0]!.map(() => el('w:gridCol', { 'w:w': 3000 }))), ...rows.map(r => el('w:tr', {}, r.map(c => el('w:tc', {}, [el('w:tcPr', {}, [el('w:tcW', { 'w:w': 3000, 'w:type': 'dxa' })]), para(c)]))))])

/** A small Word document of the given blocks, for tests. */
export function word(...blocks: El[]): Buffer {
  const parts: Parts = new Map()
  writePart(parts, '[Content_Types].xml', el('Types', { xmlns: `${PACKAGE}/content-types` }, [
    el('Default', { Extension: 'rels', ContentType: 'application/vnd.openxmlformats-package.relationships+xml' }), el('Default', { Extension: 'xml', ContentType: 'application/xml' }),
    el('Override', { PartName: '/word/document.xml', ContentType: `${TYPE}.document.main+xml` }), el('Override', { PartName: '/word/styles.xml', ContentType: `${TYPE}.styles+xml` }),
  ]))
  const rel = (id: string, type: string, target: string): El => el('Relationship', { Id: id, Type: `http://schemas.openxmlformats.org/officeDocument/2006/relationships/${type}`, Target: target })
  writePart(parts, '_rels/.rels', el('Relationships', { xmlns: `${PACKAGE}/relationships` }, [rel('rId1', 'officeDocument', 'word/document.xml')]))
  writePart(parts, 'word/_rels/document.xml.rels', el('Relationships', { xmlns: `${PACKAGE}/relationships` }, [rel('rId1', 'styles', 'styles.xml')]))
  writePart(parts, 'word/styles.xml', el('w:styles', { 'xmlns:w': W }, [el('w:style', { 'w:type': 'paragraph', 'w:default': 1, 'w:styleId': 'Normal' }, [el('w:name', { 'w:val': 'Normal' })]), el('w:style', { 'w:type': 'paragraph', 'w:styleId': 'Heading1' }, [el('w:name', { 'w:val': 'heading 1' }), el('w:rPr', {}, [el('w:b'), el('w:sz', { 'w:val': 32 })])])]))
  writePart(parts, 'word/document.xml', el('w:document', { 'xmlns:w': W }, [el('w:body', {}, [...blocks, el('w:sectPr', {}, [el('w:pgSz', { 'w:w': 11906, 'w:h': 16838 })])])]))
  return Buffer.from(packParts(parts))
}
