import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Dropdown, Input, Modal, type MenuProps } from 'antd'
import { api } from '../core/api.ts'
import { forget, keys } from '../core/query.ts'
import { useMeta, useSession } from '../core/session.ts'
import type { EntityMeta, Filter, Page, Row } from '../core/types.ts'
import { t } from '../core/texts.ts'
import { useSay } from '../frame/say.ts'
import { Icon } from '../icons.tsx'
import { emptyState, type ListState } from './state.ts'
import { tl } from './texts.ts'

export type ViewQuery = { q?: string, filter?: Filter, sort?: string, columns?: string[] }

type Props = { entity: EntityMeta, state: ListState, onApply: (patch: Partial<ListState>) => void }

/** Saved views of a list: own and shared; apply, save, update, share, delete. */
export function SavedViews({ entity, state, onApply }: Props) {
  const say = useSay()
  const session = useSession()
  const plural = useMeta().entities.find(each => each.name === 'savedView')?.plural
  const [naming, setNaming] = useState(false)
  const [name, setName] = useState('')
  const views = useQuery({
    queryKey: keys.list('savedView', { of: entity.name }),
    queryFn: ({ signal }) => api.get<Page<Row>>(`/${plural}`, { query: { filter: { entity: entity.name }, sort: 'name', limit: 100 }, signal }),
    enabled: plural !== undefined,
  })
  if (!plural) return null
  const items = views.data?.items ?? []
  const current = items.find(view => view.id === state.view)
  const mine = current !== undefined && (current.ownerId ?? current.createdBy) === session.user.id
  const query: ViewQuery = { q: state.q, filter: state.filter, sort: state.sort, columns: state.columns }

  const attempt = async (work: () => Promise<unknown>) => {
    try { await work(); await forget('savedView') } catch (error) { say.error(error) }
  }
  const apply = (view: Row | undefined) => {
    const saved = (view?.query ?? {}) as ViewQuery
    onApply({ ...emptyState, q: saved.q ?? '', filter: saved.filter ?? {}, sort: saved.sort ?? '', columns: saved.columns ?? [], view: view?.id ?? '' })
  }
  const create = () => attempt(async () => {
    const view = await api.post<Row>(`/${plural}`, { entity: entity.name, name: name.trim(), query, shared: false })
    setNaming(false)
    onApply({ view: view.id })
    say.ok(tl('viewSaved'))
  })
  const menu: MenuProps['items'] = [
    { key: 'all', label: tl('allRecords', { label: entity.label }), onClick: () => apply(undefined) },
    ...(items.length > 0 ? [{ type: 'divider' as const }] : []),
    ...items.map(view => ({ key: view.id, label: <span className="qc-row">{String(view.name)}{view.shared ? <span className="qc-faint">{tl('shared')}</span> : null}</span>, onClick: () => apply(view) })),
    { type: 'divider' },
    { key: 'save', icon: <Icon name="save" />, label: tl('saveView'), onClick: () => { setName(''); setNaming(true) } },
    ...(current && mine ? [
      { key: 'update', icon: <Icon name="check" />, label: tl('updateView', { name: String(current.name) }), onClick: () => void attempt(() => api.patch(`/${plural}/${current.id}`, { query })) },
      { key: 'share', icon: <Icon name="share" />, label: current.shared ? tl('unshareView') : tl('shareView'), onClick: () => void attempt(() => api.patch(`/${plural}/${current.id}`, { shared: !current.shared })) },
      { key: 'remove', icon: <Icon name="trash" />, danger: true, label: tl('removeView'), onClick: () => void attempt(async () => { await api.remove(`/${plural}/${current.id}`); onApply({ view: '' }) }) },
    ] : []),
  ]
  return (
    <>
      <Dropdown menu={{ items: menu, selectedKeys: [state.view || 'all'] }} trigger={['click']}>
        <button type="button" className="qc-button qc-quiet"><Icon name="star" /><span className="qc-clip">{current ? String(current.name) : tl('views')}</span><Icon name="down" size={12} /></button>
      </Dropdown>
      <Modal open={naming} title={tl('saveView')} okText={t('save')} okButtonProps={{ disabled: name.trim() === '' }} onCancel={() => setNaming(false)} onOk={() => void create()} destroyOnHidden>
        <Input autoFocus aria-label={tl('viewName')} placeholder={tl('viewName')} maxLength={60} value={name} onChange={event => setName(event.target.value)} onPressEnter={() => { if (name.trim()) void create() }} />
      </Modal>
    </>
  )
}
