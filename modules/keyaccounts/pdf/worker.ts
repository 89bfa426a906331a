import { createRequire } from 'node:module'
import { parentPort, workerData } from 'node:worker_threads'
import PDFDocument from 'pdfkit'
import type { ReportDocument } from '../rules/report.ts'

/* One report, in a thread of its own as the other papers are. Its only time is the period's last day, and its file id follows from it: the same figures, the same bytes. */

const r = workerData as ReportDocument
const font = createRequire(import.meta.resolve('@quancheng/paper')).resolve('@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf')
const at = new Date(`${r.until}T00:00:00Z`)
const doc = new PDFDocument({ size: 'A4', margins: { top: 42, bottom: 30, left: 45, right: 45 }, autoFirstPage: true, font, lang: 'zh-CN', displayTitle: true, info: { Title: `${r.customer} ${r.title} ${r.period}`, Author: r.company, CreationDate: at, ModDate: at } })
const chunks: Buffer[] = []
doc.on('data', chunk => chunks.push(chunk))
doc.on('end', () => parentPort!.postMessage(Buffer.concat(chunks)))

const LEFT = 45, WIDTH = 505, BOTTOM = 790, COLUMNS = [235, 70, 90, 110], INK = '#000000', GREY = '#555555'
doc.fontSize(9.5).fillColor(GREY).text(r.company, LEFT, 42)
doc.fontSize(18).fillColor(INK).text(`${r.customer}　${r.title} ${r.period}`, LEFT, doc.y + 2, { width: WIDTH })
doc.y += 6
for (const [name, value] of r.facts) { doc.fontSize(10).fillColor(GREY).text(name, LEFT, doc.y, { width: 90, lineBreak: false }); doc.fillColor(INK).text(value, LEFT + 90, doc.y, { width: WIDTH - 90 }) }
for (const t of r.tables) {
  if (!t.rows.length) continue
  if (doc.y > BOTTOM - 60) { doc.addPage(); doc.y = LEFT }
  doc.fontSize(11).fillColor(INK).text(t.title, LEFT, doc.y + 10, { width: WIDTH })
  for (const [i, row] of [t.columns, ...t.rows].entries()) {
    const height = doc.fontSize(9.5).heightOfString(row[0] || ' ', { width: COLUMNS[0]! - 6 }) + 4
    if (doc.y + height > BOTTOM) { doc.addPage(); doc.y = LEFT }
    const top = doc.y
    let x = LEFT
    for (const [c, cell] of row.entries()) { doc.fillColor(i ? INK : GREY).text(cell, x, top + 2, { width: COLUMNS[c]! - 6, align: c ? 'right' : 'left' }); x += COLUMNS[c]! }
    doc.y = top + height
    doc.lineWidth(0.5).moveTo(LEFT, doc.y).lineTo(LEFT + WIDTH, doc.y).stroke('#999999')
  }
}
doc.end()
