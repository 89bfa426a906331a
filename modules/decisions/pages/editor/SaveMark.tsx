import { Icon, shortText } from '@quancheng/ui'
import { tx } from '../texts.ts'
import type { SaveState } from './autosave.ts'

/** Is my work safe? One look answers. */
export function SaveMark({ save, published, onRetry }: { save: SaveState, published: boolean, onRetry: () => void }) {
  switch (save.is) {
    case 'saved': return <span className="dt-save" role="status">{save.at ? <><Icon name="check" size={14} />{tx('savedAt', { at: shortText(save.at) })}</> : tx(published ? 'asPublished' : 'saved')}</span>
    case 'dirty': return <span className="dt-save" role="status">{tx('dirty')}</span>
    case 'saving': return <span className="dt-save" role="status">{tx('saving')}</span>
    case 'conflict': return <span className="dt-save qc-danger" role="status"><Icon name="warn" size={14} />{tx('saveFailed')}</span>
    case 'failed': return <span className="dt-save qc-danger" role="alert" title={save.message}><Icon name="warn" size={14} />{tx('saveFailed')}<button type="button" className="qc-link" onClick={onRetry}>{tx('retry')}</button></span>
  }
}
