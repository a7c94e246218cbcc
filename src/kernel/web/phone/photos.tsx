import { useEffect, useId, useMemo, type ReactNode } from 'react'
import { Icon } from '../icon.tsx'
import { useWords } from '../words.ts'

/** Larger photos are drawn anew at this length before they are sent: sharp enough to judge by, light enough for a poor line. */
const LONGEST = 2560
const HEAVY = 4_000_000

/** A photo as it will be sent. One that the browser cannot read (HEIC) or need not shrink goes as it is. */
export async function lighten(file: File): Promise<File> {
  if (file.size < HEAVY) return file
  try {
    const image = await createImageBitmap(file)
    const scale = Math.min(1, LONGEST / Math.max(image.width, image.height))
    const canvas = new OffscreenCanvas(Math.round(image.width * scale), Math.round(image.height * scale))
    canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height)
    image.close()
    const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.86 })
    return blob.size < file.size ? new File([blob], file.name.replace(/\.\w+$/, '.jpg'), { type: 'image/jpeg' }) : file
  } catch {
    return file
  }
}

/** Addresses of files for `<img>`, given back when they are no longer shown. */
export function useAddresses(files: readonly File[]): string[] {
  const addresses = useMemo(() => files.map((file) => URL.createObjectURL(file)), [files])
  useEffect(() => () => addresses.forEach((address) => URL.revokeObjectURL(address)), [addresses])
  return addresses
}

/** A button that opens the camera, or with `album` the photos already taken. */
export function PhotoButton({
  className,
  album = false,
  many = false,
  take,
  children,
}: {
  className?: string
  album?: boolean
  many?: boolean
  take: (files: File[]) => void
  children: ReactNode
}) {
  const id = useId()
  return (
    <label className={`photo-button ${className ?? ''}`} htmlFor={id}>
      <input
        id={id}
        className="off-screen"
        type="file"
        accept="image/jpeg,image/png,image/webp,image/heic,image/heif"
        {...(album ? {} : { capture: 'environment' as const })}
        multiple={many}
        onChange={async (event) => {
          const chosen = [...(event.currentTarget.files ?? [])]
          event.currentTarget.value = ''
          if (chosen.length > 0) take(await Promise.all(chosen.map(lighten)))
        }}
      />
      {children}
    </label>
  )
}

/** Photos taken so far, each with a button that drops it. */
export function PhotoStrip({ files, drop, large = false }: { files: readonly File[]; drop: (index: number) => void; large?: boolean }) {
  const { say } = useWords()
  const addresses = useAddresses(files)
  return (
    <ul className={`photo-strip${large && files.length === 1 ? ' one' : ''}`}>
      {files.map((file, index) => (
        <li key={addresses[index]}>
          <img src={addresses[index]} alt={say({ zh: `第 ${index + 1} 张照片`, en: `Photo ${index + 1}` })} />
          <button
            type="button"
            className="drop"
            onClick={() => drop(index)}
            aria-label={say({ zh: `删除第 ${index + 1} 张照片 ${file.name}`, en: `Drop photo ${index + 1} ${file.name}` })}
          >
            <Icon name="close" size={22} />
          </button>
        </li>
      ))}
    </ul>
  )
}
