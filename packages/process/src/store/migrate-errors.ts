import { registerErrors } from '@quancheng/kernel'

registerErrors({
  MIGRATION_REFUSED: [409, '这个案例不能迁移：{reason}', 'This case cannot be migrated: {reason}'],
  MIGRATION_NODE_UNKNOWN: [422, '对应关系里有不存在的节点：{reason}', 'The mapping names an unknown node: {reason}'],
  MIGRATION_SAME: [422, '新旧是同一个版本，不用迁移', 'It is the same version, there is nothing to migrate'],
  MIGRATION_ENTITY: [422, '两个版本办理的不是同一种记录，不能迁移', 'The versions are for different kinds of records'],
  MIGRATION_RUNNING: [409, '第 {version} 版的案例正在迁移，等它完成或先停止', 'Cases of version {version} are being migrated already'],
  MIGRATION_OVER: [409, '这次迁移已经结束', 'This migration is over'],
  MIGRATION_NONE: [409, '第 {version} 版没有运行中的案例', 'No case runs on version {version}'],
})
