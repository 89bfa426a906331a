import { defineWebModule, registerPanel } from '@quancheng/ui'

registerPanel('opportunity.main', { lazy: () => import('./pages/QuotesPanel.tsx'), permission: 'quote:read', order: 20 })
registerPanel('customer.main', { lazy: () => import('./pages/QuotesPanel.tsx').then(m => ({ default: m.CustomerQuotes })), permission: 'quote:read', order: 20 })

/** 报价: quotes with their line editor; price books and discount rules are lists that metadata makes. */
export default defineWebModule({
  name: 'quotes',
  label: ['销售', 'Sales'],
  icon: 'money',
  order: 90,
  menu: [
    { path: '/e/quotes', label: ['报价单', 'Quotes'], icon: 'money', permission: 'quote:read', order: 40 },
    { path: '/e/price-books', label: ['价格表', 'Price books'], icon: 'money', permission: 'priceBook:update', setup: true, order: 41 },
    { path: '/e/prices', label: ['价格', 'Prices'], icon: 'list', permission: 'price:update', setup: true, order: 42 },
    { path: '/e/discount-rules', label: ['折扣规则', 'Discount rules'], icon: 'settings', permission: 'discountRule:update', setup: true, order: 43 },
  ],
  quick: [{ path: '/e/quotes/new', label: ['做报价', 'Make a quote'], icon: 'money', permission: 'quote:create', order: 13 }],
  routes: [
    { path: '/e/quotes/:id', lazy: () => import('./pages/QuotePage.tsx') },
    { path: '/quote/:token', lazy: () => import('./pages/PublicQuote.tsx'), public: true, frame: 'bare' },
  ],
})
