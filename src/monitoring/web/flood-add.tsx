import { useQueryClient } from '@tanstack/react-query'
import { Button, Input, Select } from 'antd'
import { useState } from 'react'
import { tell, useAct, useWords } from '../../kernel/web/index.ts'
import { DEFAULT_LEVELS, putFloodPoint, SCENE_CODES, SCENES, type Scene } from '../contract.ts'

const words = {
  add: { zh: '新增积水点', en: 'Add a flood point' },
  device: { zh: '液位计的设备编号', en: 'Code of the level gauge' },
  scene: { zh: '场景', en: 'Scene' },
  cancel: { zh: '取消', en: 'Cancel' },
  done: { zh: '积水点已新增', en: 'The flood point is added' },
}

/** Makes a device that is registered a flood point, with the usual levels; they are set on the point. */
export function AddPoint({ done }: { done: (device: string) => void }) {
  const { say } = useWords()
  const queries = useQueryClient()
  const [open, setOpen] = useState(false)
  const [device, setDevice] = useState('')
  const [scene, setScene] = useState<Scene>('low-ground')
  const act = useAct(putFloodPoint, {
    done: (made) => {
      tell(say(words.done))
      setOpen(false)
      setDevice('')
      void queries.invalidateQueries({ queryKey: ['flood'] })
      done(made.device)
    },
  })
  if (!open) {
    return (
      <Button size="small" className="flood-add" onClick={() => setOpen(true)}>
        {say(words.add)}
      </Button>
    )
  }
  return (
    <form
      className="flood-set flood-add"
      onSubmit={(event) => {
        event.preventDefault()
        act.mutate({ params: { device: device.trim() }, body: { scene, levels: [...DEFAULT_LEVELS] } })
      }}
    >
      <label>
        {say(words.device)}
        <Input autoFocus maxLength={64} value={device} onChange={(event) => setDevice(event.target.value)} />
      </label>
      <label>
        {say(words.scene)}
        <Select value={scene} onChange={setScene} aria-label={say(words.scene)} options={SCENE_CODES.map((code) => ({ value: code, label: say(SCENES[code]) }))} />
      </label>
      <div className="buttons">
        <Button type="primary" htmlType="submit" loading={act.isPending} disabled={device.trim() === ''}>
          {say(words.add)}
        </Button>
        <Button onClick={() => setOpen(false)}>{say(words.cancel)}</Button>
      </div>
    </form>
  )
}
