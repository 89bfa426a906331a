import type { Random } from './random.ts'

/** The commonest surnames, the first ones more often, as in life. */
const SURNAMES = [...'王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤']
const GIVEN = ('伟 芳 娜 敏 静 丽 强 磊 军 洋 勇 艳 杰 娟 涛 明 超 霞 平 刚 琳 倩 鹏 斌 宁 颖 健 峰 晨 悦 秀英 桂英 建国 建华 志强 志明 晓明 晓东 晓燕 雅婷 雨欣 子涵 梓轩 浩然 宇轩 欣怡 诗涵 佳怡 ' +
  '俊杰 文博 嘉豪 思琪 梦洁 海燕 玉兰 国庆 国栋 立新 学军 春梅 秋菊 雪梅 晨曦 一鸣 天宇 泽宇 瑞霖 可欣 若曦 语桐 钰涵 景行 知远 书瑶 清扬 怀瑾 永康 长青 庆华 丽娜 美玲 慧敏 红梅 新宇 少华 振东 家辉 ' +
  '咏梅 楚然 安琪 亦凡 博涵 明轩 婉清 心怡 凯旋 启航 绍辉 德明 素芬 爱华 小军 小红 伟民 保国 乐天').split(' ')

export const BRANDS = '澄湖 翊安 泓达 柏曜 锦屿 朗渡 禾芯 启衡 沐川 霁光 砺锋 瀚桥 星屿 擎石 谷舟 简物 青檐 墨隅 万栖 临溪 沧桁 知禾 远岫 卓汀 凌桥 聚岸 恒野 睿栈 新榕 汇桐 南漪 云棹 棠里 季风谷 北辰渡 千川'.split(' ')
export const TRADES = '科技 精密机械 电子 医疗器械 物流 建筑设计 软件 国际贸易 纺织 食品 教育咨询 文化传媒 汽车零部件 能源 环保工程 检测技术 新材料'.split(' ')
const OFFICES = '实验小学 第二中学 社区医院 设计院 律师事务所 会计师事务所'.split(' ')
const ROADS = '文昌路 学院路 建设路 人民路 中山路 解放路 兴业街 望江路 青年路 河滨路 和平路 光华路 新城大道 科创路 百丈路 湖滨路'.split(' ')
const ESTATES = '翠苑小区 阳光花园 锦绣家园 滨河新村 紫金公寓 绿洲苑 城市之星 东湖名邸'.split(' ')
const TITLES = { decider: '总经理', user: '部门主管', purchaser: '采购经理', finance: '财务主管', it: '信息主管' } as const
const MOBILE = '130 131 132 135 136 137 138 139 150 151 152 157 158 159 177 178 180 182 185 186 187 188 189'.split(' ')

export const personName = (r: Random): string => {
  const commoner = Math.floor(r.next() * r.next() * SURNAMES.length)
  return `${SURNAMES[commoner]}${r.pick(GIVEN)}`
}

export function companyName(r: Random, city: string): string {
  if (r.chance(0.08)) return `${city}${r.pick(BRANDS)}${r.pick(OFFICES)}`
  const legal = r.weighted({ 有限公司: 80, 股份有限公司: 12, '（集团）有限公司': 8 })
  return `${r.chance(0.85) ? city : ''}${r.pick(BRANDS)}${r.pick(TRADES)}${legal}`
}

export const address = (r: Random, city: string, districts: readonly string[]): string =>
  `${city}市${r.pick(districts)}${r.pick(ROADS)} ${r.int(1, 480)} 号${r.chance(0.5) ? `${r.pick(ESTATES)} ${r.int(1, 30)} 幢 ${r.int(1, 18)}0${r.int(1, 4)}` : ''}`

export const contactRole = (r: Random): { role: keyof typeof TITLES; title: string } => {
  const role = r.weighted({ decider: 20, user: 35, purchaser: 20, finance: 5, it: 20 })
  return { role, title: TITLES[role] }
}

/** Numbers nobody has twice. The middle digits are 00, which keeps most of them out of the ranges that people really hold. */
export function phoneBook(r: Random, taken: Iterable<string> = []) {
  const used = new Set(taken)
  const unused = (make: () => string): string => { for (;;) { const n = make(); if (!used.has(n)) { used.add(n); return n } } }
  return {
    mobile: () => unused(() => `${r.pick(MOBILE)}00${String(r.int(0, 999_999)).padStart(6, '0')}`),
    landline: (area: string) => unused(() => `${area}-2800${String(r.int(0, 9999)).padStart(4, '0')}`),
  }
}

/** Serial numbers without the letters that people misread. */
export function serialBook(r: Random, taken: Iterable<string> = []) {
  const used = new Set(taken)
  const LETTERS = '0123456789ABCDEFGHJKLMNPQRSTUVWXYZ'
  return (prefix: string): string => {
    for (;;) {
      const n = prefix + Array.from({ length: 6 }, () => LETTERS[r.int(0, LETTERS.length - 1)]).join('')
      if (!used.has(n)) { used.add(n); return n }
    }
  }
}
