import { CasePanel, EntityPage, Icon, useMeta } from '@quancheng/ui'
import { Link, useParams } from 'react-router'
import { ta } from './texts.ts'

/** A to-do with what it is about, and how it went. */
export default function TodoPage() {
  const id = useParams().id!
  const meta = useMeta()
  const hrefOf = (name: unknown, recordId: unknown): string | null => {
    const plural = meta.entities.find(e => e.name === name)?.plural
    return plural && typeof recordId === 'string' ? `/e/${plural}/${recordId}` : null
  }
  return (
    <EntityPage key={id} entity="todo" id={id} back="/todos" hideFields={['entity', 'aboutId']}
      actions={row => { const to = hrefOf(row.entity, row.aboutId); return <>{row.stage === 'todo' && <Link className="qc-button" to="/tasks">{ta('goTasks')}</Link>}{to && <Link className="qc-button" to={to}><Icon name="link" />{ta('openAbout')}</Link>}</> }}
      tabs={row => [{ key: 'course', label: ta('course'), content: <CasePanel entity="todo" recordId={row.id} /> }]} />
  )
}
