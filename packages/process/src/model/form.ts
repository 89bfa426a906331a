import { FeelError, compileFeel, type FeelExpression } from '../feel/index.ts'
import { flag, outcomesOf, requiredText } from './extension.ts'
import type { Moddle } from './moddle.ts'
import { called, extensions, text } from './moddle.ts'
import type { Findings } from './problems.ts'
import { refuse } from './problems.ts'
import type { FieldSpec, FormPart, UserTaskSpec, VariableType } from './types.ts'

export const VARIABLE_TYPES: readonly VariableType[] = ['text', 'number', 'date', 'boolean', 'choice']
const WIDTHS = ['half', 'full'] as const

/** The fields of a task's form. Whatever is wrong with one is said with its name, for a form has many. */
export function readFields(element: Moddle, findings: Findings): FieldSpec[] {
  return extensions(element, 'qc:Field').map((f) => {
    const name = requiredText(f, 'name', element, findings)
    const label = text(f, 'label')
    const wrong = (what: string, code: 'QC_INVALID' | FeelError['code'] = 'QC_INVALID'): void => refuse(findings, element.id, code, `${called(element)}的字段“${label ?? name}”${what}`)
    const field: FieldSpec = { name, label, required: flag(f, 'required'), readonly: flag(f, 'readonly'), outcomes: outcomesOf(f) }
    const help = text(f, 'help')
    if (help !== null) field.help = help
    const width = text(f, 'width')
    if (width === 'half' || width === 'full') field.width = width
    else if (width !== null) wrong(`的宽度“${width}”无效，应为 ${WIDTHS.join(' 或 ')}`)
    readType(f, field, wrong)
    const initial = readOwn(f, 'default', '的默认值', wrong)
    if (initial) field.initial = initial
    if (initial && field.readonly) wrong('是只读的，不能有默认值')
    const visibleWhen = readOwn(f, 'visibleWhen', '的显示条件', wrong)
    if (visibleWhen) field.visibleWhen = visibleWhen
    return field
  })
}

function readType(f: Moddle, field: FieldSpec, wrong: (what: string) => void): void {
  const type = text(f, 'type')
  const options = (text(f, 'options') ?? '').split('|').map((o) => o.trim()).filter(Boolean)
  if (type !== null) {
    const known = VARIABLE_TYPES.find((t) => t === type)
    if (known) field.type = known
    else wrong(`的类型“${type}”无效，应为 ${VARIABLE_TYPES.join('、')} 之一`)
  }
  if (type === 'choice' && !options.length) wrong('没有选项')
  if (type !== 'choice' && options.length) wrong('有选项，类型却不是 choice')
  const twice = options.find((o, i) => options.indexOf(o) !== i)
  if (twice) wrong(`的选项“${twice}”重复`)
  if (options.length) field.options = options
}

function readOwn(f: Moddle, attribute: string, what: string, wrong: (what: string, code: FeelError['code']) => void): FeelExpression | null {
  const source = text(f, attribute)
  if (source === null) return null
  try {
    return compileFeel(source)
  } catch (error) {
    if (!(error instanceof FeelError)) throw error
    wrong(`${what}有误：${error.message}`, error.code)
    return null
  }
}

const PARTS: Readonly<Record<string, FormPart['part']>> = { 'qc:Section': 'section', 'qc:Field': 'field', 'qc:Item': 'item', 'qc:Script': 'script' }

/** The order of the file, where the form has sections; a form without them is shown as it always was: what to say, what to tick, what to fill in. */
export function readLayout(element: Moddle, task: Pick<UserTaskSpec, 'script'>, findings: Findings): FormPart[] | null {
  const sections = extensions(element, 'qc:Section')
  if (!sections.length) return null
  const lines = task.script[Symbol.iterator]()
  const layout = extensions(element).flatMap((e): FormPart[] => {
    const part = PARTS[e.$type]
    if (!part) return []
    if (part === 'section') return [{ part, id: requiredText(e, 'id', element, findings), label: requiredText(e, 'label', element, findings) }]
    // a line of 话术 without an id has been given one
    return [{ part, id: part === 'script' ? (lines.next().value?.id ?? '') : (text(e, part === 'field' ? 'name' : 'id') ?? '') }]
  })
  const ids = layout.filter((p) => p.part === 'section').map((p) => p.id)
  const twice = ids.find((id, i) => id !== '' && ids.indexOf(id) !== i)
  if (twice) refuse(findings, element.id, 'QC_INVALID', `${called(element)}的 qc:Section“${twice}”重复`)
  return layout
}
