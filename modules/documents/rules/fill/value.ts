/** What a placeholder may stand for: a text or a number (with its text), rows of such, or a thing with fields of its own that also has a name. */
export interface FillNumber { number: number; text: string }
export type FillValue = string | FillNumber | FillScope | FillScope[] | null
export interface FillScope { [name: string]: FillValue }
/** the name of a thing under which it appears when it stands alone: {{客户}} beside {{客户.电话}} */
export const SELF = '.'

const isScope = (v: FillValue | undefined): v is FillScope => typeof v === 'object' && v !== null && !Array.isArray(v) && !('number' in v && 'text' in v)

/** The value of `客户.电话` in the innermost of `scopes` that knows it; undefined: nobody does. */
export function lookUp(path: string, scopes: readonly FillScope[]): FillValue | undefined {
  const [first, ...rest] = path.split('.').map(p => p.trim())
  for (const scope of scopes.toReversed()) {
    if (first === undefined || !Object.hasOwn(scope, first)) continue
    let value: FillValue | undefined = scope[first]
    for (const step of rest) value = isScope(value) && Object.hasOwn(value, step) ? value[step] : undefined
    return value
  }
  return undefined
}

/** As it stands in a text. */
export function textOf(value: FillValue | undefined): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') return value
  if (Array.isArray(value)) return value.map(textOf).filter(Boolean).join('、')
  return isScope(value) ? textOf(value[SELF]) : value.text
}

/** 0 and 否 hide a conditional part as an empty value does. */
export const holds = (value: FillValue | undefined): boolean => (Array.isArray(value) ? value.length > 0 : !['', '0', '0.00', '否'].includes(textOf(value)))
/** The scopes for which a section is repeated: a row each, or once for a value that holds. */
export const rowsOf = (value: FillValue | undefined): FillScope[] => (Array.isArray(value) ? value : !holds(value) ? [] : [isScope(value) ? value : {}])
