/** A key that nobody else makes; also on pages without https, where `crypto.randomUUID` is missing. */
export const makeKey = (): string =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('')
