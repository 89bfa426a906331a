import './sales.css'
import type { PanelProps } from '@quancheng/ui'
import { Actions } from './Action.tsx'

export default function CustomerActions({ row }: PanelProps) {
  return <Actions about={{ customerId: row.id }} />
}
