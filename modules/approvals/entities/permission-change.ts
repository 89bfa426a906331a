import { defineEntity, f } from '@quancheng/kernel'
import { common, OWN_FORM, ownForm } from '../rules/form.ts'

/** 权限变更: who is to get or to lose which rights. An administrator changes the role; this is why. */
export const PermissionChange = defineEntity('permissionChange', {
  label: ['权限变更', 'Permission change'],
  icon: 'lock',
  fields: {
    ...common('QX'),
    kind: f.choice(['类别', 'Kind'], { grant: ['开通', 'Grant'], revoke: ['收回', 'Revoke'], change: ['变更', 'Change'] }, { required: true, default: 'grant' }),
    forWhom: f.text(['账号或姓名', 'For whom'], { required: true, max: 60, search: 'name' }),
    wanted: f.text(['角色与权限', 'Roles and rights'], { required: true, multiline: true, max: 500 }),
    until: f.date(['有效期至', 'Until']),
    reason: f.text(['理由', 'Reason'], { required: true, multiline: true, max: 500 }),
  },
  ...OWN_FORM,
  display: ['number', 'forWhom'],
  list: ['number', 'applicantId', 'kind', 'forWhom', 'until', 'stage'],
  hooks: { before(ctx, c) { ownForm(ctx, c) } },
})
