import { knownAlready } from '@quancheng/customers/web'
import { defineWebModule, registerPanel } from '@quancheng/ui'

// what was done for the customer, with one click to add to it
registerPanel('customer.main', { lazy: () => import('./pages/CustomerActions.tsx'), permission: 'engagement:read' })
registerPanel('lead.form', { lazy: knownAlready, permission: 'customer:read' })

/** 销售: leads and their pool, the pipeline, what is done for both, prospects. */
export default defineWebModule({
  name: 'sales',
  label: ['销售', 'Sales'],
  icon: 'chart',
  order: 90,
  menu: [
    { path: '/leads', label: ['线索', 'Leads'], icon: 'star', permission: 'lead:read', phone: true, order: 1 },
    { path: '/opportunities', label: ['商机', 'Opportunities'], icon: 'chart', permission: 'opportunity:read', phone: true, order: 2 },
    { path: '/e/engagements', label: ['行动记录', 'Actions'], icon: 'comment', permission: 'engagement:read', order: 3 },
    { path: '/prospects', label: ['潜在客户', 'Prospects'], icon: 'user', permission: 'prospect:read', order: 4 },
    { path: '/e/lead-forms', label: ['线索表单', 'Lead forms'], icon: 'link', permission: 'leadForm:update', setup: true, order: 60 },
    { path: '/e/stage-chances', label: ['阶段赢率', 'Stage chances'], icon: 'chart', permission: 'stageChance:update', setup: true, order: 61 },
    { path: '/e/checklist-questions', label: ['客户检查单', 'Checklist'], icon: 'check', permission: 'checklistQuestion:update', setup: true, order: 62 },
    { path: '/e/territories', label: ['地域', 'Territories'], icon: 'globe', permission: 'territory:update', setup: true, order: 63 },
  ],
  quick: [
    { path: '/e/leads/new', label: ['新建线索', 'New lead'], icon: 'star', permission: 'lead:create', order: 10 },
    { path: '/e/opportunities/new', label: ['新建商机', 'New deal'], icon: 'chart', permission: 'opportunity:create', order: 11 },
    { path: '/e/engagements/new', label: ['写行动记录', 'Write down an action'], icon: 'comment', permission: 'engagement:create', order: 12 },
  ],
  routes: [
    { path: '/leads', lazy: () => import('./pages/Leads.tsx'), permission: 'lead:read' },
    { path: '/e/leads/:id', lazy: () => import('./pages/LeadPage.tsx'), permission: 'lead:read' },
    { path: '/opportunities', lazy: () => import('./pages/Pipeline.tsx'), permission: 'opportunity:read' },
    { path: '/e/opportunities/:id', lazy: () => import('./pages/OpportunityPage.tsx'), permission: 'opportunity:read' },
    { path: '/e/engagements/new', lazy: () => import('./pages/NewAction.tsx'), permission: 'engagement:create' },
    { path: '/prospects', lazy: () => import('./pages/Prospects.tsx'), permission: 'prospect:read' },
    { path: '/e/territories/:id', lazy: () => import('./pages/TerritoryPage.tsx'), permission: 'territory:read' },
    { path: '/e/lead-forms/:id', lazy: () => import('./pages/LeadFormPage.tsx'), permission: 'leadForm:read' },
  ],
})
