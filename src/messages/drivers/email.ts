import type { LookupAddress } from 'node:dns'
import { isIP } from 'node:net'
import { createTransport } from 'nodemailer'
import { HostRefused, type Outward } from '../../kernel/index.ts'
import { HAND_OVER_MS, Refusal, type Driver } from './refusal.ts'

/** The address is settled here, so that what was judged is what is dialled. */
async function addressOf({ guard }: Outward, host: string): Promise<string> {
  if (!guard.mayName(host)) throw new HostRefused(host)
  if (isIP(host)) return host
  return new Promise((done, fail) => {
    guard.lookup(host, { all: true }, (error, found) => {
      if (error) fail(error)
      else done((found as LookupAddress[])[0]!.address)
    })
  })
}

interface MailFault {
  readonly responseCode?: number
  readonly response?: string
}

/** By SMTP. The id is that of the mail, under which a mail server or reader may know a repetition. */
export const sendEmail: Driver = async (outward, { settings, secrets }, { id, address, said, link }) => {
  const { host, port = 587, security = 'starttls', user, from } = settings
  if (!address || !host || !from) throw new Refusal('no address or no mail server', true)
  const transport = createTransport({
    host: await addressOf(outward, host),
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    tls: { servername: isIP(host) ? '' : host },
    ...(user && { auth: { user, pass: secrets.password ?? '' } }),
    connectionTimeout: HAND_OVER_MS,
    greetingTimeout: HAND_OVER_MS,
    socketTimeout: HAND_OVER_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  try {
    const text = link && !said.body.includes(link) ? `${said.body}\n\n${link}` : said.body
    const { response } = await transport.sendMail({
      from,
      to: address,
      subject: said.subject || said.body.slice(0, 60),
      text,
      messageId: `<${id}@chengyun>`,
      headers: { 'X-Chengyun-Message': id, 'Auto-Submitted': 'auto-generated' },
    })
    return response.slice(0, 500)
  } catch (error) {
    const { responseCode = 0, response } = error as MailFault
    // 5xx is said of this mail and for good, but for 530 to 538, which are about signing in.
    throw new Refusal(response ?? (error instanceof Error ? error.message : String(error)), responseCode >= 550)
  } finally {
    transport.close()
  }
}
