import { Select } from 'antd'
import { useWords } from '../../kernel/web/index.ts'
import { VEHICLE_KIND_CODES, VEHICLE_KINDS, type VehicleKind, type VehicleMeasure } from '../contract.ts'
import { AreasField } from './areas-field.tsx'

const words = {
  kinds: { zh: '车辆类型（可不填）', en: 'Kinds of vehicles (optional)' },
  kindsHelp: { zh: '不填即全部在用车辆', en: 'None: all vehicles in service' },
  when: { zh: '何时计时', en: 'Counts while' },
  inside: { zh: '在区域内', en: 'inside of an area' },
  outside: { zh: '在所有区域外', en: 'outside of all areas' },
  fence: { zh: '区域', en: 'Areas' },
  allowed: { zh: '可以停留的地方（可不画）', en: 'Places where it may stand (optional)' },
  speed: { zh: '各级限值为 km/h；持续时间在下面设', en: 'The limits are km/h; how long is set below' },
  seconds: { zh: '各级限值为秒数，1 即一进（出）就告警', en: 'The limits are seconds; 1 rings at once' },
  stop: { zh: '各级限值为停留的秒数', en: 'The limits are seconds of standing' },
} as const

interface Props {
  measure: VehicleMeasure
  kinds: VehicleKind[]
  set: (measure: VehicleMeasure) => void
  setKinds: (kinds: VehicleKind[]) => void
}

/** What a rule measures of vehicles. */
export function VehicleMeasureField({ measure, kinds, set, setKinds }: Props) {
  const { say } = useWords()
  return (
    <>
      <div className="rule-row">
        <label>
          {say(words.kinds)}
          <Select
            mode="multiple"
            value={kinds}
            aria-label={say(words.kinds)}
            onChange={setKinds}
            options={VEHICLE_KIND_CODES.map((code) => ({ value: code, label: say(VEHICLE_KINDS[code]) }))}
          />
          <span className="help">{say(words.kindsHelp)}</span>
        </label>
        {measure.kind === 'fence' && (
          <label>
            {say(words.when)}
            <Select
              value={measure.when}
              aria-label={say(words.when)}
              onChange={(when) => set({ ...measure, when })}
              options={(['inside', 'outside'] as const).map((when) => ({ value: when, label: say(words[when]) }))}
            />
          </label>
        )}
      </div>
      {measure.kind !== 'speed' && (
        <>
          <h3>{say(measure.kind === 'fence' ? words.fence : words.allowed)}</h3>
          <AreasField areas={measure.areas} set={(areas) => set({ ...measure, areas })} />
        </>
      )}
      <p className="help">{say(measure.kind === 'speed' ? words.speed : measure.kind === 'fence' ? words.seconds : words.stop)}</p>
    </>
  )
}
