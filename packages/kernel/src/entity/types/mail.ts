import { plainText, refuse, TEXT_OPERATORS, type FieldType } from './type.ts'

export const mail: FieldType = {
  name: 'mail',
  column: () => 'text',
  fromExt: t => t,
  parse(value) {
    const s = plainText(value, 254).toLowerCase()
    return /^[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;.]+$/.test(s) ? s : refuse('MAIL', '邮箱地址不对')
  },
  toJson: v => v,
  operators: TEXT_OPERATORS,
  sortable: true,
  mask: v => String(v).replace(/^(.).*@/, '$1***@'),
  toCell: v => v as string,
}
