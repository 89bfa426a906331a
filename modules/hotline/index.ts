import { defineModule, sqlFiles } from '@quancheng/kernel'
import './rules/errors.ts'
import { current, newSecret, noteCall, sit } from './actions/agents.ts'
import { postTickets } from './actions/import.ts'
import { accept, redirect, refuse } from './actions/tickets.ts'
import { ctiRoutes } from './actions/webhook.ts'
import { HotlineTicket } from './entities/hotline-ticket.ts'
import { AgentExtension, CtiSource, PhoneCall } from './entities/telephone.ts'
import { JOB_ACCEPT, ticketLate } from './store/watch.ts'

/** 热线: what the hotline hands to the stations (SP-14), and who is on the telephone (CE-06). */
export const hotline = defineModule({
  name: 'hotline',
  label: ['热线', 'Hotline'],
  tables: sqlFiles(new URL('./tables/', import.meta.url)),
  entities: [HotlineTicket, CtiSource, AgentExtension, PhoneCall],
  actions: [postTickets, accept, refuse, redirect, newSecret, sit, current, noteCall],
  permissions: [
    { code: 'hotlineTicket:accept', label: ['接单与退回', 'Accept and send back'] }, { code: 'hotlineTicket:redirect', label: ['改派', 'Redirect'] }, { code: 'phoneCall:note', label: ['写通话小记', 'Note calls'] },
  ],
  routes: ctiRoutes,
  jobs: { [JOB_ACCEPT]: ticketLate },
})
export default hotline

export { HotlineTicket, PhoneCall, postTickets }
