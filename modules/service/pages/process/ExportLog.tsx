import { download, Icon, messageOf, useSay } from '@quancheng/ui'
import { Dropdown } from 'antd'
import { useState } from 'react'
import type { Filter } from './HeatPicture.tsx'
import { tp } from './texts.ts'

const FORMATS = ['xes', 'csv', 'ocel'] as const

/** The history as a file for other programs, as far as the caller sees it. */
export function ExportLog({ processKey, filter }: { processKey: string, filter: Filter }) {
  const say = useSay()
  const [busy, setBusy] = useState(false)
  const save = async (format: string) => {
    setBusy(true)
    try { await download(`/processes/${encodeURIComponent(processKey)}/log`, { ...filter, format }, `${processKey}.${format}`) } catch (error) { say.error(messageOf(error)) } finally { setBusy(false) }
  }
  return (
    <Dropdown trigger={['click']} disabled={busy} menu={{ items: FORMATS.map(each => ({ key: each, label: tp(`format_${each}`) })), onClick: ({ key }) => void save(key) }}>
      <button type="button" className="qc-button" disabled={busy}><Icon name="download" />{tp(busy ? 'exporting' : 'export')}</button>
    </Dropdown>
  )
}
