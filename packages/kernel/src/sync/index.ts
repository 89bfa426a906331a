import { sqlFiles } from '../store/install.ts'

export { isElsewhere, unitsElsewhere, unitsHere } from './elsewhere.ts'
export { hereOf } from './here.ts'
export { finish, joinHeadOffice, readStation, type StationFile } from './join.ts'
export { catalogFor, NODE_STATES, planFor, SyncNode } from './node.ts'
export { REFUSED, type Refused } from './relay.ts'
export { syncRoutes } from './routes.ts'
export { startStation, type Station } from './station.ts'
export { headOfficeTriggers, planOf, type Plan, type TablePlan } from './travel.ts'

/** The tables of the exchange, for the module that turns it on. */
export const syncTables = sqlFiles(new URL('./tables/', import.meta.url))
