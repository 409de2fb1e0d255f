import { isIPv4, isIPv6 } from 'node:net'

/**
 * Returns the network whose tries are counted together: an IPv4 address in any notation, or the /64 of an IPv6
 * address. Within a /64, one household or one rented machine picks its address freely. Any other text is returned
 * unchanged.
 */
export function networkOf(address: string): string {
  const plain = address.replace(/%.*$/, '').toLowerCase()
  if (!isIPv6(plain)) return plain
  // the URL's own writing: no leading zeros, an IPv4 tail as two groups
  const written = new URL(`http://[${plain}]/`).hostname.slice(1, -1)
  const [front = '', back] = written.split('::')
  const head = front === '' ? [] : front.split(':')
  const tail = back === undefined || back === '' ? [] : back.split(':')
  const groups =
    back === undefined ? head : [...head, ...Array<string>(8 - head.length - tail.length).fill('0'), ...tail]
  const mapped = groups.slice(0, 6).join(':') === '0:0:0:0:0:ffff' ? ipv4Of(groups.slice(6)) : undefined
  return mapped ?? `${groups.slice(0, 4).join(':')}::/64`
}

function ipv4Of(groups: readonly string[]): string | undefined {
  const bytes = groups.flatMap(group => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 255])
  const written = bytes.join('.')
  return isIPv4(written) ? written : undefined
}
