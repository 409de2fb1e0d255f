import cluster from 'node:cluster'
import { AggregatorRegistry, Gauge, Registry } from 'prom-client'
import { workRegistry } from './work-metrics.ts'

/**
 * Messages between processes. A web process asks the first one, which alone can ask all. It receives the text, or null
 * if one did not answer.
 */
type Asked = { metricsAsked: number }
type Told = { metricsTold: number; text: string | null }

/** Registers what only the first process knows: it does the long work, and alone it answers people too. */
export function registerFirst(registry: Registry) {
  new Gauge({
    name: 'first_process_resident_memory_bytes',
    help: 'Memory of the process that does the long work',
    registers: [registry],
    collect() {
      this.set(process.memoryUsage.rss())
    },
  })
}

/** Adds up the figures of all web processes and its own, for any process that is asked. Runs in the first process. */
export function addUpMetrics() {
  const all = new AggregatorRegistry()
  const own = new Registry()
  registerFirst(own)
  const whole = async () =>
    (await Promise.all([all.clusterMetrics(), own.metrics(), workRegistry.metrics()])).join('\n')
  cluster.on('message', (child, { metricsAsked }: Partial<Asked>) => {
    if (metricsAsked === undefined) return
    const tell = (text: string | null) => {
      if (child.isConnected()) child.send({ metricsTold: metricsAsked, text } satisfies Told)
    }
    whole().then(tell, () => tell(null))
  })
}

/**
 * Returns a reader for the figures of `registry`: if several web processes share a port, added up over all. Rejects if
 * a process does not answer within five seconds.
 */
export function wholeMetrics(registry: Registry): () => Promise<string> {
  if (!cluster.isWorker) return async () => (await Promise.all([registry.metrics(), workRegistry.metrics()])).join('\n')
  AggregatorRegistry.setRegistries(registry)
  // answers from now on when the first process asks
  new AggregatorRegistry()
  const waiting = new Map<number, (text: string | null) => void>()
  process.on('message', ({ metricsTold, text = null }: Partial<Told>) => {
    if (metricsTold === undefined) return
    waiting.get(metricsTold)?.(text)
    waiting.delete(metricsTold)
  })
  let asked = 0
  return () =>
    new Promise((resolve, reject) => {
      asked += 1
      waiting.set(asked, text => (text === null ? reject(new Error('a web process did not answer')) : resolve(text)))
      process.send?.({ metricsAsked: asked } satisfies Asked)
    })
}
