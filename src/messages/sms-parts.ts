/** How many SMS a text is sent as: 70 characters of Chinese in one, 67 in each of several; 160 and 153 of plain Latin. Pure. */
export function smsParts(text: string): number {
  const plain = /^[\n\r\x20-\x7e]*$/.test(text)
  const length = text.length
  const [one, several] = plain ? [160, 153] : [70, 67]
  return length <= one ? 1 : Math.ceil(length / several)
}
