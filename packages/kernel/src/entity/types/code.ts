import { plainText, refuse, TEXT_OPERATORS, type FieldType } from './type.ts'

/** Serial numbers, voucher numbers, station codes: compared without case, blanks and full-width forms. */
export const code: FieldType = {
  name: 'code',
  column: () => 'text',
  fromExt: t => t,
  parse(value, spec) {
    const s = plainText(value, spec.max ?? 60).normalize('NFKC').replace(/\s+/g, '').toUpperCase()
    if (!/^[\p{L}\p{N}][\p{L}\p{N}._/#-]*$/u.test(s)) return refuse('CODE', '编号只能由字母、数字和 . _ / # - 组成')
    if (spec.pattern && !new RegExp(`^(?:${spec.pattern})$`, 'u').test(s)) return refuse('PATTERN', '编号格式不符合要求')
    return s
  },
  toJson: v => v,
  operators: TEXT_OPERATORS,
  sortable: true,
  mask: v => { const s = String(v); return s.length < 8 ? '***' : `${s.slice(0, 2)}***${s.slice(-2)}` },
  toCell: v => v as string,
}
