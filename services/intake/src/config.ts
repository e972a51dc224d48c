import Type, { type Static } from 'typebox'

export const IntakeConfig = Type.Object({
  /** Folder of the page images, shared with the gateway. */
  IMAGES_FOLDER: Type.String({ minLength: 1 }),
})
export type IntakeConfig = Static<typeof IntakeConfig>
