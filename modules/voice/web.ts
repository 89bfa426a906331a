import { defineWebModule, registerPanel } from '@quancheng/ui'

// what the customer said of this request, and one click to write down more
registerPanel('serviceRequest.side', { lazy: () => import('./pages/RequestPanel.tsx'), permission: 'complaint:read' })

/** 客户之声: complaints, feedback, ratings at the counter; and the public pages on which customers say them. */
export default defineWebModule({
  name: 'voice',
  label: ['客户服务', 'Customer service'],
  icon: 'comment',
  order: 126,
  menu: [
    { path: '/complaints', label: ['投诉', 'Complaints'], icon: 'warn', permission: 'complaint:read', phone: true, order: 8.5 },
    { path: '/feedback', label: ['客户反馈', 'Feedback'], icon: 'comment', permission: 'feedback:read', order: 9 },
    { path: '/ratings', label: ['台席评分', 'Counter ratings'], icon: 'star', permission: 'counterRating:read', order: 11 },
    { path: '/e/complaint-limits', label: ['投诉时限', 'Complaint limits'], icon: 'clock', permission: 'complaintLimit:update', setup: true, order: 52 },
    { path: '/e/feedback-routes', label: ['反馈分派', 'Feedback routes'], icon: 'flow', permission: 'feedbackRoute:update', setup: true, order: 53 },
  ],
  routes: [
    { path: '/complaints', lazy: () => import('./pages/Complaints.tsx'), permission: 'complaint:read' },
    { path: '/e/complaints/:id', lazy: () => import('./pages/ComplaintPage.tsx'), permission: 'complaint:read' },
    { path: '/feedback', lazy: () => import('./pages/FeedbackList.tsx'), permission: 'feedback:read' },
    { path: '/e/feedback/:id', lazy: () => import('./pages/FeedbackPage.tsx'), permission: 'feedback:read' },
    { path: '/ratings', lazy: () => import('./pages/Ratings.tsx'), permission: 'counterRating:read' },
    { path: '/e/survey-answers/:id', lazy: () => import('./pages/SurveyPage.tsx'), permission: 'surveyAnswer:read' },
    { path: '/voice', lazy: () => import('./pages/public/Form.tsx'), public: true, frame: 'bare' },
    { path: '/voice/:token', lazy: () => import('./pages/public/Say.tsx'), public: true, frame: 'bare' },
    { path: '/rate/:unitCode/:counter', lazy: () => import('./pages/public/Rate.tsx'), public: true, frame: 'bare' },
  ],
})
