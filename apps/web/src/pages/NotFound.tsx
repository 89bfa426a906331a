import { EmptyState, PageFrame } from '@quancheng/ui'
import { Link } from 'react-router'
import { ts } from '../texts.ts'

export default function NotFound() {
  return <PageFrame title={ts('notFound')}><div className="qc-panel"><EmptyState icon="search" title={ts('notFound')} hint={ts('notFoundHint')} action={<Link className="qc-button" to="/">{ts('goHome')}</Link>} /></div></PageFrame>
}
