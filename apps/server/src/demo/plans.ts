/** The two companies of the demo, as data. All names are invented; the units are those of the checks in the specification. */
export interface UnitPlan { code: string; name: string; kind: 'group' | 'hq' | 'region' | 'station' | 'department' | 'block'; parent?: string; phone?: string; address?: string }
export interface PersonPlan { username: string; name: string; post: string; unit: string }
/** A customer that tests and guides rely on. */
export interface FixedCustomer { name: string; kind: 'person' | 'company' | 'group'; phone: string; mail?: string; station: string; device?: { product: string; serialNo: string } }
export interface CompanyPlan {
  code: string
  name: string
  numberPrefix: string
  units: readonly UnitPlan[]
  people: readonly PersonPlan[]
  fixed: readonly FixedCustomer[]
  /** how many to invent beside the fixed ones */
  persons: number
  companies: number
  /** where a station's customers live, and its share of them */
  stations: Readonly<Record<string, { city: string; area: string; share: number; districts: readonly string[] }>>
}

/** `HZ01`, `engineer`, `zhaoxiu 赵修 hezhiyuan 何志远` → two people. */
const team = (unit: string, post: string, names: string): PersonPlan[] => {
  const words = names.split(' ')
  return Array.from({ length: words.length / 2 }, (_, i) => ({ username: words[2 * i]!, name: words[2 * i + 1]!, post, unit }))
}

export const HENGCHUAN: CompanyPlan = {
  code: 'hengchuan', name: '衡川电子服务集团', numberPrefix: 'HC',
  units: [
    { code: 'HC', name: '衡川电子服务集团', kind: 'group' },
    { code: 'HQ', name: '本部', kind: 'hq', parent: 'HC', phone: '0571-28000000' },
    { code: 'HOTLINE', name: '热线服务部', kind: 'department', parent: 'HQ', phone: '400-000-2026' },
    { code: 'EAST', name: '华东大区', kind: 'region', parent: 'HC' },
    { code: 'SOUTH', name: '华南大区', kind: 'region', parent: 'HC' },
    { code: 'HZ01', name: '杭州一站', kind: 'station', parent: 'EAST', phone: '0571-28000101', address: '杭州市西湖区文三路 118 号一层' },
    { code: 'NB02', name: '宁波二站', kind: 'station', parent: 'EAST', phone: '0574-28000202', address: '宁波市鄞州区中兴路 66 号' },
    { code: 'GZ05', name: '广州五站', kind: 'station', parent: 'SOUTH', phone: '020-28000505', address: '广州市天河区天河路 205 号二层' },
    // who sells: one block for each sort of customer (RU-05)
    { code: 'BKE', name: '企业客户板块', kind: 'block', parent: 'HC', phone: '0571-28000601' },
    { code: 'BKG', name: '政府与教育板块', kind: 'block', parent: 'HC', phone: '0571-28000602' },
    { code: 'BKC', name: '连锁与渠道板块', kind: 'block', parent: 'HC', phone: '0571-28000603' },
  ],
  people: [
    ...team('HQ', 'admin', 'admin 系统管理员'), ...team('HQ', 'hq', 'wuzong 吴总 songzhixing 宋知行 yeqing 叶青'),
    ...team('HOTLINE', 'agent', 'zuoxi 坐席甲 qinxiao 秦晓 zouting 邹婷'),
    ...team('EAST', 'regionManager', 'sunqu 孙区 hanxue 韩雪'), ...team('SOUTH', 'regionManager', 'pengzhenyu 彭振宇'),
    ...team('HZ01', 'stationManager', 'zhouzhan 周站'), ...team('HZ01', 'receptionist', 'lijie 李接 shenyutong 沈雨桐 lusiyuan 吕思远'),
    ...team('HZ01', 'inspector', 'wangjian 王检 zhengkai 郑凯'), ...team('HZ01', 'engineer', 'zhaoxiu 赵修 hezhiyuan 何志远 tangli 唐立 shaowenbo 邵文博 xuelei 薛磊'),
    ...team('HZ01', 'qc', 'qianzhi 钱质 gexiaoyan 葛晓燕'), ...team('HZ01', 'storekeeper', 'fanguoqiang 范国强'),
    ...team('NB02', 'stationManager', 'guminghui 顾明辉'), ...team('NB02', 'receptionist', 'jiangxinyi 蒋欣怡 lujianing 陆嘉宁'),
    ...team('NB02', 'inspector', 'xudong 徐东 dinghaoran 丁浩然'), ...team('NB02', 'engineer', 'yanfeng 严峰 luobin 骆斌 tongjianhua 童建华'),
    ...team('NB02', 'qc', 'zhanghui 章慧'), ...team('NB02', 'storekeeper', 'maoyongkang 毛永康'),
    ...team('GZ05', 'stationManager', 'liangjiahao 梁家豪'), ...team('GZ05', 'receptionist', 'huangyongshi 黄咏诗 dengziqing 邓子晴'),
    ...team('GZ05', 'inspector', 'fengweijie 冯伟杰 tanyaowen 谭耀文'), ...team('GZ05', 'engineer', 'luozhiqiang 罗志强 maijunxi 麦俊熙 ouyangbin 欧阳彬'),
    ...team('GZ05', 'qc', 'zenglishan 曾丽珊'), ...team('GZ05', 'storekeeper', 'lubingkun 卢炳坤'),
    ...team('HQ', 'director', 'zhengzong 郑总监'), ...team('HQ', 'finance', 'chenmin 陈敏'), ...team('HQ', 'hr', 'linyue 林悦'), ...team('HQ', 'legal', 'zhoulv 周律'), ...team('HQ', 'purchaser', 'hukai 胡凯'), ...team('HQ', 'sales', 'dingxiao 丁晓'),
    ...team('HQ', 'groupManager', 'dongli 董立'), ...team('HQ', 'marketing', 'meilan 梅岚 suhang 苏航'),
    ...team('BKE', 'blockLead', 'taomin 陶敏'), ...team('BKE', 'blockAdmin', 'shiwen 施雯'), ...team('BKE', 'sales', 'luoqi 罗琦 fangyuan 方远 jiangshan 姜珊'),
    ...team('BKG', 'blockLead', 'helan 贺兰'), ...team('BKG', 'blockAdmin', 'youjia 尤佳'), ...team('BKG', 'sales', 'qinchuan 秦川 wenjing 闻静 duanfei 段飞'),
    ...team('BKC', 'blockLead', 'shilei 石磊'), ...team('BKC', 'blockAdmin', 'liuqing 柳青'), ...team('BKC', 'sales', 'xiayu 夏雨 kangning 康宁 baihua 白桦'),
  ],
  fixed: [
    { name: '张三', kind: 'person', phone: '13800000001', mail: 'zhangsan@example.com', station: 'HZ01', device: { product: 'NB-X1', serialNo: 'PF1ABCD' } },
    { name: '澄湖能源集团', kind: 'group', phone: '0571-28900000', station: 'HZ01' },
  ],
  persons: 1030, companies: 170,
  stations: {
    HZ01: { city: '杭州', area: '0571', share: 45, districts: ['西湖区', '上城区', '拱墅区', '滨江区', '余杭区', '萧山区'] },
    NB02: { city: '宁波', area: '0574', share: 30, districts: ['鄞州区', '海曙区', '江北区', '镇海区', '北仑区'] },
    GZ05: { city: '广州', area: '020', share: 25, districts: ['天河区', '越秀区', '海珠区', '番禺区', '白云区'] },
  },
}

/** Another company in the same installation: the two never see each other, though a phone number is in both. */
export const HUAXIA: CompanyPlan = {
  code: 'huaxia', name: '华夏数码维修', numberPrefix: 'HX',
  units: [
    { code: 'HX', name: '华夏数码维修', kind: 'group' },
    { code: 'SH01', name: '上海一站', kind: 'station', parent: 'HX', phone: '021-28000101', address: '上海市徐汇区漕溪北路 88 号' },
  ],
  people: [
    ...team('HX', 'admin', 'admin 系统管理员'), ...team('SH01', 'stationManager', 'majing 马静'), ...team('SH01', 'receptionist', 'linxi 林熙'),
    ...team('SH01', 'inspector', 'gaoxiang 高翔'), ...team('SH01', 'engineer', 'dupeng 杜鹏'), ...team('SH01', 'qc', 'cuimin 崔敏'),
  ],
  fixed: [{ name: '李四', kind: 'person', phone: '13800000001', station: 'SH01' }],
  persons: 32, companies: 8,
  stations: { SH01: { city: '上海', area: '021', share: 1, districts: ['徐汇区', '静安区', '浦东新区', '闵行区'] } },
}

/** The first one answers sign-ins without `@`. */
export const DEMO_COMPANIES: readonly CompanyPlan[] = [HENGCHUAN, HUAXIA]
