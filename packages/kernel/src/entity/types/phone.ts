import { plainText, refuse, TEXT_OPERATORS, type FieldType } from './type.ts'

/** Mainland mobile, land line with area code and extension, 400/800 numbers, or `+` and 7–15 digits (E.164). */
const PHONE = /^(1[3-9]\d{9}|0\d{2,3}-?\d{7,8}(-\d{1,6})?|[48]00-?\d{3}-?\d{4}|\+\d{7,15}|\d{5,8})$/

export const phone: FieldType = {
  name: 'phone',
  column: () => 'text',
  fromExt: t => t,
  parse(value) {
    let s = plainText(value, 40).normalize('NFKC').replace(/[\s()]/g, '')
    if (/^(\+86|0086)-?1[3-9]\d{9}$/.test(s)) s = s.replace(/^(\+86|0086)-?/, '')
    if (/^1[3-9]\d[- ]\d{4}[- ]\d{4}$/.test(s)) s = s.replaceAll('-', '')
    return PHONE.test(s) ? s : refuse('PHONE', '电话号码不对，手机应为 11 位，座机请带区号')
  },
  toJson: v => v,
  operators: TEXT_OPERATORS,
  sortable: true,
  mask: v => { const s = String(v); return s.length >= 11 ? `${s.slice(0, 3)}****${s.slice(-4)}` : `****${s.slice(-2)}` },
  toCell: v => v as string,
}
