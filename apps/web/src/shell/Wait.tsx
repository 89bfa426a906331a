import { Skeleton } from '@quancheng/ui'

/** While the first code comes: the outline of a page. */
export function Wait() {
  return <div style={{ maxWidth: 720, margin: '64px auto' }}><Skeleton lines={8} /></div>
}
