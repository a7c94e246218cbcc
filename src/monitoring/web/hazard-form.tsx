import { useQueryClient } from '@tanstack/react-query'
import { Button, Input, Select } from 'antd'
import { Suspense, useId, useState } from 'react'
import { PhotoField, PlaceField, type ChosenPlace } from '../../cases/web/index.ts'
import { tell, useAct, useWords, type FileCard } from '../../kernel/web/index.ts'
import { CategoryField, UnitField } from '../../registry/web/index.ts'
import { FIELD_CODES, FIELDS, GRADES, HAZARD_SOURCE_CODES, HAZARD_SOURCES, KINDS_OF_RISK, kindsOf, postHazard, type Field, type HazardShown, type HazardSource, type RiskShown } from '../contract.ts'

const words = {
  title: { zh: '上报隐患', en: 'Report a hazard' },
  at: { zh: '所在风险', en: 'At the risk' },
  what: { zh: '隐患描述', en: 'What was found' },
  whatHint: { zh: '何处、何种隐患、现状如何', en: 'Where, what, and how it is now' },
  grade: { zh: '隐患级别', en: 'Grade' },
  source: { zh: '来源', en: 'From' },
  sourceHelp: { zh: '群众反映的先核实立案，其余直接派至责任单位', en: 'What citizens say is verified first; the rest goes to its unit at once' },
  field: { zh: '领域', en: 'Field' },
  category: { zh: '案件类别', en: 'Category of its case' },
  place: { zh: '位置', en: 'Place' },
  placeOfRisk: { zh: '位置（不填即在该风险处）', en: 'Place (at the risk where left out)' },
  unit: { zh: '整改责任单位（可不填）', en: 'Unit to rectify it (optional)' },
  photos: { zh: '照片（可不填）', en: 'Photos (optional)' },
  save: { zh: '上报并生成案件', en: 'Report, and open its case' },
  cancel: { zh: '取消', en: 'Cancel' },
  saved: { zh: '隐患已上报，正在生成案件', en: 'The hazard is reported, and its case is being made' },
}

interface Props {
  readonly risk?: RiskShown
  readonly done: (hazard: HazardShown) => void
  readonly close: () => void
}

/** A hazard as it is found; what becomes of it is the work of its case. */
export function HazardForm({ risk, done, close }: Props) {
  const { say } = useWords()
  const id = useId()
  const queries = useQueryClient()
  const [text, setText] = useState('')
  const [grade, setGrade] = useState(1)
  const [source, setSource] = useState<HazardSource>('inspection')
  const [field, setField] = useState<Field>(risk?.field ?? 'municipal')
  const [category, setCategory] = useState<string | undefined>(risk && KINDS_OF_RISK[risk.kind].category)
  const [place, setPlace] = useState<ChosenPlace>()
  const [unit, setUnit] = useState(risk?.ownerUnit ?? undefined)
  const [files, setFiles] = useState<FileCard[]>([])
  const save = useAct(postHazard, {
    done: (hazard) => {
      tell(say(words.saved))
      void queries.invalidateQueries({ queryKey: ['monitoring', 'risks'] })
      done(hazard)
    },
  })
  const chosen = category ?? KINDS_OF_RISK[kindsOf(field)[0]!].category
  const ready = text.trim().length >= 2 && (risk !== undefined || place !== undefined)
  return (
    <form
      className="hazard-form"
      aria-label={say(words.title)}
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate({
          body: {
            words: text.trim(),
            grade,
            source,
            category: chosen,
            field,
            files: files.map(({ sha256 }) => sha256),
            ...(risk && { risk: { district: risk.district, code: risk.code } }),
            ...(place && { position: place.position }),
            ...(place?.component && { component: place.component }),
            ...(unit && { unit }),
          },
        })
      }}
    >
      <h2>{say(words.title)}</h2>
      {risk && (
        <p className="small">
          <span className="muted">{say(words.at)}</span> {risk.name} <span className="muted number">{risk.code}</span>
        </p>
      )}
      <label htmlFor={`${id}-what`}>{say(words.what)}</label>
      <Input.TextArea id={`${id}-what`} value={text} onChange={(event) => setText(event.target.value)} maxLength={500} rows={3} placeholder={say(words.whatHint)} />
      <div className="hazard-two">
        <label>
          {say(words.grade)}
          <Select value={grade} onChange={setGrade} aria-label={say(words.grade)} options={GRADES.map((name, i) => ({ value: i + 1, label: say(name) }))} />
        </label>
        <label>
          {say(words.source)}
          <Select value={source} onChange={setSource} aria-label={say(words.source)} options={HAZARD_SOURCE_CODES.map((code) => ({ value: code, label: say(HAZARD_SOURCES[code]) }))} />
        </label>
        {!risk && (
          <label>
            {say(words.field)}
            <Select value={field} onChange={setField} aria-label={say(words.field)} options={FIELD_CODES.map((code) => ({ value: code, label: say(FIELDS[code]) }))} />
          </label>
        )}
        <label>
          {say(words.category)}
          <CategoryField value={chosen} onChange={setCategory} />
        </label>
        <label>
          {say(words.unit)}
          <UnitField value={unit} onChange={setUnit} {...(risk?.ownerName && { name: say(risk.ownerName) })} />
        </label>
      </div>
      <p className="help">{say(words.sourceHelp)}</p>
      <label htmlFor={`${id}-place`}>{say(risk ? words.placeOfRisk : words.place)}</label>
      <Suspense fallback={<div className="place-map" />}>
        <PlaceField id={`${id}-place`} value={place} onChange={setPlace} category={chosen} />
      </Suspense>
      <p className="label">{say(words.photos)}</p>
      <PhotoField value={files} onChange={setFiles} />
      <div className="buttons">
        <Button type="primary" htmlType="submit" disabled={!ready} loading={save.isPending}>
          {say(words.save)}
        </Button>
        <Button onClick={close}>{say(words.cancel)}</Button>
      </div>
    </form>
  )
}
