import { registerErrors } from '@quancheng/kernel'

registerErrors({
  WEBHOOK_URL: [400, '接收地址要写成 https://… 或 http://…，不带用户名和 # 后面的部分', 'Write the address as https://… or http://…, without a user name or a fragment'],
  WEBHOOK_HOST: [400, '不能连接 {host}：它在内网。内网的系统要先在“允许的内网主机”里列出', '{host} is inside: list it among the allowed hosts first'],
  WEBHOOK_HOSTS_OPERATOR: [409, '这套系统里有几家企业，内网主机由装系统的人在环境变量 QUANCHENG_NOTICE_HOSTS 里列出', 'Several companies share this installation: its operator lists hosts in QUANCHENG_NOTICE_HOSTS'],
  WEBHOOK_HOST_NAME: [400, '“{host}”不是主机：一行一个，写主机或主机:端口，如 erp.local:8080、10.0.3.5', '{host} is no host: one a line, host or host:port'],
  WEBHOOK_SUBJECTS: [400, '至少选一个对象，每个对象至少选一种情况', 'Choose at least one kind of record, and of each at least one event'],
  WEBHOOK_TWICE: [400, '“{entity}”选了两次，请合在一起', '{entity} is chosen twice'],
  WEBHOOK_EVENT: [400, '“{entity}”没有“{event}”这种情况', '{entity} has no event {event}'],
  WEBHOOK_ENTITY: [400, '“{entity}”不能对外通知', '{entity} cannot be told of'],
  WEBHOOK_BLIND: [400, '{name} 没有查看“{entity}”的权限，接收方什么也收不到', '{name} may not read {entity}: the receiver would get nothing'],
  WEBHOOK_OWNER: [403, '只能用自己的权限；要用别人的，需要修改全部用户的权限', 'With your own rights only; for others you need the right to change all users'],
  WEBHOOK_OWNER_OFF: [400, '账号 {name} 已停用，换一个', 'The account {name} is off'],
  WEBHOOK_DELIVERY: [409, '这条投递现在是“{state}”，不用重发', 'This delivery is {state}: nothing to send again'],
  WEBHOOK_IN_USE: [409, '还在启用，先停用再删除', 'It is on: switch it off first'],
})
