import assert from 'node:assert/strict'
import { test } from 'node:test'
import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { formatOf, writeDocument } from './document.ts'

test('a list has no name in JSON and repeats its element in XML', () => {
  const services = [
    { service_code: '2026.m.01003', metadata: true },
    { service_code: 'other', metadata: false },
  ]

  assert.deepEqual(JSON.parse(writeDocument('json', 'services', services)), services)
  assert.equal(
    writeDocument('xml', 'services', services),
    '<?xml version="1.0" encoding="utf-8"?>\n<services>' +
      '<service><service_code>2026.m.01003</service_code><metadata>true</metadata></service>' +
      '<service><service_code>other</service_code><metadata>false</metadata></service></services>',
  )
})

test('what is not known is null in JSON and an empty element in XML', () => {
  const request = [{ service_request_id: '1', zipcode: null, values: [] }]

  assert.match(writeDocument('json', 'service_requests', request), /"zipcode":null/)
  assert.match(writeDocument('xml', 'service_requests', request), /<zipcode\/><values\/>/)
})

test('whatever a citizen types, the XML is well-formed and says the same', () => {
  const typed = `<script>&"'\u0000\u0008\ufffe 井盖 \ud83d\ude00 \ud83d ]]>`
  const xml = writeDocument('xml', 'service_requests', [{ description: typed }])

  assert.equal(XMLValidator.validate(xml), true)
  const read = new XMLParser({ trimValues: false, htmlEntities: true }).parse(xml) as {
    service_requests: { request: { description: string } }
  }
  assert.equal(read.service_requests.request.description, `<script>&"' 井盖 \ud83d\ude00 \ufffd ]]>`)
})

for (const { name, accept, format, rest } of [
  { name: 'services.json', accept: undefined, format: 'json', rest: 'services' },
  { name: '2026.m.01003.xml', accept: 'application/json', format: 'xml', rest: '2026.m.01003' },
  { name: '2026.m.01003', accept: 'application/json', format: 'json', rest: '2026.m.01003' },
  { name: 'requests', accept: '*/*', format: 'xml', rest: 'requests' },
]) {
  test(`${name} for one who accepts ${accept} is ${format}`, () => assert.deepEqual(formatOf(name, accept), { name: rest, format }))
}
