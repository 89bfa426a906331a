import { useEffect, type ReactNode } from 'react'
import { Link } from 'react-router'
import { Icon } from '../icons.tsx'
import { t } from '../core/texts.ts'

type Props = {
  title: ReactNode
  /** the browser's title; the title itself when that is a text */
  documentTitle?: string
  subtitle?: ReactNode
  back?: string
  actions?: ReactNode
  /** below the heading, e.g. tabs or filters that stay with it */
  bar?: ReactNode
  children: ReactNode
  /** false: the content uses the whole width and height without padding (boards, maps) */
  padded?: boolean
}

/** The frame of every page: heading, actions on the right, content below. */
export function PageFrame({ title, documentTitle, subtitle, back, actions, bar, children, padded = true }: Props) {
  const named = documentTitle ?? (typeof title === 'string' ? title : undefined)
  useEffect(() => {
    if (named) document.title = `${named} · 全程`
  }, [named])
  return (
    <div className="qc-page">
      <header className="qc-page-head">
        {back && <Link to={back} className="qc-icon-button" aria-label={t('back')} title={t('back')}><Icon name="back" size={18} /></Link>}
        <div className="qc-page-titles">
          <h1>{title}</h1>
          {subtitle && <div className="qc-page-subtitle">{subtitle}</div>}
        </div>
        {actions && <div className="qc-page-actions">{actions}</div>}
      </header>
      {bar && <div className="qc-page-bar">{bar}</div>}
      <div className={padded ? 'qc-page-body' : 'qc-page-body qc-page-bare'}>{children}</div>
    </div>
  )
}
