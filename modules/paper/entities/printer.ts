import { defineEntity, f, fail } from '@quancheng/kernel'
import { DEFAULT_PORT, isPrinterHost, isPrinterPort } from '../rules/address.ts'
import { PAPERS } from '../rules/papers.ts'

/**
 * A receipt printer in a station's network. Whoever may write one chooses where this server connects to; that is the administrator's, and
 * addresses at which no printer can stand are refused here and once more when connecting.
 */
export const Printer = defineEntity('printer', {
  label: ['打印机', 'Printer'],
  icon: 'ticket',
  fields: {
    unitId: f.ref(['服务站', 'Station'], () => 'unit', { required: true }),
    name: f.text(['名称', 'Name'], { required: true, max: 60 }),
    address: f.text(['地址', 'Address'], { required: true, max: 253, help: ['打印机的 IP 地址或机器名，如 192.168.1.50', 'IP address or host name'] }),
    port: f.integer(['端口', 'Port'], { required: true, default: DEFAULT_PORT }),
    width: f.choice(['纸宽', 'Paper width'], { w80: ['80 毫米', '80 mm'], w58: ['58 毫米', '58 mm'] }, { required: true, default: 'w80' }),
    papers: f.choices(['用于', 'Used for'], { voucher: PAPERS.voucher, label: PAPERS.label, slip: PAPERS.slip }, { help: ['取机凭证、设备标签在前台打印；取号单在客户取号时自动打印', 'Slips are printed when a number is taken at the door'] }),
    position: f.integer(['顺序', 'Position'], { default: 0, help: ['同一站有几台时，数字小的先用', 'The lowest is used first'] }),
    off: f.boolean(['停用', 'Off'], { default: false }),
  },
  scope: { unit: 'unitId' },
  // the choice of a printer is known to every act that takes a number
  affectsMeta: true,
  travels: 'pair',
  display: ['name'],
  list: ['name', 'unitId', 'address', 'port', 'width', 'papers', 'off'],
  sort: 'position,name',
  hooks: {
    before(_ctx, c) {
      const { address, port } = c.draft as { address?: string; port?: number }
      if (address !== undefined && c.act !== 'remove' && !isPrinterHost(address ?? '')) fail('PRINTER_ADDRESS', { value: address })
      if (port !== undefined && port !== null && !isPrinterPort(port)) fail('PRINTER_PORT', { value: port })
    },
  },
})
