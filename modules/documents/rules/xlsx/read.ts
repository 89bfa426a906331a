import { OfficeFileError, readPart, relations, type Parts } from '../ooxml/parts.ts'
import { all, kid, kids, local, textOf, type El } from '../ooxml/xml.ts'
import { pixelsOf, placeOf, rangeOf, shifted, type Cell, type CellStyle, type SheetModel, type WorkbookModel } from './model.ts'
import { readStyles, themeColours } from './styles.ts'

/** Beyond this the browser would be busy for minutes. */
export const MAX_CELLS = 300_000
export const WORKBOOK = 'xl/workbook.xml'

/** What a sheet is in the file. */
export interface SheetPart { id: string; name: string; part: string; relation: string }

const whole = (value: string | undefined, or: number): number => (value === undefined || value === '' || !Number.isFinite(Number(value)) ? or : Number(value))
const yes = (value: string | undefined): boolean => value === '1' || value === 'true'

export function workbookPart(parts: Parts): string {
  const main = [...relations(parts, '').values()].find(r => r.type === 'officeDocument')?.target ?? WORKBOOK
  if (!parts.has(main) || !main.startsWith('xl/')) throw new OfficeFileError('这不是 Excel 工作簿（.xlsx）')
  return main
}

export function sheetParts(parts: Parts): SheetPart[] {
  const main = workbookPart(parts), rels = relations(parts, main)
  const found: SheetPart[] = []
  for (const s of kids(kid(readPart(parts, main) ?? undefined, 'sheets'))) {
    const relation = Object.entries(s.attrs).find(([k]) => local(k) === 'id' && k.includes(':'))?.[1] ?? '', target = rels.get(relation)
    if (target?.type === 'worksheet' && parts.has(target.target)) found.push({ id: `s${s.attrs.sheetId}`, name: s.attrs.name ?? '', part: target.target, relation })
  }
  return found
}

export function stylesPart(parts: Parts): string { return [...relations(parts, workbookPart(parts)).values()].find(r => r.type === 'styles')?.target ?? 'xl/styles.xml' }

/** The texts that cells share; how parts of them look (rich text) is not shown, and stays in the file as long as the cell is not changed. */
function sharedTexts(parts: Parts): string[] {
  const part = [...relations(parts, workbookPart(parts)).values()].find(r => r.type === 'sharedStrings')?.target
  return kids(part ? readPart(parts, part) ?? undefined : undefined, 'si').map(richText)
}
/** without the reading aids (rPh) of Japanese texts */
const richText = (si: El): string => unescapeX(kids(si).map(k => (local(k.name) === 't' ? textOf(k) : local(k.name) === 'r' ? textOf(kid(k, 't')) : '')).join(''))
const unescapeX = (s: string): string => (s.includes('_x') ? s.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))) : s)

/** @throws OfficeFileError */
export function readWorkbook(parts: Parts, name = ''): WorkbookModel {
  const main = workbookPart(parts), root = readPart(parts, main)!, rels = relations(parts, main)
  const theme = [...rels.values()].find(r => r.type === 'theme')?.target
  const formats = readStyles(readPart(parts, stylesPart(parts)), themeColours(theme ? readPart(parts, theme) : null))
  const texts = sharedTexts(parts), found = sheetParts(parts)
  if (!found.length) throw new OfficeFileError('工作簿里没有工作表')
  const listed = kids(kid(root, 'sheets'))
  const budget = { cells: 0 }
  const sheets = Object.fromEntries(found.map(s => {
    const entry = listed.find(x => `s${x.attrs.sheetId}` === s.id)!
    return [s.id, { ...readSheet(readPart(parts, s.part)!, texts, formats, budget), id: s.id, name: s.name, ...(entry.attrs.state && entry.attrs.state !== 'visible' ? { hidden: 1 } : {}) }]
  }))
  return { id: 'workbook', name, appVersion: '0.25.1', locale: 'zhCN', sheetOrder: found.map(s => s.id), styles: Object.fromEntries(formats.map((s, i) => [`xf${i}`, s])), sheets }
}

function readSheet(root: El, texts: string[], styles: CellStyle[], budget: { cells: number }): Omit<SheetModel, 'id' | 'name'> {
  const cellData: SheetModel['cellData'] = {}, rowData: SheetModel['rowData'] = {}, columnData: SheetModel['columnData'] = {}
  const shared = new Map<string, { f: string; at: [number, number] }>()
  let lastRow = 0, lastColumn = 0, next = 0
  for (const row of kids(kid(root, 'sheetData'), 'row')) {
    const r = whole(row.attrs.r, next + 1) - 1
    next = r + 1
    if (row.attrs.ht || yes(row.attrs.hidden)) rowData[r] = { ...(row.attrs.ht ? { h: Math.round(Number(row.attrs.ht) * 4 / 3), ia: yes(row.attrs.customHeight) ? 0 : 1 } : {}), ...(yes(row.attrs.hidden) ? { hd: 1 } : {}) }
    let column = 0
    for (const c of kids(row, 'c')) {
      const at = placeOf(c.attrs.r ?? '') ?? [r, column]
      column = at[1] + 1
      if (at[0] > 1_048_575 || at[1] > 16_383) throw new OfficeFileError('工作表里有超出范围的单元格')
      if (++budget.cells > MAX_CELLS) throw new OfficeFileError(`单元格超过 ${MAX_CELLS / 10_000} 万个，请下载后用 Excel 或 WPS 打开`)
      const cell = readCell(c, at, texts, shared);
      (cellData[at[0]] ??= {})[at[1]] = cell
      if (cell.v !== undefined || cell.f) { lastRow = Math.max(lastRow, at[0]); lastColumn = Math.max(lastColumn, at[1]) }
    }
  }
  for (const [r, row] of Object.entries(cellData)) {
    const size = Math.max(0, ...Object.values(row).map(c => (c.v === undefined ? 0 : styles[Number(String(c.s ?? 'xf0').slice(2))]?.fs ?? 0)))
    if (size > 12 && !rowData[Number(r)]) rowData[Number(r)] = { h: Math.ceil(size * 4 / 3 * 1.35), ia: 1 }
  }
  for (const col of kids(kid(root, 'cols'))) {
    for (let c = whole(col.attrs.min, 1) - 1; c < Math.min(whole(col.attrs.max, 1), 512); c++) columnData[c] = { ...(col.attrs.width ? { w: pixelsOf(Number(col.attrs.width)) } : {}), ...(yes(col.attrs.hidden) ? { hd: 1 } : {}) }
  }
  const mergeData = kids(kid(root, 'mergeCells')).flatMap(m => rangeOf(m.attrs.ref ?? '') ?? [])
  const format = kid(root, 'sheetFormatPr')?.attrs ?? {}, view = kid(kid(root, 'sheetViews'), 'sheetView'), pane = kid(view, 'pane')
  const x = pane?.attrs.state?.startsWith('frozen') ? whole(pane.attrs.xSplit, 0) : 0, y = pane?.attrs.state?.startsWith('frozen') ? whole(pane.attrs.ySplit, 0) : 0
  const tab = kid(kid(root, 'sheetPr'), 'tabColor')?.attrs.rgb
  return {
    ...(tab ? { tabColor: `#${tab.slice(-6)}` } : {}), cellData, rowData, columnData, mergeData,
    rowCount: Math.max(100, lastRow + 51), columnCount: Math.max(26, lastColumn + 7),
    defaultColumnWidth: format.defaultColWidth ? pixelsOf(Number(format.defaultColWidth)) : 72, defaultRowHeight: format.defaultRowHeight ? Math.round(Number(format.defaultRowHeight) * 4 / 3) : 20,
    showGridlines: view?.attrs.showGridLines === '0' ? 0 : 1, ...(x || y ? { freeze: { xSplit: x, ySplit: y, startRow: y || -1, startColumn: x || -1 } } : {}),
  }
}

function readCell(c: El, at: [number, number], texts: string[], shared: Map<string, { f: string; at: [number, number] }>): Cell {
  const cell: Cell = { custom: { o: c.attrs.r ?? '' } }, { t = 'n', s } = c.attrs
  if (s && s !== '0') cell.s = `xf${s}`
  const value = textOf(kid(c, 'v')), f = kid(c, 'f')
  if (f) {
    const si = f.attrs.t === 'shared' ? f.attrs.si ?? '' : null, written = textOf(f)
    if (si !== null && written) shared.set(si, { f: written, at })
    const base = si !== null && !written ? shared.get(si) : undefined
    const formula = base ? shifted(base.f, at[0] - base.at[0], at[1] - base.at[1]) : written
    if (formula && f.attrs.t !== 'dataTable') cell.f = `=${formula.replace(/_xlfn\.(?:_xlws\.)?/g, '')}`
  }
  if (t === 's') { cell.v = texts[Number(value)] ?? ''; cell.t = 1 } else if (t === 'inlineStr') { cell.v = kid(c, 'is') ? richText(kid(c, 'is')!) : ''; cell.t = 1 } else if (t === 'str' || t === 'e') { cell.v = unescapeX(value); cell.t = 1 } else if (value !== '') {
    if (t === 'b') { cell.v = value === '1' || value === 'true' ? 1 : 0; cell.t = 3 } else if (t === 'd') { cell.v = value; cell.t = 1 } else { cell.v = Number(value); cell.t = 2 }
  }
  return cell
}

export interface SheetExtras { sheet: string; kinds: string[] }

const EXTRAS: Record<string, string> = { conditionalFormatting: '条件格式', dataValidations: '数据验证（下拉）', autoFilter: '筛选', tableParts: '表格', drawing: '图表或图片', legacyDrawing: '批注', oleObjects: '嵌入对象', controls: '控件', hyperlinks: '超链接', sheetProtection: '工作表保护', protectedRanges: '保护区域' }
const WHOLE_FILE: Array<[RegExp, string]> = [[/vbaProject\.bin$/, '宏'], [/^xl\/pivot/, '数据透视表'], [/^xl\/externalLinks\//, '外部链接'], [/^xl\/threadedComments\//, '讨论批注'], [/^xl\/slicers\//, '切片器']]

/** What the editor does not show: it stays in the file as it was. By sheet, and what belongs to the whole file. */
export function extrasOf(parts: Parts): { sheets: SheetExtras[]; file: string[] } {
  const sheets = sheetParts(parts).map(s => ({ sheet: s.name, kinds: [...new Set(kids(readPart(parts, s.part)!).flatMap(k => EXTRAS[local(k.name)] ?? []))] })).filter(s => s.kinds.length)
  const file = WHOLE_FILE.filter(([at]) => [...parts.keys()].some(n => at.test(n))).map(([, word]) => word)
  if (all(readPart(parts, workbookPart(parts))!, 'definedName').length) file.push('名称（命名区域）')
  return { sheets, file }
}
