import { defineModule, registerRetention, sqlFiles } from '@quancheng/kernel'
import './rules/errors.ts'
import { current, newSecret, noteCall, sit } from './actions/agents.ts'
import { postTickets } from './actions/import.ts'
import { accept, redirect, refuse } from './actions/tickets.ts'
import { ctiRoutes } from './actions/webhook.ts'
import { HotlineTicket } from './entities/hotline-ticket.ts'
import { AgentExtension, CtiSource, PhoneCall } from './entities/telephone.ts'
import { sweepEvents } from './store/calls.ts'
import { JOB_ACCEPT, ticketLate } from './store/watch.ts'
import { hotlineOnTimeline } from './timeline.ts'

/** 热线: what the hotline hands to the stations (SP-14), and who is on the telephone (CE-06). */
export const hotline = defineModule({
  name: 'hotline',
  label: ['热线', 'Hotline'],
  acts: { 'hotlineTicket.accept': ['接单', 'Accept'], 'hotlineTicket.refuse': ['退回热线', 'Send back'], 'hotlineTicket.redirect': ['改派', 'Redirect'] },
  tables: sqlFiles(new URL('./tables/', import.meta.url)),
  travels: { cti_secret: 'never', cti_event: 'never' },
  entities: [HotlineTicket, CtiSource, AgentExtension, PhoneCall],
  actions: [postTickets, accept, refuse, redirect, newSecret, sit, current, noteCall],
  permissions: [
    { code: 'hotlineTicket:accept', label: ['接单与退回', 'Accept and send back'] }, { code: 'hotlineTicket:redirect', label: ['改派', 'Redirect'] }, { code: 'phoneCall:note', label: ['写通话小记', 'Note calls'] },
  ],
  routes: ctiRoutes,
  jobs: { [JOB_ACCEPT]: ticketLate },
  // which messages were taken before: of use only while the telephone system may send one again
  start: runtime => { hotlineOnTimeline(runtime); registerRetention(runtime, { key: 'ctiEvent', label: ['电话系统的消息', 'Messages of the telephone system'], months: 1, least: 1, sweep: sweepEvents }) },
})
export default hotline

export { HotlineTicket, PhoneCall, postTickets }
