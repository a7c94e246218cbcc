import { addProtocol } from 'maplibre-gl'

// The map makes its glyphs from the page's faces, and those come in slices by character. A tile is handed on only when the
// faces for its names are there; otherwise their characters would be drawn as boxes and kept so.

export const CITY_TILES = 'city://tiles'
const FACE = `14px 'Noto Sans SC Variable'`
const seen = new Set<string>()

export async function loadFaces(text: string): Promise<void> {
  const fresh = [...new Set(text)].filter((letter) => !seen.has(letter))
  if (fresh.length === 0) return
  await document.fonts.load(FACE, fresh.join('')).catch(() => [])
  for (const letter of fresh) seen.add(letter)
}

let served = false

/** Fetches the city's tiles; names stand in them as UTF-8, so that a look over the bytes finds their characters. */
export function serveTiles(): void {
  if (served) return
  served = true
  addProtocol('city', async ({ url }, { signal }) => {
    const reply = await fetch(url.replace(CITY_TILES, ''), { signal })
    if (!reply.ok) throw new Error(`tile ${reply.status}`)
    const data = await reply.arrayBuffer()
    // Bytes of lines and areas look like a character now and then, but hardly ever like two in a row.
    if (data.byteLength > 0) await loadFaces((new TextDecoder().decode(data).match(/[\u2e80-\u9fff]{2,}/g) ?? []).join(''))
    return { data, cacheControl: reply.headers.get('cache-control') ?? undefined }
  })
}
