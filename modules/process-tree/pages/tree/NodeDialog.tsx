import { api, EntityForm, ErrorState, keys, Skeleton, type Row } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Modal } from 'antd'
import { tp } from '../texts.ts'

/** A node to change, or the place of a new one. */
export type Wanted = { id: string } | { parentId: string | null, position: number }

export function NodeDialog({ wanted, onClose, onSaved }: { wanted: Wanted | null, onClose: () => void, onSaved: (id: string) => void }) {
  return (
    <Modal open={wanted !== null} title={tp(wanted && 'id' in wanted ? 'editNode' : 'newNode')} footer={null} onCancel={onClose} destroyOnHidden width={720}>
      {wanted && ('id' in wanted ? <Edit id={wanted.id} onSaved={onSaved} onCancel={onClose} />
        : <EntityForm entity="processNode" guard={false} initial={{ ...wanted, kind: wanted.parentId ? 'process' : 'phase' }} onSaved={row => onSaved(row.id)} onCancel={onClose} />)}
    </Modal>
  )
}

/** The row as it is stored now, with its version: somebody may have changed it since the tree was read. */
function Edit({ id, onSaved, onCancel }: { id: string, onSaved: (id: string) => void, onCancel: () => void }) {
  const read = useQuery({ queryKey: keys.row('processNode', id), queryFn: ({ signal }) => api.get<Row>(`/process-nodes/${id}`, { signal }) })
  return read.isError ? <ErrorState error={read.error} /> : !read.data ? <Skeleton lines={8} /> : <EntityForm entity="processNode" guard={false} row={read.data} onSaved={row => onSaved(row.id)} onCancel={onCancel} />
}
