// Personal data with its middle covered: 王**, 138****2207, w***@example.org. Pure.

export const maskName = (name: string): string => {
  const [first, ...rest] = name
  return rest.length === 0 ? '*' : `${first}${'*'.repeat(Math.min(rest.length, 2))}`
}

export const maskPhone = (phone: string): string =>
  phone.length < 8 ? '*'.repeat(phone.length) : `${phone.slice(0, 3)}${'*'.repeat(phone.length - 7)}${phone.slice(-4)}`

export function maskEmail(email: string): string {
  const at = email.indexOf('@')
  return at < 1 ? '***' : `${email[0]}***${email.slice(at)}`
}
