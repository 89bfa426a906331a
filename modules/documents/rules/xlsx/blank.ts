import { el } from '../ooxml/xml.ts'
import { writePart, type Parts } from '../ooxml/parts.ts'

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main', REL = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships', PACKAGE = 'http://schemas.openxmlformats.org/package/2006'

/** A new workbook with one empty sheet. */
export function blankWorkbook(sheet = 'Sheet1'): Parts {
  const parts: Parts = new Map()
  const type = (name: string): string => `application/vnd.openxmlformats-officedocument.spreadsheetml.${name}+xml`
  writePart(parts, '[Content_Types].xml', el('Types', { xmlns: `${PACKAGE}/content-types` }, [
    el('Default', { Extension: 'rels', ContentType: 'application/vnd.openxmlformats-package.relationships+xml' }), el('Default', { Extension: 'xml', ContentType: 'application/xml' }),
    el('Override', { PartName: '/xl/workbook.xml', ContentType: type('sheet.main') }), el('Override', { PartName: '/xl/worksheets/sheet1.xml', ContentType: type('worksheet') }), el('Override', { PartName: '/xl/styles.xml', ContentType: type('styles') }),
  ]))
  const relations = (...to: Array<[string, string]>) => el('Relationships', { xmlns: `${PACKAGE}/relationships` }, to.map(([t, target], i) => el('Relationship', { Id: `rId${i + 1}`, Type: `${REL}/${t}`, Target: target })))
  writePart(parts, '_rels/.rels', relations(['officeDocument', 'xl/workbook.xml']))
  writePart(parts, 'xl/_rels/workbook.xml.rels', relations(['worksheet', 'worksheets/sheet1.xml'], ['styles', 'styles.xml']))
  writePart(parts, 'xl/workbook.xml', el('workbook', { xmlns: MAIN, 'xmlns:r': REL }, [el('sheets', {}, [el('sheet', { name: sheet, sheetId: 1, 'r:id': 'rId1' })])]))
  writePart(parts, 'xl/worksheets/sheet1.xml', el('worksheet', { xmlns: MAIN }, [el('sheetData')]))
  writePart(parts, 'xl/styles.xml', el('styleSheet', { xmlns: MAIN }, [
    el('fonts', { count: 1 }, [el('font', {}, [el('sz', { val: 11 }), el('name', { val: '等线' })])]),
    el('fills', { count: 2 }, [el('fill', {}, [el('patternFill', { patternType: 'none' })]), el('fill', {}, [el('patternFill', { patternType: 'gray125' })])]),
    el('borders', { count: 1 }, [el('border', {}, ['left', 'right', 'top', 'bottom', 'diagonal'].map(s => el(s)))]),
    el('cellStyleXfs', { count: 1 }, [el('xf', { numFmtId: 0, fontId: 0, fillId: 0, borderId: 0 })]), el('cellXfs', { count: 1 }, [el('xf', { numFmtId: 0, fontId: 0, fillId: 0, borderId: 0, xfId: 0 })]),
    el('cellStyles', { count: 1 }, [el('cellStyle', { name: 'Normal', xfId: 0, builtinId: 0 })]),
  ]))
  return parts
}
