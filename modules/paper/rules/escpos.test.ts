import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readEscPos } from '../testing/read-escpos.ts'
import { encodeTicket } from './escpos.ts'
import type { Ticket } from './ticket.ts'
import { widthOf } from './wrap.ts'

const ticket: Ticket = [
  { kind: 'text', text: '取机凭证', align: 'center', big: true, bold: true }, { kind: 'rule' }, { kind: 'fact', label: '故障', value: '客户说开机三分钟后自动关机，屏幕先闪两下；插上电源也一样，上个月在别处修过一次。' },
  { kind: 'qr', text: 'https://fuwu.example.cn/p/Ab3' }, { kind: 'barcode', text: 'HZ01-20261123-0001' }, { kind: 'feed', lines: 2 },
]

test('SP-12 the bytes: initialise, Chinese on, GB 18030 text, a QR code, a Code 128, cut', () => {
  const data = encodeTicket(ticket, 80)
  assert.deepEqual([...data.subarray(0, 4)], [0x1b, 0x40, 0x1c, 0x26])
  assert.ok(data.includes(Buffer.from('c8a1bbfac6bed6a4', 'hex')), '取机凭证 in GB 18030')
  assert.deepEqual([...data.subarray(-3)], [0x1d, 0x56, 1])
  const printed = readEscPos(data)
  assert.deepEqual([printed.qr, printed.barcodes, printed.cuts, printed.initialised, printed.chinese], [['https://fuwu.example.cn/p/Ab3'], ['HZ01-20261123-0001'], 1, true, true])
})

test('a long fault wraps under itself: no line is wider than 48 columns on 80 mm and 32 on 58 mm', () => {
  for (const [width, columns] of [[80, 48], [58, 32]] as const) {
    const { lines } = readEscPos(encodeTicket(ticket, width))
    for (const line of lines) assert.ok(widthOf(line) <= columns, `${width}: ${line}`)
    const fault = lines.findIndex(l => l.startsWith('故障'))
    assert.match(lines[fault + 1]!, /^ {10}\S/)
    assert.equal(lines.slice(fault).map(l => l.replace('故障', '').trim()).join('').includes('上个月在别处修过一次'), true)
  }
})

test('on 58 mm a request number would need bars too thin to read: the number stands there instead, the QR code is whole', () => {
  const { barcodes, lines, qr } = readEscPos(encodeTicket(ticket, 58))
  assert.deepEqual([barcodes, qr.length], [[], 1])
  assert.ok(lines.includes('HZ01-20261123-0001'))
  assert.deepEqual(readEscPos(encodeTicket([{ kind: 'barcode', text: '20261123' }], 58)).barcodes, ['20261123'])
})

test('SP-12 control bytes in a name are no commands: nothing is cut, no drawer opens, the text goes on', () => {
  const evil = '张\u001bp\u0000三\u001dV\u0000\u001b@'
  for (const block of [{ kind: 'text', text: evil }, { kind: 'fact', label: evil, value: evil }, { kind: 'qr', text: evil }] as const) {
    const printed = readEscPos(encodeTicket([block], 80))
    assert.equal(printed.cuts, 1)
    assert.ok([...printed.lines, ...printed.qr].join('').includes('张p三V@'), JSON.stringify(printed))
  }
})
