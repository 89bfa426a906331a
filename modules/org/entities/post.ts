import { defineEntity, f } from '@quancheng/kernel'

/** 岗位: what somebody is at work. What they may do is their role; the standard posts and roles share their codes. */
export const Post = defineEntity('post', {
  label: ['岗位', 'Post'],
  icon: 'idcard',
  fields: {
    code: f.text(['编码', 'Code'], { required: true, unique: true, immutable: true, pattern: '[a-z][A-Za-z0-9]{1,30}' }),
    name: f.text(['名称', 'Name'], { required: true, max: 40 }),
    duties: f.text(['职责', 'Duties'], { multiline: true, max: 1000 }),
    position: f.integer(['顺序', 'Position'], { default: 0 }),
    off: f.boolean(['停用', 'Off'], { default: false }),
  },
  display: ['name'],
  list: ['code', 'name', 'duties', 'off'],
  sort: 'position,code',
  everyone: ['read'],
})
