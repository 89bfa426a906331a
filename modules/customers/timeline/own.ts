import type { Runtime } from '@quancheng/kernel'
import { registerCustomerFigure, registerTimeline } from './registry.ts'

/** What this module itself has of a customer. */
export function registerOwn(runtime: Runtime): void {
  registerTimeline(runtime, { entity: 'customerVisit', kind: 'contact', at: 'plannedAt', title: ['purpose'], who: 'ownerId', state: 'state', channel: { text: ['拜访', 'Visit'] } })
  registerTimeline(runtime, { entity: 'serviceContract', kind: 'service', at: 'validFrom', title: ['number', 'title'] })
  registerTimeline(runtime, { entity: 'warrantyCard', kind: 'service', at: 'validFrom', title: ['number', 'kind'] })
  registerCustomerFigure(runtime, { key: 'devices', label: ['设备', 'Devices'], entity: 'device', order: 80 })
}
