import type { PaperWidth, Ticket } from '../rules/ticket.ts'

/** What shows at a glance whether Chinese, widths, codes and the knife are right. */
export const testPage = (o: { printer: string; width: PaperWidth; by: string }): Ticket => [
  { kind: 'text', text: '打印测试', align: 'center', big: true, bold: true }, { kind: 'rule' },
  { kind: 'fact', label: '打印机', value: o.printer }, { kind: 'fact', label: '纸宽', value: `${o.width} 毫米` }, { kind: 'fact', label: '经办', value: o.by },
  { kind: 'rule' }, { kind: 'text', text: '一二三四五六七八九十 ABC 123' }, { kind: 'barcode', text: o.width === 58 ? '20260101' : 'HZ01-20260101-0001' }, { kind: 'qr', text: 'OK' },
  { kind: 'text', text: '以上两种码都能扫出来，就可以用了。', align: 'center' },
]
