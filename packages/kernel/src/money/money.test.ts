import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compareDecimal, fenOf, shareOf, sumDecimal, timesPrice, yuanOf } from './fen.ts'
import { amountInWords } from './words.ts'

test('amounts are put into capital numerals by the rules for bills', () => {
  for (const [yuan, words] of [
    ['100000', '壹拾万元整'], ['0', '零元整'], ['0.05', '伍分'], ['0.50', '伍角整'], ['0.55', '伍角伍分'], ['1', '壹元整'], ['10', '壹拾元整'], ['16', '壹拾陆元整'],
    ['1409.50', '壹仟肆佰零玖元伍角整'], ['6007.14', '陆仟零柒元壹角肆分'], ['1680.32', '壹仟陆佰捌拾元零叁角贰分'], ['107000.53', '壹拾万柒仟元零伍角叁分'],
    ['16409.02', '壹万陆仟肆佰零玖元零贰分'], ['325.04', '叁佰贰拾伍元零肆分'], ['1000000', '壹佰万元整'], ['100000000', '壹亿元整'], ['100000001', '壹亿零壹元整'], ['10000000.01', '壹仟万元零壹分'],
    ['1010100', '壹佰零壹万零壹佰元整'], ['2000300', '贰佰万零叁佰元整'], ['1000000000000', '壹万亿元整'], ['1200300000000', '壹万贰仟零叁亿元整'], ['1000000010000', '壹万亿零壹万元整'], ['9999999999999999.99', '玖仟玖佰玖拾玖万玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分'],
  ] as const) assert.equal(amountInWords(yuan), words, yuan)
  assert.throws(() => amountInWords('-1'), RangeError)
  assert.throws(() => amountInWords('1.234'), /no amount/)
})

test('quantity × price is exact and rounded half up to the cent', () => {
  for (const [q, p, amount] of [['3', '33.33', '99.99'], ['0.333', '10.00', '3.33'], ['1.005', '1.00', '1.01'], ['0.5', '0.01', '0.01'], ['2.500', '1999.99', '4999.98'], ['-1.005', '1.00', '-1.01'], ['0', '5.00', '0.00']] as const) assert.equal(timesPrice(q, p), amount, `${q} × ${p}`)
  assert.equal(yuanOf(shareOf(fenOf('100.01'), '30')), '30.00')
  assert.equal(yuanOf(shareOf(fenOf('0.01'), '50')), '0.01')
  assert.equal(sumDecimal(['0.1', '0.2', '-0.3']), '0.0')
  assert.deepEqual([compareDecimal('10.0', '10'), compareDecimal('9.99', '10'), compareDecimal('-1', '-2')], [0, -1, 1])
})
