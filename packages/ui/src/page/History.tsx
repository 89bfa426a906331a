import { useInfiniteQuery } from '@tanstack/react-query'
import { api } from '../core/api.ts'
import { keys } from '../core/query.ts'
import { t } from '../core/texts.ts'
import type { EntityMeta, FieldMeta, HistoryEntry, Page } from '../core/types.ts'
import { EmptyState, ErrorState, Skeleton } from '../frame/States.tsx'
import { FieldValue } from '../list/FieldValue.tsx'
import { When } from '../time/Times.tsx'
import { tp } from './texts.ts'

/** Entries in one answer; a full one may have more behind it. */
const PAGE = 50

/** Who changed what, newest first, with the value before and after. */
export function History({ entity, id }: { entity: EntityMeta, id: string }) {
  const history = useInfiniteQuery({
    queryKey: keys.part(entity.name, id, 'history'),
    queryFn: async ({ pageParam, signal }) => {
      const answer = await api.get<HistoryEntry[] | Page<HistoryEntry>>(`/${entity.plural}/${id}/history`, { query: { after: pageParam }, signal })
      return Array.isArray(answer) ? { items: answer, next: answer.length === PAGE ? String(answer.at(-1)!.seq) : null } : answer
    },
    initialPageParam: '',
    getNextPageParam: page => page.next,
  })
  if (history.isPending) return <Skeleton lines={5} />
  if (history.isError) return <ErrorState error={history.error} onRetry={() => void history.refetch()} />
  const entries = history.data.pages.flatMap(page => page.items)
  if (entries.length === 0) return <EmptyState icon="audit" title={tp('noHistory')} />
  return (
    <div className="qc-panel-pad">
      <ol className="qc-plain">{entries.map(entry => <li key={entry.seq} className="qc-history"><HistoryItem entry={entry} fields={entity.fields} /></li>)}</ol>
      {history.hasNextPage && <button type="button" className="qc-button" disabled={history.isFetchingNextPage} onClick={() => void history.fetchNextPage()}>{t('loadMore')}</button>}
    </div>
  )
}

const acts: Record<string, () => string> = {
  resetPassword: () => tp('actReset'), sweep: () => tp('actSweep'), endSessions: () => tp('actEndSessions'), unlock: () => tp('actUnlock'), import: () => tp('actImport'), move: () => tp('actMove'), print: () => tp('actPrint'), migrate: () => tp('actMigrate'), transfer: () => tp('actTransfer'),
  create: () => tp('created'), update: () => tp('updated'), remove: () => t('remove'), reveal: () => tp('reveal'), erase: () => tp('erase'),
}

/** What goes with an act, where it is worth a line: between which versions of its process a case went, and what its steps are called now; from which unit to which, and why. */
function noteText({ act, note }: HistoryEntry): string {
  if (typeof note === 'string') return note
  if ((act !== 'migrate' && act !== 'transfer') || typeof note !== 'object' || note === null) return ''
  const { from, to, by, moved, reason } = note as { from?: string, to?: string, by?: string, reason?: string, moved?: Array<{ from: string, to: string }> }
  return [`${from} → ${to}`, by, reason, ...(moved ?? []).map(each => `${each.from} → ${each.to}`)].filter(Boolean).join(' · ')
}

export function HistoryItem({ entry, fields, time = true }: { entry: HistoryEntry, fields: FieldMeta[], time?: boolean }) {
  return (
    <>
      <div><strong>{entry.actorName ?? tp('system')}</strong> {acts[entry.act]?.() ?? entry.actName ?? entry.act} {time && <span className="qc-faint"><When at={entry.at} /></span>}{entry.reason && <span className="qc-soft"> · {t('reason')}：{entry.reason}</span>}</div>
      {noteText(entry) !== '' && <div className="qc-soft">{noteText(entry)}</div>}
      {entry.changes.length > 0 && <ul className="qc-changes">{entry.changes.map(change => {
        const field = fields.find(each => each.name === change.field)
        return <li key={change.field}><span className="qc-soft">{change.label}</span><del><Side field={field} value={change.beforeName ?? change.before} /></del><span aria-hidden>→</span><ins><Side field={field} value={change.afterName ?? change.after} /></ins></li>
      })}</ul>}
    </>
  )
}

function Side({ field, value }: { field: FieldMeta | undefined, value: unknown }) {
  if (value === null || value === undefined || value === '') return <span className="qc-faint">{tp('empty')}</span>
  if (field && field.type !== 'ref' && field.type !== 'refs') return <FieldValue plain field={field} row={{ id: '', [field.name]: value }} />
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
