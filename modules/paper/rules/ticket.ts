/*
 * What stands on a strip of paper, without any printer's language: a source of papers makes it, an encoder prints it.
 */
export type TicketBlock =
  /** `big`: double width and height */
  | { kind: 'text'; text: string; align?: 'left' | 'center' | 'right'; big?: boolean; bold?: boolean }
  /** a label and its value; a long value hangs under itself */
  | { kind: 'fact'; label: string; value: string }
  | { kind: 'rule' }
  | { kind: 'qr'; text: string }
  | { kind: 'barcode'; text: string }
  | { kind: 'feed'; lines: number }

/** From top to bottom; the paper is cut after the last. */
export type Ticket = readonly TicketBlock[]

/** Widths of receipt paper in millimetres. */
export type PaperWidth = 58 | 80
