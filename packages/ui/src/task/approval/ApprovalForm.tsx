import '../../styles/page.css'
import type { Row } from '../../core/types.ts'
import { moneyText } from '../../core/text.tsx'
import { FieldValue } from '../../list/FieldValue.tsx'
import type { ApprovalField } from './types.ts'

/** The form as it was filled in. Lines (a list of objects) stand as a small table. */
export function ApprovalForm({ fields }: { fields: ApprovalField[] }) {
  return (
    <dl className="qc-values">
      {fields.map(field => (
        <div key={field.name} className={isLines(field.value) ? 'qa-wide' : undefined}><dt>{field.label}</dt><dd>{isLines(field.value) ? <Lines lines={field.value} />
          : <FieldValue plain field={field} row={{ id: '', [field.name]: field.value, $labels: { [field.name]: field.valueLabel as string }, ...(field.access === 'mask' ? { $masked: [field.name] } : {}) } as Row} />}</dd></div>
      ))}
    </dl>
  )
}

type Line = Record<string, unknown>
const isLines = (value: unknown): value is Line[] => Array.isArray(value) && value.length > 0 && value.every(each => each !== null && typeof each === 'object')

function Lines({ lines }: { lines: Line[] }) {
  return (
    <ul className="qc-plain qa-lines">{lines.map((line, i) => (
      <li key={i}>{['date', 'kind', 'note'].map(name => line[name]).filter(Boolean).map(String).join(' · ')}<b className="qc-number">{line.amount === undefined ? '' : moneyText(String(line.amount))}</b></li>
    ))}</ul>
  )
}
