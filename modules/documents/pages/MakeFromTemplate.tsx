import { useQuery } from '@tanstack/react-query'
import { api, forget, Icon, useSay, type PanelProps } from '@quancheng/ui'
import { Dropdown } from 'antd'
import { useState } from 'react'
import { td } from './texts.ts'

/** Beside the upload button of a record's files, where there are templates for such records. */
export default function MakeFromTemplate({ row }: PanelProps) {
  const say = useSay(), entity = String(row.$entity)
  const [busy, setBusy] = useState(false)
  const templates = useQuery({ queryKey: ['documents', 'for', entity], queryFn: ({ signal }) => api.get<{ items: Array<{ id: string, name: string }> }>(`/document-templates/for/${entity}`, { signal }), staleTime: 60_000 })
  const make = async (id: string): Promise<void> => {
    setBusy(true)
    try {
      const made = await api.post<{ name: string, unknown: string[] }>(`/document-templates/${id}/fill`, { recordId: row.id })
      if (made.unknown.length) say.warn(td('madeEmpty', { name: made.name, list: made.unknown.join('、') }))
      else say.ok(td('made', { name: made.name }))
      await forget(entity)
    } catch (error) { say.error(error) } finally { setBusy(false) }
  }
  if (!templates.data?.items.length) return null
  return (
    <Dropdown trigger={['click']} menu={{ items: templates.data.items.map(x => ({ key: x.id, label: x.name, onClick: () => void make(x.id) })) }}>
      <button type="button" className="qc-button" disabled={busy}><Icon name="plus" />{td('make')}</button>
    </Dropdown>
  )
}
