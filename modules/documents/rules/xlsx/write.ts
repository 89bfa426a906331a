import { packParts, readPart, relsOf, writePart, type Parts } from '../ooxml/parts.ts'
import { el, kid, kids, local, type El } from '../ooxml/xml.ts'
import { addressOf, placeOf, widthOf, type Cell, type CellStyle, type SheetModel, type WorkbookModel } from './model.ts'
import { readWorkbook, sheetParts, stylesPart, workbookPart } from './read.ts'
import { styleWriter } from './styles.ts'

const REL = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const SHEET_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml'
/** The order in which the schema wants what stands in a sheet before and after the cells. */
const ORDER = ['sheetPr', 'dimension', 'sheetViews', 'sheetFormatPr', 'cols', 'sheetData', 'sheetCalcPr', 'sheetProtection', 'protectedRanges', 'scenarios', 'autoFilter', 'sortState', 'dataConsolidate', 'customSheetViews', 'mergeCells', 'phoneticPr', 'conditionalFormatting', 'dataValidations', 'hyperlinks', 'printOptions', 'pageMargins', 'pageSetup', 'headerFooter', 'rowBreaks', 'colBreaks', 'customProperties', 'cellWatches', 'ignoredErrors', 'smartTags', 'drawing', 'legacyDrawing', 'legacyDrawingHF', 'picture', 'oleObjects', 'controls', 'webPublishItems', 'tableParts', 'extLst']

/**
 * The file with what the editor holds now. Everything else in the package stays as it was: what a cell does not say anew is copied from the
 * original, so that rich text, pictures, charts, print settings and macros survive an editor that does not know them.
 * @throws OfficeFileError
 */
export function writeWorkbook(original: Parts, now: WorkbookModel): Uint8Array {
  const parts: Parts = new Map(original), before = readWorkbook(parts)
  const stylesAt = stylesPart(parts), stylesRoot = readPart(parts, stylesAt) ?? el('styleSheet', { xmlns: 'http://schemas.openxmlformats.org/spreadsheetml/2006/main' })
  const style = styleNumbers(styleWriter(stylesRoot), now, before)
  const known = new Map(sheetParts(parts).map(s => [s.id, s.part]))
  const homes = placeSheets(parts, now, known)
  for (const id of now.sheetOrder) {
    const sheet = now.sheets[id]!, part = homes.get(id)!
    const root = known.has(id) ? readPart(parts, part)! : el('worksheet', { xmlns: 'http://schemas.openxmlformats.org/spreadsheetml/2006/main', 'xmlns:r': REL })
    fillSheet(root, sheet, before.sheets[id], style)
    writePart(parts, part, root)
  }
  writePart(parts, stylesAt, stylesRoot)
  return packParts(parts)
}

type StyleNumber = (s: Cell['s']) => number
/** `xf7` is the file's own format 7, all of it; anything else was made in the editor. */
function styleNumbers(make: ReturnType<typeof styleWriter>, now: WorkbookModel, before: WorkbookModel): StyleNumber {
  const done = new Map<string, number>()
  return s => {
    if (s === null || s === undefined || s === '') return 0
    if (typeof s === 'string' && /^xf\d+$/.test(s) && s in before.styles) return Number(s.slice(2))
    const style: CellStyle | null | undefined = typeof s === 'string' ? now.styles[s] : s
    if (!style || !Object.values(style).some(v => v !== null && v !== undefined)) return 0
    const key = JSON.stringify(style)
    const same = Object.entries(before.styles).find(([, b]) => JSON.stringify(b) === key)
    const number = done.get(key) ?? (same ? Number(same[0].slice(2)) : make(style, null))
    done.set(key, number)
    return number
  }
}

/** New sheets get parts, names are written, sheets that are gone leave the package. Answers where each sheet lives. */
function placeSheets(parts: Parts, now: WorkbookModel, known: Map<string, string>): Map<string, string> {
  const main = workbookPart(parts), root = readPart(parts, main)!, relsAt = relsOf(main), rels = readPart(parts, relsAt)!, types = readPart(parts, '[Content_Types].xml')!
  const list = kid(root, 'sheets')!, own = new Map(kids(list).map((s, i) => [`s${s.attrs.sheetId}`, { entry: s, index: i }])), homes = new Map<string, string>()
  const relName = kids(list).flatMap(s => Object.keys(s.attrs)).find(k => k.includes(':') && local(k) === 'id') ?? 'r:id'
  if (relName === 'r:id') root.attrs['xmlns:r'] ??= REL
  let sheetId = Math.max(0, ...kids(list).map(s => Number(s.attrs.sheetId)))
  const entries = now.sheetOrder.map(id => {
    const sheet = now.sheets[id]!
    let entry = own.get(id)?.entry
    if (entry && known.has(id)) homes.set(id, known.get(id)!)
    else {
      sheetId += 1
      let n = 1
      while (parts.has(`xl/worksheets/sheet${n}.xml`) || [...homes.values()].includes(`xl/worksheets/sheet${n}.xml`)) n += 1
      const relation = `rIdQc${sheetId}`
      homes.set(id, `xl/worksheets/sheet${n}.xml`)
      rels.kids.push(el('Relationship', { Id: relation, Type: `${REL}/worksheet`, Target: `/xl/worksheets/sheet${n}.xml` }))
      types.kids.push(el('Override', { PartName: `/xl/worksheets/sheet${n}.xml`, ContentType: SHEET_TYPE }))
      entry = el('sheet', { name: '', sheetId, [relName]: relation })
    }
    entry.attrs.name = sheet.name
    if (sheet.hidden) entry.attrs.state ??= 'hidden'
    else delete entry.attrs.state
    return entry
  })
  // sheets that are no worksheets (charts, macros) are not in the editor: they stay, at the end
  const others = [...own].filter(([id]) => !known.has(id)).map(([, o]) => o.entry), gone = [...known].filter(([id]) => !now.sheets[id])
  list.kids = [...entries, ...others]
  for (const [id, part] of gone) {
    const relation = own.get(id)!.entry.attrs[relName]
    rels.kids = rels.kids.filter(r => typeof r === 'string' || r.attrs.Id !== relation)
    types.kids = types.kids.filter(t => typeof t === 'string' || t.attrs.PartName !== `/${part}`)
    parts.delete(part)
    parts.delete(relsOf(part))
  }
  // names that hold for one sheet count sheets by their place
  const names = kid(root, 'definedNames')
  if (names) {
    names.kids = kids(names).filter(n => {
      if (n.attrs.localSheetId === undefined) return true
      const at = list.kids.indexOf([...own.values()].find(o => o.index === Number(n.attrs.localSheetId))?.entry ?? '')
      n.attrs.localSheetId = String(at)
      return at >= 0
    })
    if (!names.kids.length) root.kids = root.kids.filter(k => k !== names)
  }
  for (const view of kids(kid(root, 'bookViews'))) if (Number(view.attrs.activeTab ?? 0) >= list.kids.length) delete view.attrs.activeTab
  // what was calculated here is calculated anew by the next program, and the old order of calculation no longer holds
  const calc = kid(root, 'calcPr') ?? el('calcPr')
  calc.attrs.fullCalcOnLoad = '1'
  if (!root.kids.includes(calc)) root.kids.splice(root.kids.findIndex(k => typeof k !== 'string' && k.name === (kid(root, 'definedNames') ? 'definedNames' : 'sheets')) + 1, 0, calc)
  rels.kids = rels.kids.filter(r => typeof r === 'string' || !r.attrs.Type?.endsWith('/calcChain'))
  types.kids = types.kids.filter(t => typeof t === 'string' || t.attrs.PartName !== '/xl/calcChain.xml')
  parts.delete('xl/calcChain.xml')
  writePart(parts, main, root)
  writePart(parts, relsAt, rels)
  writePart(parts, '[Content_Types].xml', types)
  return homes
}

function put(root: El, made: El | null, name: string): void {
  root.kids = kids(root).filter(k => local(k.name) !== name)
  if (!made) return
  const rank = ORDER.indexOf(name), at = root.kids.findIndex(k => typeof k !== 'string' && ORDER.indexOf(local(k.name)) > rank)
  root.kids.splice(at < 0 ? root.kids.length : at, 0, made)
}

function fillSheet(root: El, now: SheetModel, before: SheetModel | undefined, style: StyleNumber): void {
  const rows = new Map(kids(kid(root, 'sheetData'), 'row').map(r => [Number(r.attrs.r) - 1, r])), cells = new Map([...rows.values()].flatMap(r => kids(r, 'c').map(c => [c.attrs.r ?? '', c] as const)))
  const data = el('sheetData')
  let lastRow = 0, lastColumn = 0
  for (const r of [...new Set([...Object.keys(now.cellData), ...Object.keys(now.rowData)].map(Number))].toSorted((a, b) => a - b)) {
    const line = el('row', { ...rows.get(r)?.attrs, r: r + 1 }), size = now.rowData[r], was = before?.rowData[r]
    delete line.attrs.spans
    if (!now.rowData[r] && before?.rowData[r]) for (const gone of ['ht', 'customHeight', 'hidden']) delete line.attrs[gone]
    if (size && (size.h !== was?.h || size.hd !== was?.hd)) {
      if (size.hd) line.attrs.hidden = '1'
      else delete line.attrs.hidden
      if (size.h !== undefined && size.h !== was?.h && !size.ia) Object.assign(line.attrs, { ht: String(size.h * 3 / 4), customHeight: '1' })
    }
    for (const [key, cell] of Object.entries(now.cellData[r] ?? {}).toSorted((a, b) => Number(a[0]) - Number(b[0]))) {
      const c = Number(key), made = writeCell(cell, r, c, before, cells, style)
      if (!made) continue
      line.kids.push(made)
      lastRow = Math.max(lastRow, r)
      lastColumn = Math.max(lastColumn, c)
    }
    if (line.kids.length || Object.keys(line.attrs).length > 1) data.kids.push(line)
  }
  put(root, data, 'sheetData')
  put(root, el('dimension', { ref: `A1:${addressOf(lastRow, lastColumn)}` }), 'dimension')
  put(root, now.mergeData.length ? el('mergeCells', { count: now.mergeData.length }, now.mergeData.map(m => el('mergeCell', { ref: `${addressOf(m.startRow, m.startColumn)}:${addressOf(m.endRow, m.endColumn)}` }))) : null, 'mergeCells')
  const widths = (s: SheetModel | undefined): string => JSON.stringify(Object.entries(s?.columnData ?? {}).map(([c, d]) => [c, d?.w, d?.hd ?? 0]).filter(x => x[1] !== undefined || x[2]))
  if (widths(now) !== widths(before)) {
    const old = kids(kid(root, 'cols'))
    const cols = Object.entries(now.columnData).filter(([, d]) => d && (d.w !== undefined || d.hd)).map(([key, d]) => {
      const n = Number(key) + 1, from = old.find(o => Number(o.attrs.min) <= n && n <= Number(o.attrs.max))
      return el('col', { ...(from?.attrs.style ? { style: from.attrs.style } : {}), min: n, max: n, width: widthOf(d.w ?? now.defaultColumnWidth), customWidth: 1, ...(d.hd ? { hidden: 1 } : {}) })
    })
    put(root, cols.length ? el('cols', {}, cols) : null, 'cols')
  }
  if (!before) put(root, el('sheetFormatPr', { defaultRowHeight: 15 }), 'sheetFormatPr')
}

const same = (a: Cell, b: Cell): boolean => (a.v ?? null) === (b.v ?? null) && (a.f ?? null) === (b.f ?? null)
const isError = (v: unknown): boolean => typeof v === 'string' && /^#[A-Z/0!?]+[!?A]?$/.test(v)

function writeCell(cell: Cell, r: number, c: number, before: SheetModel | undefined, originals: Map<string, El>, style: StyleNumber): El | null {
  const s = style(cell.s), attrs: Record<string, string | number> = { r: addressOf(r, c), ...(s ? { s } : {}) }
  const at = placeOf(cell.custom?.o ?? ''), was = at ? before?.cellData[at[0]]?.[at[1]] : undefined, original = was ? originals.get(cell.custom!.o!) : undefined
  const f = kid(original, 'f')
  // nothing new in it: its text keeps its colours, its formula what the file says of it
  if (original && was && same(cell, was) && (!f || (cell.custom!.o === attrs.r && f.attrs.t !== 'shared'))) return { name: 'c', attrs: { ...el('c', attrs).attrs, ...(original.attrs.t ? { t: original.attrs.t } : {}), ...(original.attrs.cm ? { cm: original.attrs.cm } : {}) }, kids: original.kids }
  let value = cell.v
  if (cell.p && (value === undefined || value === null)) value = documentText(cell.p)
  const formula = cell.f ? cell.f.replace(/^=/, '') : ''
  // a function that the editor does not know must not wipe out what the file had calculated
  if (formula && was && cell.f === was.f && isError(value) && !isError(was.v)) value = was.v
  const fx = formula ? [el('f', {}, [formula])] : []
  if (value === undefined || value === null || value === '') return s || formula ? el('c', attrs, fx) : null
  if (cell.t === 3 || typeof value === 'boolean') return el('c', { ...attrs, t: 'b' }, [...fx, el('v', {}, [Number(value) ? '1' : '0'])])
  if (typeof value === 'number' && Number.isFinite(value)) return el('c', attrs, [...fx, el('v', {}, [String(value)])])
  if (typeof value === 'string' && cell.t === 2 && value.trim() !== '' && Number.isFinite(Number(value))) return el('c', attrs, [...fx, el('v', {}, [value.trim()])])
  const text = String(value).slice(0, 32_767)
  if (formula) return el('c', { ...attrs, t: isError(value) ? 'e' : 'str' }, [...fx, el('v', {}, [text])])
  return el('c', { ...attrs, t: 'inlineStr' }, [el('is', {}, [el('t', { 'xml:space': 'preserve' }, [text.replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')])])])
}

/** The plain text of a cell that holds a small document. */
function documentText(p: unknown): string {
  const stream = (p as { body?: { dataStream?: string } }).body?.dataStream ?? ''
  return stream.replace(/\r\n$/, '').replaceAll('\r', '\n')
}
