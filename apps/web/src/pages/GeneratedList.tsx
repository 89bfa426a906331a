import { EntityList } from '@quancheng/ui'
import { useParams } from 'react-router'

/** The list of any entity by its path. */
export default function GeneratedList() {
  return <EntityList entity={useParams().plural!} />
}
