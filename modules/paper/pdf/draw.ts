import type PDFDocument from 'pdfkit'
import { encode } from 'uqr'
import { code128 } from '../rules/code128.ts'
import { totalOf, yuanText } from '../rules/money.ts'
import type { OrderDocument } from './order.ts'

/** A4 in points, with 16 mm at the sides. */
const LEFT = 45, RIGHT = 550, WIDTH = RIGHT - LEFT, BOTTOM = 790
const INK = '#000000', GREY = '#555555', LINE = '#999999', SHADE = '#f2f2f2'
const BODY = 9.5, SMALL = 8

type Doc = PDFDocument
interface Column { title: string; width: number; align?: 'left' | 'right'; value: number }

/** Draws the whole order; goes on to further pages by itself, with the heads of tables repeated. */
export function drawOrder(doc: Doc, order: OrderDocument): void {
  drawHead(doc, order)
  drawFacts(doc, order.facts)
  if (order.activities) drawTable(doc, '服务过程', columns(['环节', 105], ['责任人', 105], ['开始', 115], ['结束', 115], ['用时（分）', 65, 'right']), order.activities.map(a => [a.name, a.who, a.from, a.to, a.minutes]))
  drawTable(doc, order.linesTitle ?? '配件与费用', columns(['项目', 230], ['数量', 65, 'right'], ['单价', 105, 'right'], ['金额', 105, 'right']), order.lines.map(l => [l.note ? `${l.name}（${l.note}）` : l.name, l.unit ? `${l.qty} ${l.unit}` : l.qty, l.unitPrice, l.amount]))
  room(doc, 26)
  doc.fontSize(12).fillColor(INK).text(`合计 ${yuanText(totalOf(order.lines))}`, LEFT, doc.y + 6, { width: WIDTH, align: 'right' })
  drawTerms(doc, order.terms)
  drawSignatures(doc, order.signatures)
  drawFeet(doc, order)
}

const columns = (...list: Array<[string, number, 'right'?]>): Column[] => list.map(([title, width, align], value) => ({ title, width, value, ...(align ? { align } : {}) }))

/** Begins a new page where so many points no longer fit. */
function room(doc: Doc, points: number): boolean {
  if (doc.y + points <= BOTTOM) return false
  doc.addPage()
  doc.y = LEFT
  return true
}

function drawHead(doc: Doc, order: OrderDocument): void {
  const side = 64, textWidth = WIDTH - side - 12
  doc.fontSize(BODY).fillColor(GREY).text(`${order.company}　${order.site.name}`, LEFT, 42, { width: textWidth })
  doc.fontSize(20).fillColor(INK).text(order.title, LEFT, doc.y + 2, { width: textWidth, characterSpacing: 4 })
  doc.fontSize(12).text(order.number, LEFT, doc.y + 2, { width: textWidth })
  if (/^[\x20-\x7e]+$/.test(order.number)) drawBarcode(doc, order.number, LEFT, doc.y + 3, 24)
  if (order.qr) drawQr(doc, order.qr, RIGHT - side, 42, side)
  doc.y = 138
  doc.lineWidth(1.2).moveTo(LEFT, doc.y).lineTo(RIGHT, doc.y).stroke(INK)
  doc.y += 6
}

/** Bars of 0.8 point (0.28 mm) a module. */
function drawBarcode(doc: Doc, text: string, x: number, y: number, height: number): void {
  let at = x
  for (const [i, width] of code128(text).bars.entries()) {
    if (i % 2 === 0) doc.rect(at, y, width * 0.8, height)
    at += width * 0.8
  }
  doc.fill(INK)
}

function drawQr(doc: Doc, text: string, x: number, y: number, side: number): void {
  const { data, size } = encode(text, { ecc: 'M', border: 0 })
  const module = side / size
  for (const [row, line] of data.entries()) for (const [column, dark] of line.entries()) if (dark) doc.rect(x + column * module, y + row * module, module, module)
  doc.fill(INK)
}

/** Two columns of facts; a long value takes the whole width. */
function drawFacts(doc: Doc, facts: OrderDocument['facts']): void {
  const half = WIDTH / 2, label = 62
  let column = 0, top = doc.y, lowest = doc.y
  for (const [name, value] of facts) {
    const whole = doc.fontSize(BODY).widthOfString(value) > half - label - 8
    const width = (whole ? WIDTH : half) - label - 8
    if (whole && column === 1) { column = 0; top = lowest }
    const height = doc.heightOfString(value || ' ', { width }) + 5
    doc.y = top
    if (room(doc, height)) { top = doc.y; column = 0; lowest = top }
    const x = LEFT + column * half
    doc.fillColor(GREY).text(name, x, top, { width: label, lineBreak: false })
    doc.fillColor(INK).text(value, x + label, top, { width })
    lowest = Math.max(lowest, top + height)
    column = whole ? 0 : 1 - column
    if (column === 0) top = lowest
  }
  doc.y = lowest + 4
}

function drawTable(doc: Doc, title: string, cols: readonly Column[], rows: ReadonlyArray<readonly string[]>): void {
  room(doc, 60)
  doc.fontSize(11).fillColor(INK).text(title, LEFT, doc.y + 4, { width: WIDTH })
  doc.y += 3
  drawTableHead(doc, cols)
  for (const row of rows) {
    doc.fontSize(BODY)
    const height = Math.max(...cols.map(c => doc.heightOfString(row[c.value] || ' ', { width: c.width - 8 }))) + 6
    if (room(doc, height)) drawTableHead(doc, cols)
    const top = doc.y
    eachCell(cols, (c, x) => { doc.fontSize(BODY).fillColor(INK).text(row[c.value] ?? '', x + 4, top + 3, { width: c.width - 8, align: c.align ?? 'left' }) })
    doc.lineWidth(0.5).moveTo(LEFT, top + height).lineTo(RIGHT, top + height).stroke(LINE)
    doc.y = top + height
  }
  doc.y += 4
}

function drawTableHead(doc: Doc, cols: readonly Column[]): void {
  const top = doc.y
  doc.rect(LEFT, top, WIDTH, 18).fill(SHADE)
  eachCell(cols, (c, x) => { doc.fontSize(SMALL).fillColor(GREY).text(c.title, x + 4, top + 4, { width: c.width - 8, align: c.align ?? 'left', lineBreak: false }) })
  doc.y = top + 18
}

function eachCell(cols: readonly Column[], draw: (c: Column, x: number) => void): void {
  let x = LEFT
  for (const c of cols) { draw(c, x); x += c.width }
}

function drawTerms(doc: Doc, terms: readonly string[]): void {
  if (!terms.length) return
  doc.y += 6
  for (const term of terms) {
    room(doc, doc.fontSize(SMALL).heightOfString(term, { width: WIDTH }) + 2)
    doc.fillColor(GREY).text(term, LEFT, doc.y, { width: WIDTH, lineGap: 1.5 })
  }
}

function drawSignatures(doc: Doc, signatures: readonly string[]): void {
  room(doc, 62)
  const top = doc.y + 30, width = WIDTH / Math.max(1, signatures.length)
  for (const [i, name] of signatures.entries()) {
    const x = LEFT + i * width, label = doc.fontSize(BODY).widthOfString(name) + 6
    doc.fillColor(INK).text(name, x, top, { width: label, lineBreak: false })
    doc.lineWidth(0.6).moveTo(x + label, top + 13).lineTo(x + width - 14, top + 13).stroke(INK)
  }
  doc.y = top + 20
}

/** At the foot of every page, when it is known how many there are. */
function drawFeet(doc: Doc, order: OrderDocument): void {
  const { count } = doc.bufferedPageRange()
  for (let i = 0; i < count; i++) {
    doc.switchToPage(i)
    const y = 808
    doc.fontSize(SMALL).fillColor(GREY).text([order.site.address, order.site.phone].filter(Boolean).join('　'), LEFT, y, { width: WIDTH * 0.55, lineBreak: false, height: 12, ellipsis: true })
    doc.text(`${order.made}　第 ${i + 1} 页，共 ${count} 页`, LEFT + WIDTH * 0.45, y, { width: WIDTH * 0.55, align: 'right', lineBreak: false })
  }
}
