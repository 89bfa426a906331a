import { defineWebModule } from '@quancheng/ui'
import { FORM_CARDS } from './pages/forms.ts'

export { registerForm, type FormCard } from './pages/forms.ts'
/** The page of a form's record, for forms that other modules register. */
export const formRecord = () => import('./pages/RecordPage.tsx')

/** 审批: apply, follow, delegate. What waits for somebody is in the one inbox, 我的任务. */
export default defineWebModule({
  name: 'approvals',
  label: ['审批', 'Approvals'],
  icon: 'check',
  order: 110,
  menu: [
    { path: '/approvals/start', label: ['发起审批', 'New request'], icon: 'plus', phone: true, order: 6 },
    { path: '/approvals/mine', label: ['我的申请', 'My requests'], icon: 'request', order: 7 },
    { path: '/approvals/delegations', label: ['我的委托', 'My delegations'], icon: 'swap', order: 8 },
  ],
  routes: [
    { path: '/approvals/start', lazy: () => import('./pages/Start.tsx') },
    { path: '/approvals/mine', lazy: () => import('./pages/Mine.tsx') },
    { path: '/approvals/delegations', lazy: () => import('./pages/Delegations.tsx') },
    { path: '/approvals/new/:form', lazy: () => import('./pages/FormPage.tsx') },
    { path: '/approvals/:id', lazy: () => import('./pages/ApprovalPage.tsx') },
    ...FORM_CARDS.map(form => ({ path: `/e/${form.plural}/:id`, lazy: formRecord })),
  ],
})
