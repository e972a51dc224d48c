export { type Memory, openMemory } from './memory.ts'
export { NAMESPACE } from './namespace.ts'
export { NATS_OPERATOR, type NatsUser, natsConfiguration } from './nats-configuration.ts'
export { asArguments, POSTGRES_LOCALE, POSTGRES_SETTINGS } from './postgres-settings.ts'
export { databaseUrl, prepareDatabase } from './prepare-database.ts'
export {
  ADMINISTRATOR_LOGIN,
  readSecrets,
  secretSettings,
  writeSecrets,
} from './secrets-folder.ts'
