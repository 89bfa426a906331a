import { compileMetadata, coreModule, permissionCatalogue } from '@quancheng/kernel/install'
import { STANDARD_ROLES } from '@quancheng/org'
import { modules } from './modules.ts'

/** Widest first. */
const SCOPES = { all: '全部', region: '大区', unitBelow: '本单位及下属', unit: '本单位', self: '本人' } as const

const HEAD = `# 权限表

由声明生成：\`npm run quancheng -- permissions\` 重写这个文件，测试核对它与声明一致。改了谁能做什么，就会出现在这个文件的差别里，评审时逐行看。

每行一项权限；冒号后是持有它的标准岗位角色及数据范围。系统管理员（admin）持有全部权限、范围全部，不再逐行写出。没有人持有的权限也列出。
`

/** The permission matrix of the standard roles, as Markdown: one line a permission, so that a change of rights is a line in a diff. */
export function permissionMatrix(): string {
  const all = [coreModule, ...modules]
  const declared = { entities: compileMetadata(all.flatMap(m => m.entities ?? [])).base, locale: 'zh-CN' as const, runtime: { modules: all, actions: all.flatMap(m => m.actions ?? []) } }
  const groups = Map.groupBy(permissionCatalogue(declared), p => p.entity)
  const holders = (code: string): string => STANDARD_ROLES.filter(role => !role.everything && role.grants[code]?.length)
    .map(role => `${role.name}·${Object.entries(SCOPES).filter(([scope]) => role.grants[code]!.includes(scope as keyof typeof SCOPES)).map(([, name]) => name).join('与')}`).join('，')
  const hidden = STANDARD_ROLES.filter(role => Object.keys(role.fields).length > 0).map(role => `- ${role.name}：${Object.entries(role.fields).map(([field, level]) => `\`${field}\` ${level === 'mask' ? '遮罩' : level === 'none' ? '看不见' : level === 'read' ? '只读' : '可改'}`).join('，')}`)
  const body = [...groups].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([entity, permissions]) =>
    `## ${entity} ${permissions[0]!.group}\n\n${permissions.map(p => `- \`${p.code}\` ${p.label}：${holders(p.code) || '无'}`).join('\n')}\n`)
  return `${HEAD}\n${body.join('\n')}\n## 字段\n\n${hidden.join('\n')}\n`
}
