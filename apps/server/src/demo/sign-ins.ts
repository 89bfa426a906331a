/** One password for everybody in the demo; printed at start. An installation with QUANCHENG_DEMO=off never sees it. */
export const DEMO_PASSWORD = 'Quancheng-2026'

/** The one person of a firm outside; the firm is made with what is sold (sales-partner.ts). */
export const PARTNER = { username: 'yuda', name: '俞达' } as const

/** Who to sign in as, and what they are good for. */
export const DEMO_SIGN_INS: ReadonlyArray<{ username: string; name: string; role: string }> = [
  { username: 'lijie', name: '李接', role: '接待 HZ01' },
  { username: 'wangjian', name: '王检', role: '检验 HZ01' },
  { username: 'zhaoxiu', name: '赵修', role: '维修 HZ01' },
  { username: 'qianzhi', name: '钱质', role: '质检 HZ01' },
  { username: 'zhouzhan', name: '周站', role: '站长 HZ01' },
  { username: 'sunqu', name: '孙区', role: '大区 华东' },
  { username: 'wuzong', name: '吴总', role: '本部' },
  { username: 'zhengzong', name: '郑总监', role: '总监（审批）' },
  { username: 'zuoxi', name: '坐席甲', role: '热线坐席' },
  { username: 'luoqi', name: '罗琦', role: '业务人员 企业客户板块' },
  { username: 'taomin', name: '陶敏', role: '板块负责人 企业客户板块' },
  { username: 'shiwen', name: '施雯', role: '板块管理员 企业客户板块' },
  { username: 'dongli', name: '董立', role: '集团管理层' },
  { username: 'meilan', name: '梅岚', role: '市场营销部' },
  { username: 'admin', name: '系统管理员', role: '系统管理' },
  { username: 'admin@huaxia', name: '系统管理员', role: '第二家企业 华夏数码维修' },
]
