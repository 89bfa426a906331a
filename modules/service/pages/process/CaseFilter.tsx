import { fieldOf, Icon, RefPicker, useEntity } from '@quancheng/ui'
import { tp } from './texts.ts'

const FIELDS = [['line', 'productLineId', 'productLine'], ['fault', 'faultCategoryId', 'faultCategory']] as const

type Props = { entity: string | null, line: string | null, fault: string | null, variant: string | null, onChange: (name: string, value: string | null) => void }

/** Product line and fault, where the records of the process have them; and the one course that is looked at. It holds for every panel. */
export function CaseFilter({ entity, line, fault, variant, onChange }: Props) {
  const meta = useEntity(entity ?? '')
  const values = { line, fault }
  return (
    <>
      {meta && FIELDS.map(([name, field, target]) => fieldOf(meta, field) && <RefPicker key={name} entity={target} ariaLabel={tp(name)} placeholder={tp(name)} value={values[name]} onChange={id => onChange(name, typeof id === 'string' ? id : null)} style={{ width: 140 }} />)}
      {variant && <button type="button" className="sp-chip" aria-label={tp('everyWay')} onClick={() => onChange('variant', null)}>{tp('onlyThis')}<Icon name="close" size={12} /></button>}
    </>
  )
}
