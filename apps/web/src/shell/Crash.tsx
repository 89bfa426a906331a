import { ApiError, ErrorState, t } from '@quancheng/ui'
import { isRouteErrorResponse, useRouteError } from 'react-router'
import { ts } from '../texts.ts'
import { Wait } from './Wait.tsx'

/** What is shown when a page fails: a refusal in plain words, or the technical text to pass on. */
export function Crash({ inside = false }: { inside?: boolean }) {
  const error = useRouteError()
  if (error instanceof ApiError && error.status === 401) return <Wait />
  if (error instanceof ApiError) return <div className={inside ? undefined : 'qc-alone'}><ErrorState error={error} onRetry={() => location.reload()} /></div>
  const missing = isRouteErrorResponse(error) && error.status === 404
  const text = error instanceof Error ? `${error.message}\n${error.stack ?? ''}` : String(error)
  return (
    <div className={inside ? 'qc-state' : 'qc-state qc-alone'} role="alert">
      <p className="qc-state-title">{missing ? ts('notFound') : ts('crashed')}</p>
      <p className="qc-state-hint">{missing ? ts('notFoundHint') : ts('crashedHint')}</p>
      {!missing && <pre className="qc-crash">{text.slice(0, 1200)}</pre>}
      <div className="qc-state-action"><button type="button" className="qc-button" onClick={() => location.reload()}>{t('reload')}</button><a className="qc-button" href="/">{ts('goHome')}</a></div>
    </div>
  )
}
