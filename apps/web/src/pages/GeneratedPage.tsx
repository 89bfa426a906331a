import { EntityPage } from '@quancheng/ui'
import { useParams } from 'react-router'

/** Any record by its path. */
export default function GeneratedPage() {
  const { plural, id } = useParams()
  return <EntityPage key={`${plural}/${id}`} entity={plural!} id={id!} />
}
