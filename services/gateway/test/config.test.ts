import { t } from 'tap'
import { type GatewayConfig, publicOrigins } from '../src/config.ts'

t.test('origins are as browsers write them: without the usual port, without a slash', async (t) => {
  const config = {
    GATEWAY_HOST: '127.0.0.1',
    GATEWAY_PORT: 80,
    PUBLIC_ORIGINS: '',
  } as GatewayConfig
  t.same(publicOrigins(config), ['http://127.0.0.1', 'http://localhost'])
  t.same(publicOrigins({ ...config, GATEWAY_PORT: 8080 }), [
    'http://127.0.0.1:8080',
    'http://localhost:8080',
  ])
  const named = 'https://nhap.example:443/, http://nhap.example:8000'
  t.same(publicOrigins({ ...config, PUBLIC_ORIGINS: named }), [
    'https://nhap.example',
    'http://nhap.example:8000',
  ])
})
