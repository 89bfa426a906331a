/** Readers for tests: what a printer would make of bytes, what a person can copy from a PDF. */
export { readEscPos, type Printed } from './read-escpos.ts'
export { readPdf } from './read-pdf.ts'
