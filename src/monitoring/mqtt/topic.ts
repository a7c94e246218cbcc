/** `chengyun/DEVICE` or `chengyun/DEVICE/METRIC`; at a broker of others also below a prefix of theirs. */
export function readTopic(topic: string): { device?: string; metric?: string } {
  const [, device, metric] = /(?:^|\/)chengyun\/([^/]+)(?:\/([^/]+))?$/.exec(topic) ?? []
  return { ...(device && { device }), ...(metric && { metric }) }
}
