import { can } from '../access/access.ts'
import { defineEntity } from '../entity/define.ts'
import { f } from '../entity/field.ts'
import { fail } from '../errors.ts'
import { endSessions } from '../access/session.ts'
import { Role, RoleGroup } from './role.ts'
import { Unit } from './unit.ts'

/** Giving roles to a user: held apart from changing their data. */
export const GRANT = 'user:grant'

/** An account. Who somebody is at work (post, number, skills) is the employee's record; this is what they sign in with. */
export const User = defineEntity('user', {
  label: ['用户', 'User'],
  icon: 'user',
  fields: {
    username: f.text(['用户名', 'User name'], { required: true, unique: true, immutable: true, pattern: '[a-z][a-z0-9._-]{1,39}', search: 'code' }),
    name: f.text(['姓名', 'Name'], { required: true, search: 'name', max: 40 }),
    unitId: f.ref(['所属单位', 'Unit'], () => Unit, { required: true }),
    roleIds: f.refs(['角色', 'Roles'], () => Role),
    groupIds: f.refs(['角色组', 'Role groups'], () => RoleGroup),
    phone: f.phone(['手机', 'Phone'], { personal: true }),
    mail: f.mail(['邮箱', 'Mail'], { personal: true }),
    locale: f.choice(['语言', 'Language'], { 'zh-CN': ['中文', 'Chinese'], en: ['英文', 'English'] }, { default: 'zh-CN' }),
    off: f.boolean(['停用', 'Off'], { default: false }),
    passwordHash: f.text(['密码摘要', 'Password hash'], { hidden: true, readOnly: true, max: 300 }),
    mustChange: f.boolean(['须改密码', 'Must change password'], { readOnly: true, default: false }),
    wrong: f.integer(['连续输错', 'Wrong tries'], { hidden: true, readOnly: true, required: true, default: 0 }),
    lockedUntil: f.datetime(['锁定至', 'Locked until'], { readOnly: true }),
    lastSignIn: f.datetime(['最近登录', 'Last sign-in'], { readOnly: true }),
  },
  scope: { owner: 'id', unit: 'unitId' },
  display: ['name'],
  list: ['username', 'name', 'unitId', 'roleIds', 'phone', 'off', 'lastSignIn'],
  sort: 'username',
  affectsAccess: true,
  tenantFields: true,
  hooks: {
    // rights are given by whoever may give them, not by everyone who may keep a phone number up to date
    before(ctx, c) {
      const given = (name: 'roleIds' | 'groupIds'): boolean => c.draft[name] !== undefined && JSON.stringify(c.draft[name] ?? []) !== JSON.stringify(c.before?.[name] ?? [])
      if ((given('roleIds') || given('groupIds')) && !can(ctx.access, GRANT)) fail('FORBIDDEN', { permission: GRANT })
    },
    async after(ctx, c) {
      // switched off: no session outlives it (BH-7.1)
      if (c.act === 'remove' || (c.row?.off && !c.before?.off)) await endSessions(ctx, c.id)
    },
  },
})
