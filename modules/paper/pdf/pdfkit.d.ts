/** The part of pdfkit that is used here; lengths in points (1/72 inch). */
declare module 'pdfkit' {
  export interface TextOptions { width?: number; align?: 'left' | 'center' | 'right'; lineBreak?: boolean; lineGap?: number; height?: number; ellipsis?: boolean | string; characterSpacing?: number }
  export interface DocumentOptions { size?: string | [number, number]; margins?: { top: number; bottom: number; left: number; right: number }; bufferPages?: boolean; info?: Record<string, string | Date>; lang?: string; font?: string; compress?: boolean; autoFirstPage?: boolean; displayTitle?: boolean }
  export default class PDFDocument {
    constructor(options?: DocumentOptions)
    x: number
    y: number
    page: { width: number; height: number; margins: { top: number; bottom: number; left: number; right: number } }
    registerFont(name: string, source: Buffer | string): this
    font(name: string): this
    fontSize(size: number): this
    fillColor(color: string): this
    strokeColor(color: string): this
    lineWidth(width: number): this
    dash(length: number, o?: { space?: number }): this
    undash(): this
    text(text: string, x?: number, y?: number, o?: TextOptions): this
    heightOfString(text: string, o?: TextOptions): number
    widthOfString(text: string, o?: TextOptions): number
    rect(x: number, y: number, width: number, height: number): this
    moveTo(x: number, y: number): this
    lineTo(x: number, y: number): this
    fill(color?: string): this
    stroke(color?: string): this
    save(): this
    restore(): this
    addPage(): this
    switchToPage(n: number): this
    bufferedPageRange(): { start: number; count: number }
    on(event: 'data', listener: (chunk: Buffer) => void): this
    on(event: 'end', listener: () => void): this
    on(event: 'error', listener: (error: Error) => void): this
    end(): void
  }
}
