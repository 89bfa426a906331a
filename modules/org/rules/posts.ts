/** The posts of spec (a), in the order in which a request passes them. Their codes are those of the standard roles. */
export const STANDARD_POSTS: ReadonlyArray<{ code: string; name: string; duties: string }> = [
  { code: 'receptionist', name: '接待员', duties: '迎接客户，登记客户与设备，开单取号，报价确认，通知取机' },
  { code: 'inspector', name: '检验员', duties: '检测故障，判断保修，填写检验结果' },
  { code: 'engineer', name: '维修工程师', duties: '按检验结果维修，记录更换的配件' },
  { code: 'qc', name: '质检员', duties: '维修后逐项检验，不合格退回维修' },
  { code: 'storekeeper', name: '库管员', duties: '配件的收、发、退，保证账实相符' },
  { code: 'stationManager', name: '站长', duties: '看现场、调人手、处理超时与投诉，对本站的按时率负责' },
  { code: 'regionManager', name: '大区经理', duties: '比较各站，找出瓶颈，支援人手' },
  { code: 'hq', name: '本部管理', duties: '制定流程、时限和服务规范，看全公司的运行' },
  { code: 'deptManager', name: '部门经理', duties: '管理本部门的人员与工作，审批本部门的申请' },
  { code: 'director', name: '总监', duties: '审批金额较大与跨部门的申请' },
  { code: 'finance', name: '财务', duties: '审核费用、采购与合同，付款与开票' },
  { code: 'hr', name: '人事', duties: '考勤、假期与人员变动' },
  { code: 'legal', name: '法务', duties: '审核合同与法律风险' },
  { code: 'purchaser', name: '采购', duties: '询价比价，下单跟催' },
  { code: 'agent', name: '热线坐席', duties: '接听来电，查询进度，联系客户' },
  { code: 'admin', name: '系统管理员', duties: '维护组织、账号、角色与系统设置' },
]
