import { PublishDialog as Publish } from '@quancheng/ui'
import { designApi, type OpenDesign } from '../api.ts'
import { Changes } from '../compare/Changes.tsx'
import type { Checked } from '../studio/types.ts'
import { OldCases } from '../OldCases.tsx'
import { td } from '../texts.ts'

type Props = { design: OpenDesign, name: string, seen: number, checked: Checked | null, onClose: () => void, onPublished: (version: number) => Promise<void> }

/** What publishing a process means: for whom it holds, and which cases stay where they are. */
export function PublishDialog({ design, ...props }: Props) {
  return (
    <Publish {...props} keyName={design.key} api={designApi}
      same={difference => difference.changes.length === 0 && difference.moved.length === 0}
      changes={difference => <Changes difference={difference} />}
      about={versions => {
        const running = versions.reduce((sum, each) => sum + each.running, 0)
        // those who stay behind now, besides the ones that this publication leaves behind
        const behind = running - (versions[0]?.running ?? 0)
        return <>
          <p>{versions.length === 0 ? `${td('firstTime')}${td('stayNone')}` : running > 0 ? td('stay', { n: running }) : td('stayNone')}</p>
          <OldCases keyName={design.key} n={behind} />
        </>
      }} />
  )
}
