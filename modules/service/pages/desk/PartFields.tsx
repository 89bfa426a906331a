import { api, Field, fieldOf, Skeleton, useEntity, type FieldMeta, type Page, type Row } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Radio } from 'antd'
import { Fragment } from 'react'
import { FaultPick } from './FaultPick.tsx'
import { DESK_FIELDS, valueOf, type Draft, type Known, type Part } from './fields.ts'
import { PhoneProofTyped } from './PhoneProof.tsx'
import { td } from './texts.ts'

const entities = { customer: 'customer', device: 'device', request: 'serviceRequest' } as const

type Props = { part: Part, draft: Draft, known: Known, errors: Record<string, string>, onChange: (part: Part, name: string, value: unknown) => void }

/** The fields of one part of the registration, as the entity describes them. */
export function PartFields({ part, draft, known, errors, onChange }: Props) {
  const entity = useEntity(entities[part])
  if (!entity) return <Skeleton lines={2} />
  const phone = part === 'customer' ? valueOf(draft, known, 'customer', 'phone') : null
  return (
    <div className="qc-fields sd-fields">
      {DESK_FIELDS[part].flatMap(name => {
        const field = fieldOf(entity, name)
        return field ? [{ ...field, help: '' }] : []
      }).map(field => {
        // What the server would put there anyway is shown, so that nobody thinks it must be chosen.
        const value = valueOf(draft, known, part, field.name) ?? (part !== 'request' && known[part] ? undefined : field.default)
        const shared = { field: required(part, field), value, error: errors[`${part}.${field.name}`], prefix: `sd-${part}`, row: part === 'request' ? undefined : known[part] ?? undefined, disabled: masked(part, known, field), onChange: (next: unknown) => onChange(part, field.name, next) }
        return field.name === 'productLineId'
          ? <Field key={field.name} {...shared}><Lines value={value as string | undefined} disabled={known.device !== null} onChange={shared.onChange} /></Field>
          : field.name === 'phone' && part === 'customer'
            ? <Fragment key={field.name}><Field {...shared} /><PhoneProofTyped phone={masked(part, known, field) ? null : phone} customerId={known.customer?.id ?? null} /></Fragment>
            : <Field key={field.name} {...shared} />
      })}
      {part === 'request' && fieldOf(entity, 'faultCategoryId') && <FaultPick field={fieldOf(entity, 'faultCategoryId')!} lineId={(valueOf(draft, known, 'device', 'productLineId') as string | undefined) ?? null} value={(draft.request.faultCategoryId as string | undefined) ?? null} error={errors['request.faultCategoryId']} onChange={next => onChange('request', 'faultCategoryId', next)} />}
    </div>
  )
}

/** What the counter asks beyond the entity's own rules: somebody to call, and what is wrong. */
function required(part: Part, field: FieldMeta): FieldMeta {
  return (part === 'customer' && field.name === 'phone') || (part === 'request' && field.name === 'faultDescription') || (part === 'device' && field.name === 'productLineId') ? { ...field, required: true } : field
}

const masked = (part: Part, known: Known, field: FieldMeta): boolean => part !== 'request' && (known[part]?.$masked?.includes(field.name) ?? false)

/** All lines side by side: one key or one touch, no list to open. */
function Lines({ value, onChange, disabled }: { value: string | undefined, onChange: (id: string) => void, disabled: boolean }) {
  const lines = useQuery({ queryKey: ['entity', 'productLine', 'list', 'desk'], queryFn: ({ signal }) => api.get<Page<Row>>('/product-lines', { query: { filter: { off: false }, limit: 50 }, signal }), staleTime: 5 * 60_000 })
  return <Radio.Group id="sd-device-productLineId" aria-label={td('whichLine')} optionType="button" buttonStyle="solid" disabled={disabled} value={value ?? null} onChange={event => onChange(String(event.target.value))} options={(lines.data?.items ?? []).map(line => ({ value: line.id, label: String(line.name) }))} />
}
