import type { ReactNode } from 'react'
import { ApiError, messageOf } from '../core/api.ts'
import { t } from '../core/texts.ts'
import { Icon, type IconName } from '../icons.tsx'

/** Nothing here, and what to do about it. */
export function EmptyState({ title, hint, action, icon = 'list' }: { title: string, hint?: ReactNode, action?: ReactNode, icon?: IconName }) {
  return (
    <div className="qc-state">
      <Icon name={icon} size={28} />
      <p className="qc-state-title">{title}</p>
      {hint && <p className="qc-state-hint">{hint}</p>}
      {action && <div className="qc-state-action">{action}</div>}
    </div>
  )
}

/** A failure in plain words, with the stable code for the person who helps. */
export function ErrorState({ error, onRetry }: { error: unknown, onRetry?: () => void }) {
  const api = error instanceof ApiError ? error : undefined
  const title = api?.status === 403 ? t('forbiddenTitle') : api?.status === 404 ? t('notFoundTitle') : t('failed')
  const hint = api?.status === 403 ? t('forbiddenHint') : api?.status === 404 ? t('notFoundHint') : messageOf(error)
  return (
    <div className="qc-state" role="alert">
      <Icon name={api?.status === 403 ? 'lock' : 'warn'} size={28} />
      <p className="qc-state-title">{title}</p>
      <p className="qc-state-hint">{hint}{api ? <span className="qc-code">{api.code}</span> : null}</p>
      {onRetry && <div className="qc-state-action"><button type="button" className="qc-button" onClick={onRetry}>{t('retry')}</button></div>}
    </div>
  )
}

/** Grey bars of the size of what will come, so that nothing jumps. */
export function Skeleton({ lines = 6, height = 14 }: { lines?: number, height?: number }) {
  return (
    <div className="qc-skeleton" role="status" aria-label={t('loading')}>
      {Array.from({ length: lines }, (_, i) => <i key={i} style={{ height, width: `${[96, 78, 88, 64, 92, 71][i % 6]}%` }} />)}
    </div>
  )
}
