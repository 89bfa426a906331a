import { storeNew, type Ctx } from '@quancheng/kernel'
import type { Random } from './random.ts'
import { actingAs, DAY_MS, type DemoWorld } from './world.ts'

/** What customers say, what is found, what is done, what it costs: by product line, so that a record reads as one story. */
interface Fault { code: string; said: string; found: string; done: string; price: readonly [number, number] }

const COMMON: readonly Fault[] = [
  { code: 'power', said: '按电源键没有反应，充电灯也不亮', found: '电源接口虚焊，主板供电正常', done: '补焊电源接口，老化测试两小时', price: [120, 260] },
  { code: 'screen', said: '屏幕有一条竖线，时有时无', found: '屏幕排线老化，接触不良', done: '更换屏幕排线，显示恢复正常', price: [180, 680] },
  { code: 'battery', said: '电量掉得很快，充满用不到一小时', found: '电池健康度 41%，循环次数过高', done: '更换电池并校准电量', price: [160, 420] },
  { code: 'software', said: '开机一直转圈，进不了系统', found: '系统文件损坏，硬件检测通过', done: '备份数据后重装系统，恢复正常', price: [80, 150] },
  { code: 'liquid', said: '昨天洒了一杯水，现在开不了机', found: '主板有进液痕迹，供电芯片腐蚀', done: '清洗主板，更换供电芯片', price: [260, 720] },
  { code: 'network', said: '无线网经常断，信号只有一格', found: '无线天线脱落', done: '重新固定天线，信号恢复', price: [60, 140] },
]
const BY_LINE: Record<string, readonly Fault[]> = {
  laptop: [
    { code: 'keyboard', said: '空格键和回车键按不动', found: '键盘进灰，两键触点失效', done: '更换键盘总成', price: [180, 320] },
    { code: 'heat', said: '风扇声音很大，用一会儿就自动关机', found: '散热器积灰，导热材料干结', done: '清灰并更换导热材料，满载温度降到 78 度', price: [90, 180] },
    { code: 'storage', said: '打开文件特别慢，有时提示读取错误', found: '固态硬盘坏块增多', done: '更换固态硬盘，迁移数据', price: [380, 860] },
  ],
  printer: [
    { code: 'paper', said: '打印时总卡纸，一次进好几张', found: '搓纸轮磨损', done: '更换搓纸轮，连续打印两百张正常', price: [90, 160] },
    { code: 'other', said: '打出来的字有重影', found: '感光鼓老化', done: '更换感光鼓，打印清晰', price: [220, 460] },
  ],
}

export function inventFault(lineName: string, r: Random): Fault {
  return r.pick(faultsOf(lineName))
}

/** The particular ones of a line come twice: they are twice as frequent. */
function faultsOf(lineName: string): readonly Fault[] {
  const own = lineName.includes('笔记本') ? BY_LINE.laptop! : lineName.includes('打印') ? BY_LINE.printer! : []
  return [...own, ...own, ...COMMON.filter(f => !lineName.includes('打印') || !['screen', 'battery'].includes(f.code))]
}

/** What the counter calls it before anybody has looked inside: by 故障代码. */
const CATEGORIES: Readonly<Record<string, string>> = { power: '不开机', screen: '屏幕显示', battery: '电池充电', keyboard: '按键输入', storage: '数据与存储', network: '网络信号', heat: '发热死机', paper: '卡纸走纸', software: '系统软件', liquid: '进液', other: '打印质量' }

/** The company's list of 故障类别 for each of its lines. Returns ids by product line id and 故障代码. */
export async function storeFaultCategories(ctx: Ctx, w: DemoWorld): Promise<(productLineId: string, code: string) => string | null> {
  const r = w.random('fault-categories'), ids = new Map<string, string>()
  const then = actingAs(ctx, null, new Date(w.today.getTime() - 400 * DAY_MS))
  for (const line of Object.values(w.lines)) {
    const codes = new Set(faultsOf(line.name).map(f => f.code))
    for (const [position, code] of [...codes].entries()) {
      const id = r.id(then.now())
      await storeNew(then, then.entities.get('faultCategory'), { name: CATEGORIES[code]!, productLineId: line.id, position }, { id })
      ids.set(`${line.id} ${code}`, id)
    }
  }
  return (line, code) => ids.get(`${line} ${code}`) ?? null
}

export const APPEARANCES = ['轻微划痕', '外壳有磕碰', '外观完好', '屏幕左上角有划痕', '边角磨损'] as const
export const ACCESSORIES = ['电源适配器', '无', '电源适配器、保护套', '数据线', '无，仅主机'] as const
