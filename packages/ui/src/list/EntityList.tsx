import '../styles/list.css'
import { useState, type ReactNode } from 'react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Dropdown, Table, type TableProps } from 'antd'
import { Link, useNavigate } from 'react-router'
import { api, download } from '../core/api.ts'
import { useLive } from '../core/live.ts'
import { usePhone } from '../core/media.ts'
import { forget, keys } from '../core/query.ts'
import { useEntity } from '../core/session.ts'
import { t } from '../core/texts.ts'
import type { EntityMeta, FieldMeta, Filter, Page, Row } from '../core/types.ts'
import { useSay } from '../frame/say.ts'
import { EmptyState, ErrorState, Skeleton } from '../frame/States.tsx'
import { PageFrame } from '../frame/PageFrame.tsx'
import { Icon } from '../icons.tsx'
import { ColumnChooser, columnFields, tableColumns } from './columns.tsx'
import { EntityCards } from './EntityCards.tsx'
import { both } from './filter.ts'
import { FilterBar } from './FilterBar.tsx'
import { ImportDialog } from './ImportDialog.tsx'
import { Pager } from './Pager.tsx'
import { QuickSearch } from './QuickSearch.tsx'
import { SavedViews } from './SavedViews.tsx'
import { useListState } from './state.ts'
import { tl } from './texts.ts'

export type EntityListProps = {
  entity: string
  /** must always hold, e.g. the record whose tab this list is */
  filter?: Filter
  columns?: string[]
  title?: string
  /** true: no page heading, state in the component instead of the address */
  embedded?: boolean
  actions?: ReactNode
  /** shows check boxes; what to do with the selected rows */
  batch?: (rows: Row[], clear: () => void) => ReactNode
  href?: (row: Row) => string | undefined
  /** values that a new record starts with */
  createValues?: Record<string, string>
  limit?: number
}

/** The list of any entity, from its metadata. */
export function EntityList(props: EntityListProps) {
  const entity = useEntity(props.entity)
  if (!entity) return <EmptyState icon="lock" title={t('forbiddenTitle')} hint={t('forbiddenHint')} />
  return <Listed key={entity.name} {...props} meta={entity} />
}

function Listed({ meta, filter: fixed, columns, title, embedded = false, actions, batch, href: hrefOf, createValues, limit = 20 }: EntityListProps & { meta: EntityMeta }) {
  const phone = usePhone()
  const navigate = useNavigate()
  const list = useListState(embedded)
  const { state, set } = list
  const [selected, setSelected] = useState<Row[]>([])
  const names = state.columns.length > 0 ? state.columns : columns ?? meta.list
  const fields = columnFields(meta, names)
  const filter = both(fixed, state.filter)
  const what = { filter, q: state.q || undefined }
  const params = { ...what, sort: state.sort || undefined, after: state.after || undefined, limit }

  const page = useQuery({
    queryKey: keys.list(meta.name, params),
    queryFn: ({ signal }) => api.get<Page<Row>>(`/${meta.plural}`, { query: params, signal }),
    placeholderData: keepPreviousData,
  })
  const total = useQuery({
    queryKey: keys.list(meta.name, { ...what, count: 1 }),
    queryFn: ({ signal }) => api.get<Page<Row>>(`/${meta.plural}`, { query: { ...what, count: 1, limit: 1 }, signal }),
    select: answer => answer.total,
    placeholderData: keepPreviousData,
  })
  useLive(meta.name, () => void forget(meta.name), 1500)

  const rows = page.data?.items ?? []
  const href = hrefOf ?? ((row: Row) => `/e/${meta.plural}/${row.id}`)
  const narrowed = state.q !== '' || Object.keys(state.filter).length > 0
  const newHref = `/e/${meta.plural}/new${createValues ? '?' + new URLSearchParams(createValues).toString() : ''}`
  const createLink = meta.actions.create ? <Link className={embedded ? 'qc-button' : 'qc-button qc-button-primary'} to={newHref}><Icon name="plus" />{t('create')}</Link> : null
  const clear = () => setSelected([])

  const tools = (
    <div className="qc-list-tools">
      {meta.search && <QuickSearch key={state.view} label={meta.label} value={state.q} onChange={q => set({ q }, { replace: true })} />}
      <FilterBar entity={meta} filter={state.filter} onChange={next => set({ filter: next })} />
      <div className="qc-grow" />
      {!embedded && <SavedViews entity={meta} state={state} onApply={set} />}
      {!phone && <ColumnChooser entity={meta} chosen={names} onChange={next => set({ columns: next })} />}
      <MoreMenu meta={meta} query={{ ...what, sort: state.sort || undefined, fields: names.join(',') }} />
      {embedded && createLink}
    </div>
  )

  const content = page.isPending ? <Skeleton lines={10} height={18} />
    : page.isError && rows.length === 0 ? <ErrorState error={page.error} onRetry={() => void page.refetch()} />
      : rows.length === 0 ? (
        narrowed ? <EmptyState icon="search" title={tl('noMatch', { label: meta.label })} hint={tl('noMatchHint')} action={<button type="button" className="qc-button" onClick={() => set({ q: '', filter: {} })}>{tl('clearAll')}</button>} />
          : <EmptyState title={tl('noneYet', { label: meta.label })} hint={meta.actions.create ? tl('noneYetHint') : tl('noneYetReadOnly')} action={embedded ? undefined : createLink} />
      ) : phone ? <EntityCards entity={meta} rows={rows} fields={fields} href={href} selected={batch ? selected.map(row => row.id) : undefined} onSelect={batch ? ids => setSelected(rows.filter(row => ids.includes(row.id))) : undefined} />
        : <RowTable rows={rows} fields={fields} sort={state.sort} busy={page.isPlaceholderData} href={href} onSort={sort => set({ sort })} onOpen={to => void navigate(to)} selected={batch ? selected : undefined} onSelect={setSelected} />

  const body = (
    <section className="qc-panel qc-list" aria-busy={page.isFetching}>
      {tools}
      {batch && selected.length > 0 && (
        <div className="qc-batch"><span>{tl('selected', { n: selected.length })}</span>{batch(selected, clear)}<button type="button" className="qc-link" onClick={clear}>{tl('unselect')}</button></div>
      )}
      {content}
      <Pager count={rows.length} total={total.data} page={list.pageNumber} hasPrevious={state.after !== ''} next={page.data?.next ?? null} busy={page.isPlaceholderData} onNext={list.next} onPrevious={list.previous} />
    </section>
  )
  return embedded ? body : <PageFrame title={title ?? meta.label} actions={<>{actions}{createLink}</>}>{body}</PageFrame>
}

type RowTableProps = {
  rows: Row[], fields: FieldMeta[], sort: string, busy: boolean, href: (row: Row) => string | undefined
  onSort: (sort: string) => void, onOpen: (href: string) => void, selected: Row[] | undefined, onSelect: (rows: Row[]) => void
}

function RowTable({ rows, fields, sort, busy, href, onSort, onOpen, selected, onSelect }: RowTableProps) {
  const table: TableProps<Row> = {
    size: 'small', rowKey: 'id', dataSource: rows, pagination: false, scroll: { x: 'max-content' },
    columns: tableColumns(fields, sort, href),
    className: busy ? 'qc-table qc-busy' : 'qc-table',
    onChange: (_pages, _filters, sorter) => {
      const one = Array.isArray(sorter) ? sorter[0] : sorter
      onSort(one?.order ? (one.order === 'descend' ? '-' : '') + String(one.columnKey) : '')
    },
    onRow: row => ({ onClick: event => {
      const to = href(row)
      const inner = (event.target as Element).closest('a,button,input,label')
      if (to && !inner && window.getSelection()?.isCollapsed !== false) onOpen(to)
    } }),
  }
  if (selected) table.rowSelection = { selectedRowKeys: selected.map(row => row.id), onChange: (_keys, chosen) => onSelect(chosen), preserveSelectedRowKeys: true }
  return <Table<Row> {...table} />
}

function MoreMenu({ meta, query }: { meta: EntityMeta, query: Record<string, string | object | undefined> }) {
  const say = useSay()
  const [importing, setImporting] = useState(false)
  const save = (format: 'xlsx' | 'csv') => void download(`/${meta.plural}/export`, { ...query, format }, `${meta.label}.${format}`).catch(say.error)
  const items = [
    ...(meta.actions.export ? [
      { key: 'xlsx', label: tl('exportXlsx'), icon: <Icon name="download" />, onClick: () => save('xlsx') },
      { key: 'csv', label: tl('exportCsv'), icon: <Icon name="download" />, onClick: () => save('csv') },
    ] : []),
    ...(meta.actions.import ? [{ key: 'import', label: tl('import'), icon: <Icon name="upload" />, onClick: () => setImporting(true) }] : []),
  ]
  if (items.length === 0) return null
  return (
    <>
      <Dropdown menu={{ items }} trigger={['click']} placement="bottomRight">
        <button type="button" className="qc-icon-button" aria-label={t('more')} title={t('more')}><Icon name="more" /></button>
      </Dropdown>
      {importing && <ImportDialog entity={meta} open onClose={() => setImporting(false)} />}
    </>
  )
}
