import '../styles/page.css'
import { useRef, useState, type ReactNode } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Dropdown, Tabs } from 'antd'
import { useLocation, useNavigate } from 'react-router'
import { api } from '../core/api.ts'
import { useLive } from '../core/live.ts'
import { usePhone } from '../core/media.ts'
import { forget, keys } from '../core/query.ts'
import { can, fieldOf, findEntity, useEntity, useMeta } from '../core/session.ts'
import { t } from '../core/texts.ts'
import type { EntityMeta, Filter, Row } from '../core/types.ts'
import { EntityForm } from '../form/EntityForm.tsx'
import { PageFrame } from '../frame/PageFrame.tsx'
import { useSay } from '../frame/say.ts'
import { EmptyState, ErrorState, Skeleton } from '../frame/States.tsx'
import { Icon } from '../icons.tsx'
import { titleOf } from '../list/FieldValue.tsx'
import { EntityList } from '../list/EntityList.tsx'
import { When } from '../time/Times.tsx'
import { Attachments } from './Attachments.tsx'
import { Comments } from './Comments.tsx'
import { Fields } from './Fields.tsx'
import { History } from './History.tsx'
import { ReasonDialog } from './ReasonDialog.tsx'
import { ShareButton } from './Sharing.tsx'
import { tp } from './texts.ts'

export type Related = { entity: string, plural: string, field?: string, label: string, count: number }
export type PageTab = { key: string, label: ReactNode, content: ReactNode }

export type EntityPageProps = {
  entity: string
  id: string
  /** shown beside the standard actions; a function gets the record */
  actions?: (row: Row) => ReactNode
  /** before the details */
  top?: (row: Row) => ReactNode
  /** additional tabs, before the related ones */
  tabs?: (row: Row) => PageTab[]
  hideFields?: string[]
  back?: string
}

/** The page of any record, from metadata: values, edit, related lists, comments, attachments, history. */
export function EntityPage(props: EntityPageProps) {
  const entity = useEntity(props.entity)
  const row = useQuery({
    queryKey: keys.row(entity?.name ?? '', props.id),
    queryFn: ({ signal }) => api.get<Row>(`/${entity!.plural}/${props.id}`, { signal }),
    enabled: entity !== undefined,
  })
  useLive(change => change.id === props.id, () => entity && void forget(entity.name))
  if (!entity) return <EmptyState icon="lock" title={t('forbiddenTitle')} hint={t('forbiddenHint')} />
  const back = props.back ?? `/e/${entity.plural}`
  if (row.isPending) return <PageFrame title={entity.label} back={back}><div className="qc-panel"><Skeleton lines={10} /></div></PageFrame>
  if (row.isError) return <PageFrame title={entity.label} back={back}><div className="qc-panel"><ErrorState error={row.error} onRetry={() => void row.refetch()} /></div></PageFrame>
  return <Shown {...props} meta={entity} row={row.data} back={back} />
}

function Shown({ meta, row, actions, top, tabs, hideFields = [], back }: EntityPageProps & { meta: EntityMeta, row: Row, back: string }) {
  const say = useSay()
  const navigate = useNavigate()
  const location = useLocation()
  const everything = useMeta()
  const params = new URLSearchParams(location.search)
  const [erasing, setErasing] = useState(false)
  const editing = params.get('edit') === '1'
  const title = titleOf(meta.display, row, meta.fields)
  const go = (name: string, value: string | null) => {
    const next = new URLSearchParams(location.search)
    if (value) next.set(name, value)
    else next.delete(name)
    void navigate({ search: next.toString() }, { replace: true, preventScrollReset: true })
  }
  const related = useQuery({ queryKey: keys.part(meta.name, row.id, 'related'), queryFn: ({ signal }) => api.get<Related[]>(`/${meta.plural}/${row.id}/related`, { signal }) })

  const remove = async () => {
    if (!await say.ask({ title: tp('removeTitle', { name: title }), content: tp('removeHint'), danger: true, okText: t('remove') })) return
    try {
      await api.remove(`/${meta.plural}/${row.id}`)
      await forget(meta.name)
      say.ok(t('removed'))
      await navigate(back, { replace: true })
    } catch (error) { say.error(error) }
  }
  const erase = async (reason: string) => {
    try {
      await api.post(`/${meta.plural}/${row.id}/erase`, { reason })
      await forget(meta.name)
      setErasing(false)
      say.ok(t('saved'))
    } catch (error) { say.error(error) }
  }
  const menu = [
    ...(meta.actions.erase ?? can(`${meta.name}:erase`) ? [{ key: 'erase', label: tp('erase'), danger: true, onClick: () => setErasing(true) }] : []),
    ...(meta.actions.remove ? [{ key: 'remove', label: t('remove'), danger: true, icon: <Icon name="trash" />, onClick: () => void remove() }] : []),
  ]
  const heading = (
    <>
      {actions?.(row)}
      {meta.actions.share && !editing && <ShareButton entity={meta} id={row.id} />}
      {meta.actions.update && !editing && <button type="button" className="qc-button" onClick={() => go('edit', '1')}><Icon name="edit" />{t('edit')}</button>}
      {menu.length > 0 && <Dropdown menu={{ items: menu }} trigger={['click']}><button type="button" className="qc-icon-button" aria-label={t('more')}><Icon name="more" /></button></Dropdown>}
    </>
  )
  const details = editing
    ? <div className="qc-panel-pad"><Editing entity={meta.name} row={row} onEnd={() => go('edit', null)} /></div>
    : <Fields entity={meta} row={row} hide={hideFields} />
  const phone = usePhone()
  const own: PageTab[] = [{ key: 'details', label: tp('details'), content: details }, ...tabs?.(row) ?? []]
  const all = [...own, ...relatedTabs(everything.entities, meta, row, related.data, phone)]
  const active = editing ? 'details' : all.some(tab => tab.key === params.get('tab')) ? params.get('tab')! : 'details'
  return (
    <PageFrame title={title} subtitle={<>{meta.label}{row.updatedAt && <> · {tp('updated')} <When at={row.updatedAt} /></>}</>} back={back} actions={heading}>
      {top?.(row)}
      <div className="qc-panel qc-tabs">
        <Tabs activeKey={active} onChange={key => go('tab', key === 'details' ? null : key)} destroyOnHidden items={all.map(tab => ({ key: tab.key, label: tab.label, children: tab.content }))} />
      </div>
      {erasing && <ReasonDialog open danger title={tp('eraseTitle')} hint={tp('eraseHint')} okText={tp('erase')} onOk={erase} onClose={() => setErasing(false)} />}
    </PageFrame>
  )
}

/** The form keeps the record as it was when the person began: what others save meanwhile does not take away what is being typed. */
function Editing({ entity, row, onEnd }: { entity: string, row: Row, onEnd: () => void }) {
  const [begun, setBegun] = useState(row)
  const newest = useRef(row)
  newest.current = row
  return <EntityForm key={begun.version} entity={entity} row={begun} outdated={row.version !== begun.version} onReload={() => setBegun(newest.current)} onSaved={onEnd} onCancel={onEnd} />
}

/**
 * Comments, attachments and history are tabs of their own; the rest are lists of who points here. Empty ones come last: they may run into the “…”. A
 * phone has room for four, and there one writes a word and takes a photo before one reads lists.
 */
function relatedTabs(all: EntityMeta[], meta: EntityMeta, row: Row, related: Related[] | undefined, phone: boolean): PageTab[] {
  const count = (name: string) => related?.find(each => each.entity === name || each.entity === `$${name}s`)?.count
  const listed = (related ?? []).filter(each => !each.entity.startsWith('$') && each.field)
  const tab = (each: Related): PageTab => ({
    key: `${each.entity}.${each.field}`,
    label: <Counted label={each.label} count={each.count} />,
    content: <EntityList embedded entity={each.entity} filter={pointing(all, each, row.id)} createValues={{ [each.field!]: row.id }} limit={10} />,
  })
  const filled = listed.filter(each => each.count > 0).map(tab)
  return [
    ...(phone ? [] : filled),
    { key: 'comments', label: <Counted label={tp('comments')} count={count('comment')} />, content: <Comments entity={meta} id={row.id} /> },
    { key: 'attachments', label: <Counted label={tp('attachments')} count={count('attachment')} />, content: <Attachments entity={meta} id={row.id} /> },
    ...(phone ? filled : []),
    { key: 'history', label: tp('history'), content: <History entity={meta} id={row.id} /> },
    ...listed.filter(each => !each.count).map(tab),
  ]
}

/** Rows that point here: by one reference, or by one among several. */
function pointing(all: EntityMeta[], related: Related, id: string): Filter {
  const target = findEntity({ version: '', entities: all }, related.entity)
  const several = target && fieldOf(target, related.field!)?.type === 'refs'
  return { [related.field!]: several ? { has: id } : id }
}

function Counted({ label, count }: { label: string, count: number | undefined }) {
  return <>{label}{count ? <span className="qc-count">{count}</span> : null}</>
}
