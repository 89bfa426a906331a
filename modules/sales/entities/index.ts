export { Campaign } from './campaign.ts'
export { Lead } from './lead.ts'
export { Opportunity } from './opportunity.ts'
export { Engagement } from './engagement.ts'
