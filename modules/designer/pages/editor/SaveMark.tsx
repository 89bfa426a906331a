import { Icon, shortText } from '@quancheng/ui'
import type { SaveState } from '../studio/autosave.ts'
import { td } from '../texts.ts'

/** Is my work safe? One look answers. */
export function SaveMark({ save, published, onRetry }: { save: SaveState, published: boolean, onRetry: () => void }) {
  switch (save.is) {
    case 'saved': return <span className="qd-save" role="status">{save.at ? <><Icon name="check" size={14} />{td('savedAt', { at: shortText(save.at) })}</> : published ? td('asPublished') : td('saved')}</span>
    case 'dirty': return <span className="qd-save" role="status">{td('dirty')}</span>
    case 'saving': return <span className="qd-save" role="status">{td('saving')}</span>
    case 'conflict': return <span className="qd-save qc-danger" role="status"><Icon name="warn" size={14} />{td('saveFailed')}</span>
    case 'failed': return <span className="qd-save qc-danger" role="alert" title={save.message}><Icon name="warn" size={14} />{td('saveFailed')}<button type="button" className="qc-link" onClick={onRetry}>{td('retry')}</button></span>
  }
}
