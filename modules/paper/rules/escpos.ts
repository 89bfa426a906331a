import { clean } from './clean.ts'
import { code128 } from './code128.ts'
import { encodeGb18030 } from './gb18030.ts'
import type { PaperWidth, Ticket, TicketBlock } from './ticket.ts'
import { widthOf, wrap } from './wrap.ts'

/*
 * A ticket in ESC/POS, the language of receipt printers. Only commands that are common to the makers: ESC @ initialise, FS & Chinese
 * characters, ESC a align, ESC E bold, GS ! size, FS W Chinese double size, GS ( k QR, GS k 73 Code 128, GS V cut. Text goes out in GB 18030.
 */

const ESC = 0x1b, GS = 0x1d, FS = 0x1c, LF = 0x0a
/** a line of standard font A and the printable dots (203 dpi) */
const PAPER: Record<PaperWidth, { columns: number; dots: number }> = { 58: { columns: 32, dots: 384 }, 80: { columns: 48, dots: 576 } }
const ALIGN = { left: 0, center: 1, right: 2 } as const
const BARCODE_HEIGHT = 64, BARCODE_WIDTHS = [3, 2]
/** dots a module of the QR code, and M: 15 % may be damaged */
const QR_MODULE = { 58: 5, 80: 6 } as const, QR_LEVEL = 49
/** the knife sits above the head: so much is fed that the last line is out */
const FEED_BEFORE_CUT = 4
const LABEL_COLUMNS = 10

/** The bytes that print a ticket on paper of this width. */
export function encodeTicket(ticket: Ticket, width: PaperWidth): Buffer {
  const parts = ticket.map(block => encodeBlock(block, width))
  return Buffer.concat([bytes(ESC, 0x40, FS, 0x26), ...parts, bytes(ESC, 0x64, FEED_BEFORE_CUT, GS, 0x56, 1)])
}

function encodeBlock(block: TicketBlock, width: PaperWidth): Buffer {
  const { columns } = PAPER[width]
  switch (block.kind) {
    case 'text': return textBlock(block, columns)
    case 'fact': return factBlock(block, columns)
    case 'rule': return line('-'.repeat(columns))
    case 'qr': return qrBlock(block.text, width)
    case 'barcode': return barcodeBlock(block.text, width)
    case 'feed': return bytes(ESC, 0x64, block.lines)
  }
}

const bytes = (...values: number[]): Buffer => Buffer.from(values)
/** Whatever text comes here is cleaned again: no byte below 0x20 reaches the printer from it. */
const line = (text: string): Buffer => Buffer.concat([encodeGb18030(text), bytes(LF)])

function textBlock(block: Extract<TicketBlock, { kind: 'text' }>, columns: number): Buffer {
  const big = block.big === true
  const lines = wrap(clean(block.text), big ? columns / 2 : columns)
  return Buffer.concat([
    bytes(ESC, 0x61, ALIGN[block.align ?? 'left'], ESC, 0x45, block.bold ? 1 : 0, GS, 0x21, big ? 0x11 : 0, FS, 0x57, big ? 1 : 0),
    ...lines.map(line), bytes(GS, 0x21, 0, FS, 0x57, 0, ESC, 0x45, 0, ESC, 0x61, 0),
  ])
}

function factBlock({ label, value }: { label: string; value: string }, columns: number): Buffer {
  const head = clean(label), indent = Math.max(LABEL_COLUMNS, widthOf(head) + 1)
  const lines = wrap(clean(value), columns - indent)
  return Buffer.concat((lines.length ? lines : ['']).map((text, i) => line(i === 0 ? head + ' '.repeat(indent - widthOf(head)) + text : ' '.repeat(indent) + text)))
}

/** GS ( k: model 2, module size, error correction, store, print (functions 165, 167, 169, 180, 181). */
function qrBlock(text: string, width: PaperWidth): Buffer {
  const data = Buffer.from(clean(text), 'utf8'), stored = data.length + 3
  const command = (...rest: number[]): number[] => [GS, 0x28, 0x6b, rest.length & 0xff, rest.length >> 8, ...rest]
  return Buffer.concat([
    bytes(ESC, 0x61, 1, ...command(0x31, 0x41, 50, 0), ...command(0x31, 0x43, QR_MODULE[width]), ...command(0x31, 0x45, QR_LEVEL)),
    bytes(GS, 0x28, 0x6b, stored & 0xff, stored >> 8, 0x31, 0x50, 0x30), data, bytes(...command(0x31, 0x51, 0x30)), bytes(ESC, 0x61, 0),
  ])
}

/**
 * GS k 73 with the sets chosen by us, bars two or three dots a module. Where even two dots are too wide for the paper there is no barcode:
 * thinner bars cannot be read, and printers refuse them. The text below it is printed in any case.
 */
function barcodeBlock(text: string, width: PaperWidth): Buffer {
  const { chunks, modules } = code128(clean(text))
  const dots = BARCODE_WIDTHS.find(w => modules * w <= PAPER[width].dots)
  if (!dots) return textBlock({ kind: 'text', text, align: 'center' }, PAPER[width].columns)
  const data = chunks.flatMap(({ set, text: piece }) => [0x7b, set.charCodeAt(0), ...(set === 'C' ? (piece.match(/../g) ?? []).map(Number) : [...Buffer.from(piece.replaceAll('{', '{{'))])])
  return Buffer.concat([bytes(ESC, 0x61, 1, GS, 0x68, BARCODE_HEIGHT, GS, 0x77, dots, GS, 0x48, 2, GS, 0x6b, 73, data.length, ...data), bytes(ESC, 0x61, 0)])
}
