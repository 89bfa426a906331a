import { formRecord, registerForm } from '@quancheng/approvals/web'
import { defineWebModule, registerPanel } from '@quancheng/ui'

registerForm({ key: 'marketing-expense', entity: 'marketingExpense', plural: 'marketing-expenses', icon: 'money', label: ['营销费用', 'Marketing expense'], about: ['部门经理；超出预算再经总监', 'Manager; over the budget also the director'], permission: 'budget:read' })
registerPanel('contract.side', { lazy: () => import('./commission/pages/SharesPanel.tsx'), permission: 'commissionShare:read' })

/** 计划与战略: forecast, targets, funnel, win and loss, SWOT, expenses, market intelligence, commission. */
export default defineWebModule({
  name: 'planning',
  label: ['计划与战略', 'Plans and strategy'],
  icon: 'chart',
  order: 300,
  menu: [
    { path: '/forecast', label: ['销售预测', 'Forecast'], icon: 'chart', permission: 'forecastLine:read', order: 20 },
    { path: '/targets', label: ['目标', 'Targets'], icon: 'gauge', permission: 'target:read', order: 22 },
    { path: '/sales-funnel', label: ['销售漏斗', 'Funnel'], icon: 'filter', permission: 'lead:read', order: 24 },
    { path: '/win-loss', label: ['赢丢单分析', 'Win and loss'], icon: 'swap', permission: 'competitor:read', order: 30 },
    { path: '/swot', label: ['SWOT', 'SWOT'], icon: 'list', permission: 'swotVersion:read', order: 32 },
    { path: '/market-intel', label: ['市场情报', 'Market intelligence'], icon: 'eye', permission: 'marketIntel:read', phone: true, order: 34 },
    { path: '/expenses', label: ['营销费用', 'Marketing expenses'], icon: 'money', permission: 'budget:read', order: 50 },
    { path: '/evaluation', label: ['评价', 'Evaluation'], icon: 'star', permission: 'scoreResult:read', order: 58 },
    { path: '/commission', label: ['提成', 'Commission'], icon: 'money', permission: 'commissionEntry:read', order: 60 },
    { path: '/e/commission-plans', label: ['提成方案', 'Commission plans'], icon: 'settings', permission: 'commissionPlan:update', setup: true, order: 61 },
    { path: '/e/competitors', label: ['竞争对手', 'Competitors'], icon: 'swap', permission: 'competitor:create', setup: true, order: 62 },
    { path: '/e/target-rules', label: ['目标亮灯规则', 'Lights of targets'], icon: 'gauge', permission: 'targetRule:update', setup: true, order: 63 },
    { path: '/e/score-cards', label: ['评价表', 'Score cards'], icon: 'star', permission: 'scoreCard:update', setup: true, order: 64 },
  ],
  routes: [
    { path: '/forecast', lazy: () => import('./forecast/pages/Forecast.tsx'), permission: 'forecastLine:read' },
    { path: '/sales-funnel', lazy: () => import('./forecast/pages/Funnel.tsx'), permission: 'lead:read' },
    { path: '/targets', lazy: () => import('./targets/pages/Targets.tsx'), permission: 'target:read' },
    { path: '/win-loss', lazy: () => import('./strategy/pages/WinLoss.tsx'), permission: 'competitor:read' },
    { path: '/swot', lazy: () => import('./strategy/pages/Swot.tsx'), permission: 'swotVersion:read' },
    { path: '/e/competitors/:id', lazy: () => import('./strategy/pages/CompetitorPage.tsx') },
    { path: '/market-intel', lazy: () => import('./intelligence/pages/Intel.tsx'), permission: 'marketIntel:read' },
    { path: '/expenses', lazy: () => import('./expenses/pages/Expenses.tsx'), permission: 'budget:read' },
    { path: '/e/marketing-expenses/:id', lazy: formRecord },
    { path: '/evaluation', lazy: () => import('./evaluation/pages/Evaluation.tsx'), permission: 'scoreResult:read' },
    { path: '/commission', lazy: () => import('./commission/pages/Commission.tsx'), permission: 'commissionEntry:read' },
  ],
})
