import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isForbiddenAddress, isPrinterHost, isPrinterPort } from './address.ts'

test('a printer has a name or an address, not a URL', () => {
  for (const good of ['192.168.1.50', 'printer-1.hz01.lan', 'P1', 'fd00::5']) assert.ok(isPrinterHost(good), good)
  for (const bad of ['http://192.168.1.50', '192.168.1.50:9100', 'a b', 'user@host', '../x', '', '-x', 'a..b', 'x'.repeat(300)]) assert.ok(!isPrinterHost(bad), bad)
})

test('private networks are the normal case; this machine, link-local and multicast are no printers', () => {
  for (const fine of ['192.168.1.50', '10.0.0.9', '172.16.3.4', '100.64.0.1', 'fd00::5', '::ffff:192.168.1.5']) assert.ok(!isForbiddenAddress(fine), fine)
  for (const no of ['127.0.0.1', '127.9.9.9', '0.0.0.0', '169.254.169.254', '224.0.0.1', '255.255.255.255', '::1', '::', 'fe80::1', 'fe80::1%eth0', 'ff02::1', '::ffff:127.0.0.1', '::ffff:7f00:1']) assert.ok(isForbiddenAddress(no), no)
  assert.ok(!isForbiddenAddress('127.0.0.1', { loopback: true }))
})

test('ports of other services are none of a printer', () => {
  assert.deepEqual([9100, 9101, 65_535, 22, 0, 80, 65_536, 9100.5].map(isPrinterPort), [true, true, true, false, false, false, false, false])
})
