import '../styles/draft.css'
import { Icon } from '../icons.tsx'
import { shortText } from '../time/format.ts'
import type { SaveState } from './autosave.ts'
import { tw } from './texts.ts'

/** Is my work safe? One look answers. */
export function SaveMark({ save, published, onRetry }: { save: SaveState, published: boolean, onRetry: () => void }) {
  switch (save.is) {
    case 'saved': return <span className="qc-save" role="status">{save.at ? <><Icon name="check" size={14} />{tw('savedAt', { at: shortText(save.at) })}</> : published ? tw('asPublished') : tw('saved')}</span>
    case 'dirty': return <span className="qc-save" role="status">{tw('dirty')}</span>
    case 'saving': return <span className="qc-save" role="status">{tw('saving')}</span>
    case 'conflict': return <span className="qc-save qc-danger" role="status"><Icon name="warn" size={14} />{tw('saveFailed')}</span>
    case 'failed': return <span className="qc-save qc-danger" role="alert" title={save.message}><Icon name="warn" size={14} />{tw('saveFailed')}<button type="button" className="qc-link" onClick={onRetry}>{tw('retry')}</button></span>
  }
}
