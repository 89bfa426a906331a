/** What the demo company repairs and sells. Models are invented. */
export interface LinePlan { code: string; name: string; processKey: string; warrantyDays: number; /** how serial numbers of the line begin */ serial: string; products: ReadonlyArray<readonly [code: string, name: string]> }

export const LINES: readonly LinePlan[] = [
  { code: 'NB', name: '笔记本', processKey: 'repair', warrantyDays: 730, serial: 'PF', products: [
    ['NB-X1', '笔记本 X1'], ['NB-X1P', '笔记本 X1 Pro'], ['NB-QY13', '轻云 13'], ['NB-QY14', '轻云 14'], ['NB-RX15', '锐行 15'], ['NB-RX16', '锐行 16'], ['NB-PS5', '磐石 W5'], ['NB-XT7', '星途 G7']] },
  { code: 'PHONE', name: '手机', processKey: 'repair', warrantyDays: 365, serial: 'SJ', products: [
    ['SJ-QN5', '青鸟 5'], ['SJ-QN5P', '青鸟 5 Pro'], ['SJ-QN6', '青鸟 6'], ['SJ-LY2', '流萤 2'], ['SJ-LY3', '流萤 3'], ['SJ-ZY1', '折页 F1']] },
  { code: 'PAD', name: '平板', processKey: 'repair', warrantyDays: 365, serial: 'PD', products: [
    ['PD-MJ11', '墨简 11'], ['PD-MJ13', '墨简 13'], ['PD-XT8', '学堂 8'], ['PD-HB12', '画布 12']] },
  { code: 'PRINTER', name: '打印机', processKey: 'repair', warrantyDays: 365, serial: 'PR', products: [
    ['PR-YB200', '砚白 L200'], ['PR-YB400', '砚白 L400'], ['PR-CY3', '彩页 C3'], ['PR-BD80', '标单 T80']] },
  { code: 'PARTS', name: '配件销售', processKey: 'parts-sale', warrantyDays: 90, serial: 'PJ', products: [
    ['PJ-ADP65', '电源适配器 65W'], ['PJ-ADP100', '电源适配器 100W'], ['PJ-BATX1', 'X1 原厂电池'], ['PJ-MEM16', '内存条 16G'], ['PJ-SSD512', '固态硬盘 512G'], ['PJ-SSD1T', '固态硬盘 1T'], ['PJ-SCR14', '14 寸屏幕总成'], ['PJ-TNR200', 'L200 硒鼓']] },
]

export const COLORS = ['深空灰', '月光银', '曜石黑', '云母白', '雾霾蓝', '松石绿'] as const
