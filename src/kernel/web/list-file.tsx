import { useRef, type ReactNode } from 'react'

/** A list to import: a sheet as base64, or the text of a CSV. */
export type ListFile = { text: string } | { sheet: string }

/** Spreadsheets of Chinese Windows write GBK where they do not write UTF-8. */
export async function listOf(file: File): Promise<ListFile> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) {
    let binary = ''
    for (let at = 0; at < bytes.length; at += 32_768) binary += String.fromCharCode(...bytes.subarray(at, at + 32_768))
    return { sheet: btoa(binary) }
  }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) }
  } catch {
    return { text: new TextDecoder('gb18030').decode(bytes) }
  }
}

interface Options {
  readonly label: string
  /** As the `accept` of a file field. */
  readonly accept: string
  readonly take: (file: File) => void
}

/** A file field that is not seen, and what opens it; the same file may be chosen again once it was mended. */
export function useFileChoice({ label, accept, take }: Options): { field: ReactNode; choose: () => void } {
  const input = useRef<HTMLInputElement>(null)
  const field = (
    <input
      ref={input}
      type="file"
      aria-label={label}
      accept={accept}
      hidden
      onChange={(event) => {
        const [file] = event.target.files ?? []
        if (file) take(file)
        event.target.value = ''
      }}
    />
  )
  return { field, choose: () => input.current?.click() }
}
