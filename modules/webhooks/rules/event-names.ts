/** What may be chosen, in the words of the screen. Without imports: the page reads it too. */
type Names = Readonly<Record<string, readonly [zh: string, en: string]>>

export const ALARM = 'alarm'
export const RECORD_KINDS: Names = { created: ['新建', 'Created'], changed: ['修改', 'Changed'], removed: ['删除', 'Removed'] }
export const ALARM_KINDS: Names = { raised: ['发生', 'Raised'], closed: ['解除', 'Closed'] }
export const CASE_KINDS: Names = { 'case.started': ['流程开始', 'Case started'], 'stage.entered': ['进入环节', 'Stage entered'], 'stage.finished': ['办完环节', 'Stage finished'], 'case.ended': ['流程结束', 'Case ended'] }
/** acts of records that go through a process, and of all */
export const ACTS: { staged: Names; all: Names } = {
  staged: { move: ['流程往下走', 'Its process goes on'], startProcess: ['发起了流程', 'A process is started'], askApproval: ['送审', 'Sent for approval'], withdraw: ['撤回', 'Withdrawn'], cancelCase: ['流程被取消', 'Its case is cancelled'] },
  all: { erase: ['清除个人信息', 'Personal data erased'] },
}
