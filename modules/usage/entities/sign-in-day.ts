import { defineEntity, f, User } from '@quancheng/kernel'

/** 登录日: a person was there on a day. One row for each, written when a session begins or goes on over midnight (RU-01). A machine's token is nobody's presence. */
export const SignInDay = defineEntity('signInDay', {
  label: ['登录日', 'Sign-in day'],
  icon: 'clock',
  fields: {
    userId: f.ref(['人员', 'Person'], () => User, { required: true, onDelete: 'cascade', index: false }),
    unitId: f.ref(['单位', 'Unit'], () => 'unit', { index: false }),
    day: f.date(['日期', 'Day'], { required: true }),
    times: f.integer(['登录次数', 'Sign-ins'], { required: true, default: 0, help: ['0 是前一天的登录一直没有退出', '0: a session of the day before went on'] }),
    firstAt: f.datetime(['最早', 'First'], { required: true }),
    lastAt: f.datetime(['最近一次登录', 'Last sign-in'], { required: true }),
  },
  scope: { owner: 'userId', unit: 'unitId' },
  travels: 'never',
  managed: true,
  noAudit: true,
  display: ['userId', 'day'],
  list: ['day', 'userId', 'unitId', 'times', 'firstAt', 'lastAt'],
  sort: '-day',
  indexes: [{ on: ['userId', 'day'], unique: true }, { on: ['unitId', 'day'] }],
})
