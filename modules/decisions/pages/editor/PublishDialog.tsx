import { PublishDialog as Publish } from '@quancheng/ui'
import { decisionApi, type Open } from '../api.ts'
import { Changes } from '../compare/Changes.tsx'
import { tx } from '../texts.ts'
import type { Checked } from './useTable.ts'

type Props = { open: Open, name: string, seen: number, checked: Checked | null, onClose: () => void, onPublished: (version: number) => Promise<void> }

/** What publishing a table means: decisions follow it at once, and these processes ask it. */
export function PublishDialog({ open, ...props }: Props) {
  return (
    <Publish {...props} keyName={open.key} api={decisionApi} same={difference => difference.changes.length === 0} changes={difference => <Changes changes={difference.changes} />}
      about={versions => <>
        <p>{tx(versions.length === 0 ? 'firstTime' : 'atOnce')}</p>
        {open.usedBy.length > 0 && <p>{tx('usedNote', { names: open.usedBy.map(each => each.name).join('、') })}</p>}
      </>} />
  )
}
