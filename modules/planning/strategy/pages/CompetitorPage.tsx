import { can, EntityPage, listHref } from '@quancheng/ui'
import { Link, useParams } from 'react-router'
import { tw } from './texts.ts'

/** A rival with its moves and prices, and the deals that name it by its name or another one. */
export default function CompetitorPage() {
  const id = useParams().id!
  return <EntityPage key={id} entity="competitor" id={id} back="/e/competitors" actions={row => (can('opportunity:read')
    ? <Link className="qc-button" to={listHref('opportunities', { outcome: 'lost', lostTo: { in: [String(row.name), ...String(row.otherNames ?? '').split(/[、,，;；\n]/).map(n => n.trim()).filter(Boolean)] } })}>{tw('lostDeals')}</Link> : null)} />
}
