import { can, EntityPage, Icon } from '@quancheng/ui'
import { Link, useParams } from 'react-router'
import { text } from './shared.tsx'
import { tv } from './texts.ts'

/** A survey answer; a low one becomes a complaint with one click, its words and its request already there. */
export default function SurveyPage() {
  const id = useParams().id!
  return <EntityPage key={id} entity="surveyAnswer" id={id} back="/survey" actions={row => (can('complaint:create') ? <Link className="qc-button" to={`/complaints?new=1&channel=survey&survey=${row.id}&request=${text(row.requestId)}`}><Icon name="warn" />{tv('newComplaint')}</Link> : null)} />
}
