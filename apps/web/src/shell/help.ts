/** Forms of the approvals share the page on what an approval is. */
const FORMS = new Set(['leave-requests', 'expense-claims', 'trip-requests', 'discount-requests', 'contract-approvals', 'permission-changes', 'purchase-requests', 'case-copies'])

/** Page of the help for an address: `/org/roles` → `org-roles`; lists and records of an entity share one page. */
export function helpPageFor(pathname: string): string {
  const parts = pathname.split('/').filter(Boolean)
  if (parts[0] === 'help') return parts[1] ?? 'index'
  if (parts.length === 0) return 'home'
  if (parts[0] === 'e') return FORMS.has(parts[1] ?? '') ? 'approvals' : parts[1] ?? 'index'
  return parts.filter(part => !/\d/.test(part)).slice(0, 2).join('-')
}
