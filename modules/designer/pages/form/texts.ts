import { defineTexts } from '@quancheng/ui'

export const tg = defineTexts({
  open: ['设计表单', 'Design the form'], summary: ['{fields} 个字段，{sections} 个小节', '{fields} fields, {sections} sections'], empty: ['还没有字段', 'No fields yet'], problems: ['表单有 {n} 个问题', '{n} problems in the form'],
  title: ['表单 · {name}', 'Form · {name}'], done: ['完成', 'Done'], desk: ['电脑', 'Desk'], phone: ['手机', 'Phone'], width: ['预览宽度', 'Preview width'], try: ['试填', 'Try it'], tryHint: ['试填：填一填，看字段怎么出现。不会保存。', 'Fill it in to see what appears. Nothing is kept.'], undo: ['撤销', 'Undo'], redo: ['重做', 'Redo'],
  parts: ['字段', 'Fields'], form: ['表单', 'Form'], props: ['属性', 'Settings'], panes: ['看哪一部分', 'Which part'],
  find: ['查找字段', 'Find a field'], ofEntity: ['{label}的字段', 'Fields of {label}'], variables: ['流程的变量', 'Variables'], used: ['已用', 'used'], own: ['自定义', 'own'], nothing: ['没有“{q}”', 'No “{q}”'],
  newField: ['新建字段', 'New field'], newVariable: ['新建变量', 'New variable'], variableHint: ['这个流程不绑定对象：字段就是流程自己的变量，后面的条件可以用它们。', 'This process runs on no record: fields are its own variables, for the conditions that follow.'],
  addSection: ['小节', 'Section'], addItem: ['必做事项', 'Must-do item'], addScript: ['话术', 'Script'], add: ['加到表单', 'Add'],
  blank: ['从左边点一个字段，它就出现在这里。', 'Choose a field at the left.'], blankPhone: ['到“字段”里点一个，它就出现在这里。', 'Choose one under “Fields”.'],
  section: ['小节', 'Section'], field: ['字段', 'Field'], item: ['必做事项', 'Must-do item'], script: ['话术', 'Line'],
  place: ['{what}“{name}”，第 {n} 项，共 {all} 项', '{what} “{name}”, {n} of {all}'], moved: ['“{name}”移到第 {n} 项，共 {all} 项', '“{name}” is now {n} of {all}'], stays: ['“{name}”已在尽头', '“{name}” goes no further'], removed: ['已去掉“{name}”', '“{name}” removed'], added: ['已加“{name}”', '“{name}” added'],
  up: ['上移（Alt+↑）', 'Up (Alt+↑)'], down: ['下移（Alt+↓）', 'Down (Alt+↓)'], remove: ['从表单去掉（Delete）', 'Take off the form (Delete)'], keys: ['↑↓ 选，Alt+↑↓ 移动，Enter 改属性，Delete 去掉', '↑↓ select, Alt+↑↓ move, Enter settings, Delete remove'],
  none: ['选中表单上的一项，在这里改它。', 'Select something on the form.'],
  sectionLabel: ['标题', 'Title'], label: ['显示的名称', 'Label'], variableLabel: ['名称', 'Label'], variableName: ['变量名', 'Variable'], variableNameHint: ['条件里用它；有案例在走时不要改', 'Conditions use it; do not change it while cases run'], help: ['填写提示', 'Help'], type: ['类型', 'Type'], options: ['选项（每行一个）', 'Options (one per line)'], fieldWidth: ['宽度', 'Width'], auto: ['自动', 'Auto'], half: ['半行', 'Half'], full: ['整行', 'Full'],
  text: ['文字', 'Text'], number: ['数字', 'Number'], date: ['日期', 'Date'], boolean: ['是否', 'Yes or no'], choice: ['选项', 'Choice'],
  initial: ['默认值', 'Default'], initialHint: ['空着时先填上；FEEL，如 "普通"、quantity * price', 'What an empty field begins with; FEEL, as "normal", quantity * price'], visibleWhen: ['什么时候显示', 'Shown when'], visibleHint: ['FEEL，如 amount > 1000；空着就一直显示。不显示时不必填，也不能填', 'FEEL, as amount > 1000; empty: always. What is not shown is not demanded'],
  fixed: ['这个字段只由系统写，表单上只能看', 'Only the system writes this field'], when: ['有条件', 'conditional'],
  NAME_BAD: ['变量名以文字或下划线开头，只用文字、数字和下划线，也不能叫 outcome', 'A name begins with a letter and has letters, digits and _ only; not “outcome”'], NAME_TWICE: ['“{said}”重复了', '“{said}” stands there twice'], NAME_UNKNOWN: ['没有字段“{said}”，请去掉', 'There is no field “{said}”'], LABEL_MISSING: ['请写文字', 'Write a text'], OPTIONS_MISSING: ['请至少写一个选项', 'At least one option'], OPTIONS_TWICE: ['选项“{said}”重复了', 'Option “{said}” twice'], FEEL: ['{said}', '{said}'], SELF: ['条件里不能有这个字段自己', 'The condition must not read the field itself'], OUTCOME_UNKNOWN: ['没有结果“{said}”', 'There is no outcome “{said}”'], NOT_WRITABLE: ['这个字段只由系统写，请勾上只读', 'Only the system writes this field: tick read only'], READONLY_INITIAL: ['只读的字段不能有默认值', 'A read-only field has no default'], TYPE_OF_RECORD: ['绑定了对象，类型由对象的字段决定；去掉再加一次', 'The record decides the type; remove it and add it again'],
})
