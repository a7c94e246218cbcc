import { Icon, PhotoButton, PhotoStrip, useWords } from '../../../kernel/web/index.ts'
import { T } from './texts.ts'

const MOST = 3

export function PhotoStep({
  photos,
  changePhotos,
  next,
}: {
  photos: readonly File[]
  changePhotos: (photos: readonly File[]) => void
  next: () => void
}) {
  const { say } = useWords()
  const take = (files: File[]) => changePhotos([...photos, ...files].slice(0, MOST))
  const drop = (index: number) => changePhotos(photos.filter((_, at) => at !== index))
  return (
    <>
      <div className="body">
        <h2>{say(T.snap)}</h2>
        <p className="hint">{say(T.snapHint)}</p>
        {photos.length === 0 ? (
          <PhotoButton className="camera" take={take}>
            <Icon name="photo" size={56} />
            {say(T.camera)}
          </PhotoButton>
        ) : (
          <PhotoStrip files={photos} drop={drop} large />
        )}
        {photos.length < MOST ? (
          <div className="adds" style={photos.length === 0 ? { gridTemplateColumns: '1fr' } : undefined}>
            {photos.length > 0 && (
              <PhotoButton take={take}>
                <Icon name="photo" size={26} />
                {say(T.again)}
              </PhotoButton>
            )}
            <PhotoButton album many take={take}>
              <Icon name="plus" size={26} />
              {say(T.album)}
            </PhotoButton>
          </div>
        ) : (
          <p className="hint" style={{ margin: '12px 0' }} role="status">
            {say(T.full)}
          </p>
        )}
        <p className="note">
          <span style={{ color: 'var(--green-t)' }}>
            <Icon name="check" size={18} />
          </span>
          {say(T.photoNote)}
        </p>
      </div>
      <div className="thumb">
        <button type="button" className="button" onClick={next} disabled={photos.length === 0}>
          {say(T.next)}
        </button>
        {photos.length === 0 && (
          <button type="button" className="link" onClick={next}>
            {say(T.skip)}
          </button>
        )}
      </div>
    </>
  )
}
