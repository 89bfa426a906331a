import { createRequire } from 'node:module'
import { parentPort, workerData } from 'node:worker_threads'
import PDFDocument from 'pdfkit'
import { drawOrder } from './draw.ts'
import type { OrderDocument } from './order.ts'
import { drawText, type TextDocument } from './text.ts'

/* A thread of its own for one document: reading the font and cutting it down to the characters used takes a few tenths of a second, during which nobody else should wait. */

const order = workerData as OrderDocument | TextDocument
const font = createRequire(import.meta.url).resolve('@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf')
const doc = new PDFDocument({ size: 'A4', margins: { top: 42, bottom: 20, left: 45, right: 45 }, bufferPages: true, autoFirstPage: true, font, lang: 'zh-CN', displayTitle: true, info: { Title: `${order.title} ${order.number}`, Author: order.company } })
const chunks: Buffer[] = []
doc.on('data', chunk => chunks.push(chunk))
doc.on('end', () => parentPort!.postMessage(Buffer.concat(chunks)))
if ('blocks' in order) drawText(doc, order)
else drawOrder(doc, order)
doc.end()
