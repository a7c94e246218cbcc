import { Button } from 'antd'
import { addressOf, useWords } from '../../kernel/web/index.ts'

const words = { export: { zh: '导出 Excel', en: 'Export to Excel' } }

/** What is shown, as a sheet and as CSV. */
export function ListExport({ from, filter = {}, name }: { from: { readonly path: string }; filter?: object; name: string }) {
  const { say } = useWords()
  return (
    <>
      <Button href={addressOf(from, {}, filter)} download={`${name}.xlsx`}>
        {say(words.export)}
      </Button>
      <Button href={addressOf(from, {}, { ...filter, format: 'csv' })} download={`${name}.csv`}>
        CSV
      </Button>
    </>
  )
}
