// What is used of fontkit, which says nothing of its types.

declare module 'fontkit' {
  export interface Variable {
    hasGlyphForCodePoint(point: number): boolean
    glyphForCodePoint(point: number): { readonly advanceWidth: number; readonly path: { readonly commands: readonly { readonly command: string; readonly args: readonly number[] }[] } }
  }
  export function create(file: Buffer): { getVariation(axes: Readonly<Record<string, number>>): Variable }
}
