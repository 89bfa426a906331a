import { api, Field, type FieldMeta, type Page, type Row } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { useEffect, useMemo } from 'react'
import { td } from './texts.ts'

type Props = { field: FieldMeta, lineId: string | null, value: string | null, error: string | undefined, onChange: (id: string | null) => void }

/** What is wrong in one word, from the company's list for the line; a company without such a list is not asked. */
export function FaultPick({ field, lineId, value, error, onChange }: Props) {
  const read = useQuery({ queryKey: ['entity', 'faultCategory', 'list', 'desk'], queryFn: ({ signal }) => api.get<Page<Row>>('/fault-categories', { query: { filter: { off: false }, limit: 200 }, signal }), staleTime: 5 * 60_000 })
  const options = useMemo(() => (read.data?.items ?? []).filter(each => !each.productLineId || each.productLineId === lineId).map(each => ({ value: each.id, label: String(each.name) })), [read.data, lineId])
  const gone = value !== null && read.data !== undefined && !options.some(each => each.value === value)
  useEffect(() => { if (gone) onChange(null) }, [gone, onChange])
  if (options.length === 0) return null
  return (
    <Field field={{ ...field, required: false, help: '' }} value={value} error={error} prefix="sd-request" onChange={next => onChange((next as string | null) ?? null)}>
      <Select id="sd-request-faultCategoryId" allowClear showSearch={{ optionFilterProp: 'label' }} style={{ width: '100%' }} placeholder={td('whichFault')} value={gone ? null : value} options={options} onChange={(id: string | null | undefined) => onChange(id ?? null)} />
    </Field>
  )
}
